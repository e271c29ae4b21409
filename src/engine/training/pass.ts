/** One way through the network at one batch size: its tensors, and every op's kernels bound to them. */
import { elementBytes } from '../gpu/half.ts';
import type { BufferSlice, Kernel, PlannedTensor } from '../gpu/kernel.ts';
import type { LoweredModel } from '../layers/lower.ts';
import {
  activationConstants,
  linearActivation,
  unpoolingConstants,
  workgroupSizeFor,
  type BackwardMemory,
  type InputGradientMemory,
  type Mode,
  type Op,
  type OpMemory,
  type Target,
  type Value,
} from '../layers/op.ts';
import type { Activation } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { GradientFlow, type GradientWriter } from './gradient-flow.ts';
import type { WeightSource } from './weight-source.ts';

const wordBytes = 4;
/** Parts one dispatch of gradient-sum.wgsl adds. */
const partsPerSum = 5;

/** Where a writer puts its contribution to a value's gradient, and what it has to undo in it. */
export interface GradientPlace {
  readonly inputsGrad: PlannedTensor;
  readonly inputActivation: Activation;
  readonly inputPooling?: NonNullable<InputGradientMemory['inputPooling']>;
}

export class Pass {
  readonly #tensors = new Map<string, PlannedTensor>();
  readonly #flow: GradientFlow;

  constructor(
    private readonly lowered: LoweredModel,
    readonly target: Target,
    /** The uniform with the batch size. */
    readonly batch: BufferSlice,
    private readonly weights: WeightSource,
  ) {
    const isSoftmaxRead = lowered.penalties.some(({ value }) => value.id === lowered.softmax?.result.id);
    const { ops, softmax } = lowered;
    this.#flow = new GradientFlow(lowered, softmax && isSoftmaxRead ? [...ops, softmax] : ops);
  }

  /** A layer's activated outputs. */
  tensor(value: Value): PlannedTensor {
    return this.#elements(value.id, cellCount(value.shape));
  }

  /** The gradient by the value's sums, before its activation. */
  gradient(value: Value): PlannedTensor {
    const { writers, isDirect } = this.#flow.of(value);
    const [writer] = writers;
    const isPassed = isDirect && writer?.kind === 'op' && writer.op.passesGradient;
    if (isPassed) return this.gradient(writer.op.result);
    const { poolHeight = 1, poolWidth = 1 } = value.pooling ?? {};
    return this.#elements(`${value.id} gradient`, cellCount(value.shape) * poolHeight * poolWidth);
  }

  /** A tensor of `words` 32-bit numbers per example; the same one for the same label. */
  extra(label: string, words: number): PlannedTensor {
    return this.#tensor(label, words * this.target.batchSize * wordBytes);
  }

  /** Where the loss writes the gradient by what it reads. */
  get lossGradient(): GradientPlace {
    return this.#place(this.lowered.head, (writer) => writer.kind === 'loss');
  }

  /** Where penalty `index` of the lowered model writes its gradient. */
  penaltyGradient(index: number): GradientPlace {
    const penalty = this.lowered.penalties[index];
    if (!penalty) throw new Error(`pass: a penalty must be one of the model's. Received index=${index}.`);
    return this.#place(penalty.value, (writer) => writer.kind === 'penalty' && writer.index === index);
  }

  /** All ops but the softmax that the loss does itself. */
  forward(mode: Mode, state: BufferSlice): readonly Kernel[] {
    return this.#typed(this.lowered.ops.flatMap((op) => op.forward(this.#memory(op, mode, state))));
  }

  /** The softmax that `forward` left out. */
  probabilities(state: BufferSlice): readonly Kernel[] {
    const { softmax } = this.lowered;
    return softmax ? this.#typed(softmax.forward(this.#memory(softmax, 'inference', state))) : [];
  }

  /** What a training step changes besides the weights. */
  updateState(state: BufferSlice): readonly Kernel[] {
    return this.#typed(this.lowered.ops.flatMap((op) => op.updateState?.(this.#memory(op, 'training', state)) ?? []));
  }

  /** From the gradient of the head to those of all weights. */
  backward(state: BufferSlice): readonly Kernel[] {
    return this.#typed(
      this.#reversed().flatMap((op) => {
        const wanted = op.sources.map((source) => this.#flow.isTrained(source));
        if (!op.weightGradient && !wanted.includes(true)) return [];
        const memory = this.#backwardMemory(op, state);
        return [
          ...this.#sum(op.result),
          ...(op.reduceGradient?.(memory) ?? []),
          ...(op.weightGradient?.kernels({ ...memory, gradParts: (name) => this.weights.parts(name) }) ?? []),
          ...this.#inputGradients(op, memory, wanted),
        ];
      }),
    );
  }

  /** On from there to the gradient by the network's inputs, which training itself does not need. */
  inputGradient(state: BufferSlice): readonly Kernel[] {
    const kernels = this.#reversed().flatMap((op) => {
      const wanted = op.sources.map((source) => !this.#flow.isTrained(source));
      if (!wanted.includes(true)) return [];
      const memory = this.#backwardMemory(op, state);
      const isFirstVisit = !op.weightGradient && !wanted.includes(false);
      const before = isFirstVisit ? [...this.#sum(op.result), ...(op.reduceGradient?.(memory) ?? [])] : [];
      return [...before, ...this.#inputGradients(op, memory, wanted)];
    });
    return this.#typed([...kernels, ...this.#sum(this.lowered.input)]);
  }

  #reversed(): readonly Op[] {
    return [...this.#flow.ops].reverse();
  }

  #inputGradients(op: Op, memory: BackwardMemory, wanted: readonly boolean[]): readonly Kernel[] {
    if (op.passesGradient) return [];
    return op.sources.flatMap((source, index) => {
      if (!wanted[index]) return [];
      const place = this.#place(source, (writer) => writer.kind === 'op' && writer.op === op && writer.index === index);
      return op.inputGradient({ ...memory, ...place }, index);
    });
  }

  #place(value: Value, isWriter: (writer: GradientWriter) => boolean): GradientPlace {
    const { writers, isDirect } = this.#flow.of(value);
    if (isDirect) {
      const winners = this.#winners(value);
      return {
        inputsGrad: this.gradient(value),
        inputActivation: value.activation,
        ...(value.pooling && winners && { inputPooling: { ...value.pooling, winners } }),
      };
    }
    return { inputsGrad: this.#part(value, writers.findIndex(isWriter)), inputActivation: linearActivation };
  }

  /** What writer `index` contributed to the value's gradient. */
  #part(value: Value, index: number): PlannedTensor {
    const writer = this.#flow.of(value).writers[index];
    if (writer?.kind === 'op' && writer.op.passesGradient) return this.gradient(writer.op.result);
    return this.#elements(`${value.id} gradient part ${index + 1}`, cellCount(value.shape));
  }

  /** Adds up what the value's readers contributed, unless the only one wrote the gradient itself. */
  #sum(value: Value): readonly Kernel[] {
    const { writers, isDirect } = this.#flow.of(value);
    if (isDirect) return [];
    const kernels: Kernel[] = [];
    let parts = writers.map((_, index) => this.#part(value, index));
    while (parts.length > partsPerSum) {
      const sum = this.#elements(`${value.id} gradient sum ${kernels.length + 1}`, cellCount(value.shape));
      kernels.push(this.#sumKernel(value, parts.slice(0, partsPerSum), { inputsGrad: sum }));
      parts = [sum, ...parts.slice(partsPerSum)];
    }
    const { activation, pooling } = value;
    const winners = this.#winners(value);
    const [rows = 1, columns = 1, channels = 1] = value.shape;
    const whole = this.#sumKernel(value, parts, {
      inputsGrad: this.gradient(value),
      ...(activation.name !== 'linear' && { inputs: this.tensor(value) }),
      ...(winners && { inputWinners: winners }),
    });
    const undone = { ...activationConstants(activation), ...unpoolingConstants(pooling) };
    const shape = pooling && { inputHeight: rows, inputWidth: columns, inputChannels: channels };
    return [...kernels, { ...whole, constants: { ...whole.constants, ...undone, ...shape } }];
  }

  #sumKernel(value: Value, parts: readonly PlannedTensor[], bindings: Kernel['bindings']): Kernel {
    const cellsPerExample = cellCount(value.shape);
    return {
      label: `${value.id} gradient sum`,
      shader: 'gradient-sum',
      entryPoint: 'sum',
      constants: { cellsPerExample, partCount: parts.length },
      bindings: {
        batch: this.batch,
        ...bindings,
        ...Object.fromEntries(parts.map((part, index) => [`part${index}`, part])),
      },
      invocations: this.target.batchSize * cellsPerExample,
      workgroupSize: workgroupSizeFor(this.target),
    };
  }

  #winners(value: Value): PlannedTensor | undefined {
    return value.pooling && this.extra(`${value.id} winners`, value.pooling.winnerWords);
  }

  /** A tensor of the target's elements. */
  #elements(label: string, cells: number): PlannedTensor {
    return this.#tensor(label, elementBytes(cells * this.target.batchSize, this.target.element));
  }

  #tensor(label: string, sizeBytes: number): PlannedTensor {
    let tensor = this.#tensors.get(label);
    if (!tensor) {
      tensor = { label, sizeBytes };
      this.#tensors.set(label, tensor);
    }
    return tensor;
  }

  #typed(kernels: readonly Kernel[]): readonly Kernel[] {
    const { element } = this.target;
    return element === 'f32' ? kernels : kernels.map((kernel) => ({ ...kernel, element }));
  }

  #memory(op: Op, mode: Mode, state: BufferSlice): OpMemory {
    const input = (index: number) => {
      const source = op.sources[index];
      if (!source) throw new Error(`${op.layer}: a source must be there. Received index=${index}.`);
      return this.tensor(source);
    };
    return {
      target: this.target,
      mode,
      batch: this.batch,
      state,
      inputs: input(0),
      input,
      outputs: this.tensor(op.result),
      winners: this.#winners(op.result),
      scratch: (label, cells) => this.extra(`${op.layer} ${label}`, cells),
      table: (label, numbers) => this.#tensor(`${op.layer} ${label}`, numbers * wordBytes),
      weight: (name) => this.weights.weight(name),
      master: (name) => this.weights.master(name),
    };
  }

  #backwardMemory(op: Op, state: BufferSlice): BackwardMemory {
    return { ...this.#memory(op, 'training', state), outputsGrad: this.gradient(op.result) };
  }
}
