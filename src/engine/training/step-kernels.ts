/** The kernels of a step that belong to no layer: batch, loss, penalties, metrics. The mathematics stands in their shaders. */
import type { BufferSlice, Kernel, PlannedTensor } from '../gpu/kernel.ts';
import { activationConstants, workgroupSizeFor, type Target } from '../layers/op.ts';
import type { LoweredModel } from '../layers/lower.ts';
import type { ResolvedLoss } from '../model/loss.ts';
import { cellCount } from '../shape/cells.ts';
import type { GpuDataset } from './dataset.ts';
import { lossShader } from './losses.ts';
import type { Pass } from './pass.ts';

/** Steps whose metrics the ring holds before it starts over. */
export const ringSlots = 1024;
export const ringSlotBytes = 16;

const valuesPerInvocation = 16;
/** step-finish.wgsl is one workgroup of this size. */
const finishWorkgroupSize = 64;

/** A number per weight: what regularizers add to the loss, or squared norms and, behind them, their sum. */
export interface WeightSums {
  readonly slice: BufferSlice;
  readonly count: number;
}

/** What the last kernel of a step has to know of the weights. */
export interface FinishSums {
  readonly penalties: WeightSums | undefined;
  /** Given in half precision, in training only: the squared norms. */
  readonly overflow: WeightSums | undefined;
}

export class StepKernels {
  constructor(
    private readonly lowered: LoweredModel,
    private readonly target: Target,
    private readonly pass: Pass,
    private readonly resolvedLoss: ResolvedLoss,
  ) {}

  get classes(): number {
    return cellCount(this.lowered.head.shape);
  }

  /** A row of float targets for each example of the batch. */
  get targets(): PlannedTensor {
    return this.pass.extra('targets', this.classes);
  }

  /** Fills the batch from a data set; by the permutation when one is given. */
  gather(data: GpuDataset, state: BufferSlice, permutation?: BufferSlice): Kernel {
    const exampleSize = cellCount(this.lowered.input.shape);
    const hasTargetRows = data.targetRows !== undefined;
    return this.#typed({
      label: 'gather batch',
      shader: 'batch-gather',
      entryPoint: 'gather',
      constants: {
        ...{ exampleSize, valuesPerInvocation, isShuffled: permutation !== undefined },
        ...{ outputCount: this.classes, hasTargetRows },
      },
      bindings: {
        batch: this.pass.batch,
        images: data.images,
        state,
        inputs: this.pass.tensor(this.lowered.input),
        targets: this.targets,
        ...(data.targetRows && { targetRows: data.targetRows }),
        ...(data.labels && { classIndices: data.labels }),
        ...(permutation && { permutation }),
      },
      invocations: this.target.batchSize * Math.ceil(exampleSize / valuesPerInvocation),
      workgroupSize: workgroupSizeFor(this.target),
    });
  }

  /** Loss and the gradient by what it reads, and those of the activity regularizers. */
  loss(state: BufferSlice): readonly Kernel[] {
    const { inputsGrad, inputActivation } = this.pass.lossGradient;
    const kernel = this.#lossKernel('loss', state);
    const loss = this.#typed({
      ...kernel,
      constants: { ...kernel.constants, ...activationConstants(inputActivation) },
      bindings: { ...kernel.bindings, outputsGrad: inputsGrad },
    });
    const gradients = this.lowered.penalties.map((_, index) => this.#penaltyGradient(index, state));
    return [...this.#readSoftmax(state), loss, ...this.#addPenalties(state), ...gradients];
  }

  /** Loss and the confusion counts. */
  evaluate(state: BufferSlice, confusion: BufferSlice): readonly Kernel[] {
    const kernel = this.#lossKernel('evaluate', state);
    const loss = this.#typed({ ...kernel, bindings: { ...kernel.bindings, confusion } });
    return [...this.#readSoftmax(state), loss, ...this.#addPenalties(state)];
  }

  /** Files the batch's metrics in the ring and advances the state. */
  finish(state: BufferSlice, ring: BufferSlice, advance: BufferSlice, sums: FinishSums): Kernel {
    const { penalties, overflow } = sums;
    const sectionCount = penalties?.count ?? overflow?.count ?? 1;
    return {
      label: 'finish',
      shader: 'step-finish',
      entryPoint: 'finish',
      constants: {
        ...{ ringSlots, sectionCount },
        ...(penalties && { hasPenalties: true }),
        ...(overflow && { isScaled: true }),
      },
      bindings: {
        batch: this.pass.batch,
        metrics: this.#metrics,
        ...{ ring, state, advance },
        ...(penalties && { penaltySums: penalties.slice }),
        ...(overflow && { squareSums: overflow.slice }),
      },
      invocations: finishWorkgroupSize,
      workgroupSize: finishWorkgroupSize,
    };
  }

  get #metrics(): PlannedTensor {
    return this.pass.extra('example metrics', 2);
  }

  #lossKernel(entryPoint: 'loss' | 'evaluate', state: BufferSlice): Kernel {
    const { shader, constants } = lossShader(this.resolvedLoss);
    return {
      label: entryPoint,
      shader,
      entryPoint,
      constants: { classes: this.classes, ...constants },
      bindings: {
        batch: this.pass.batch,
        outputs: this.pass.tensor(this.lowered.head),
        targets: this.targets,
        state,
        metrics: this.#metrics,
      },
      invocations: this.target.batchSize,
      workgroupSize: workgroupSizeFor(this.target),
    };
  }

  /** The probabilities that the forward pass leaves to the loss, where a penalty reads them. */
  #readSoftmax(state: BufferSlice): readonly Kernel[] {
    const isRead = this.lowered.penalties.some(({ value }) => value.id === this.lowered.softmax?.result.id);
    return isRead ? this.pass.probabilities(state) : [];
  }

  #addPenalties(state: BufferSlice): readonly Kernel[] {
    const workgroupSize = workgroupSizeFor(this.target);
    return this.lowered.penalties.map((_, index) => {
      const kernel = this.#penaltyKernel(index, 'add', state);
      return this.#typed({
        ...kernel,
        bindings: { ...kernel.bindings, metrics: this.#metrics },
        invocations: this.target.batchSize * workgroupSize,
        workgroupSize,
      });
    });
  }

  #penaltyGradient(index: number, state: BufferSlice): Kernel {
    const { inputsGrad, inputActivation } = this.pass.penaltyGradient(index);
    const kernel = this.#penaltyKernel(index, 'gradient', state);
    return this.#typed({
      ...kernel,
      constants: { ...kernel.constants, ...activationConstants(inputActivation) },
      bindings: { ...kernel.bindings, valuesGrad: inputsGrad },
    });
  }

  #penaltyKernel(index: number, entryPoint: 'gradient' | 'add', state: BufferSlice): Kernel {
    const penalty = this.lowered.penalties[index];
    if (!penalty) throw new Error(`penalties: one must be the model's. Received index=${index}.`);
    const { value, regularizer } = penalty;
    const cellsPerExample = cellCount(value.shape);
    return {
      label: `${value.id} penalty ${entryPoint}`,
      shader: 'activity-penalty',
      entryPoint,
      constants: { cellsPerExample, l1: regularizer.l1, l2: regularizer.l2 },
      bindings: { batch: this.pass.batch, values: this.pass.tensor(value), state },
      invocations: this.target.batchSize * cellsPerExample,
      workgroupSize: workgroupSizeFor(this.target),
    };
  }

  #typed(kernel: Kernel): Kernel {
    const { element } = this.target;
    return element === 'f32' ? kernel : { ...kernel, element };
  }
}
