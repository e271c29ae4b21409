/** The kernels of a step that belong to no layer: batch, loss, metrics, update. The mathematics stands in their shaders. */
import type { BufferSlice, Kernel, PlannedTensor } from '../gpu/kernel.ts';
import { activationConstants, cellsOf, workgroupSizeFor, type Target } from '../layers/op.ts';
import type { LoweredModel } from '../layers/lower.ts';
import type { GpuDataset } from './dataset.ts';
import type { ResolvedOptimizer } from './optimizers.ts';
import type { Pass } from './pass.ts';
import type { WeightStore } from './weight-store.ts';

/** Steps whose metrics the ring holds before it starts over. */
export const ringSlots = 1024;
export const ringSlotBytes = 16;

const valuesPerInvocation = 16;
/** step-finish.wgsl is one workgroup of this size. */
const finishWorkgroupSize = 64;

export class StepKernels {
  constructor(
    private readonly lowered: LoweredModel,
    private readonly target: Target,
    private readonly pass: Pass,
    private readonly store: WeightStore,
  ) {}

  get classes(): number {
    return cellsOf(this.lowered.head.shape);
  }

  /** The class index of each example of the batch. */
  get labels(): PlannedTensor {
    return this.pass.extra('labels', 1);
  }

  /** Fills the batch from a data set; by the permutation when one is given. */
  gather(data: GpuDataset, state: BufferSlice, permutation?: BufferSlice): Kernel {
    const exampleSize = cellsOf(this.lowered.input.shape);
    return {
      label: 'gather batch',
      shader: 'batch-gather',
      entryPoint: 'gather',
      constants: { exampleSize, valuesPerInvocation, isShuffled: permutation !== undefined },
      bindings: {
        batch: this.pass.batch,
        images: data.images,
        classIndices: data.labels,
        state,
        inputs: this.pass.tensor(this.lowered.input),
        labels: this.labels,
        ...(permutation && { permutation }),
      },
      invocations: this.target.batchSize * Math.ceil(exampleSize / valuesPerInvocation),
      workgroupSize: workgroupSizeFor(this.target),
    };
  }

  /** Loss and the gradient by the logits. */
  loss(state: BufferSlice): Kernel {
    const { inputsGrad, inputActivation } = this.pass.lossGradient;
    const kernel = this.#lossKernel('loss', state);
    return {
      ...kernel,
      constants: { ...kernel.constants, ...activationConstants(inputActivation) },
      bindings: { ...kernel.bindings, logitsGrad: inputsGrad },
    };
  }

  /** Loss and the confusion counts. */
  evaluate(state: BufferSlice, confusion: BufferSlice): Kernel {
    const kernel = this.#lossKernel('evaluate', state);
    return { ...kernel, bindings: { ...kernel.bindings, confusion } };
  }

  /** Files the batch's metrics in the ring and advances the state. */
  finish(state: BufferSlice, ring: BufferSlice, decay: BufferSlice): Kernel {
    return {
      label: 'finish',
      shader: 'step-finish',
      entryPoint: 'finish',
      constants: { ringSlots },
      bindings: { batch: this.pass.batch, metrics: this.#metrics, ring, state, decay },
      invocations: finishWorkgroupSize,
      workgroupSize: finishWorkgroupSize,
    };
  }

  /** The optimizer's update of all weights. */
  update(optimizer: ResolvedOptimizer, hyperparameters: BufferSlice, state: BufferSlice): Kernel {
    const { blocks, gradParts, weights, slots } = this.store;
    const isAdam = optimizer.entryPoint === 'adam';
    return this.#weightKernel(optimizer.entryPoint, optimizer.constants, {
      ...{ blocks, gradParts, weights, slots, hyperparameters },
      ...(isAdam && { state }),
    });
  }

  /** Adds up the gradients' parts for whoever wants to read them. */
  gradients(gradients: BufferSlice): Kernel {
    const { blocks, gradParts } = this.store;
    return this.#weightKernel('gather', {}, { blocks, gradParts, gradients });
  }

  get #metrics(): PlannedTensor {
    return this.pass.extra('example metrics', 2);
  }

  #lossKernel(entryPoint: 'loss' | 'evaluate', state: BufferSlice): Kernel {
    return {
      label: entryPoint,
      shader: 'cross-entropy',
      entryPoint,
      constants: { classes: this.classes },
      bindings: {
        batch: this.pass.batch,
        logits: this.pass.tensor(this.lowered.head),
        labels: this.labels,
        state,
        metrics: this.#metrics,
      },
      invocations: this.target.batchSize,
      workgroupSize: workgroupSizeFor(this.target),
    };
  }

  #weightKernel(entryPoint: string, constants: Kernel['constants'], bindings: Kernel['bindings']): Kernel {
    return {
      label: `optimizer ${entryPoint}`,
      shader: 'optimizer',
      entryPoint,
      constants: { ...constants, weightCount: this.store.count },
      bindings,
      invocations: this.store.count,
      workgroupSize: workgroupSizeFor(this.target),
    };
  }
}
