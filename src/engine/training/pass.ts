/** One way through the network at one batch size: its tensors, and every op's kernels bound to them. */
import type { BufferSlice, Kernel, PlannedTensor } from '../gpu/kernel.ts';
import type { LoweredModel } from '../layers/lower.ts';
import { cellsOf, type BackwardMemory, type Op, type OpMemory, type Target, type Value } from '../layers/op.ts';
import type { WeightStore } from './weight-store.ts';

const floatBytes = 4;

export class Pass {
  readonly #tensors = new Map<string, PlannedTensor>();

  constructor(
    private readonly lowered: LoweredModel,
    readonly target: Target,
    /** The uniform with the batch size. */
    readonly batch: BufferSlice,
    private readonly store: WeightStore,
  ) {}

  /** A layer's activated outputs. */
  tensor(value: Value): PlannedTensor {
    return this.#tensor(value.id, cellsOf(value.shape));
  }

  /** The gradient by the value's sums, before its activation. */
  gradient(value: Value): PlannedTensor {
    return this.#tensor(`${value.id} gradient`, cellsOf(value.shape));
  }

  /** A tensor of `cells` 32-bit numbers per example; the same one for the same label. */
  extra(label: string, cells: number): PlannedTensor {
    return this.#tensor(label, cells);
  }

  /** All ops but the last, which turns logits into probabilities. */
  forward(): Kernel[] {
    return this.lowered.ops.flatMap((op) => op.forward(this.#memory(op)));
  }

  probabilities(): readonly Kernel[] {
    return this.lowered.output.forward(this.#memory(this.lowered.output));
  }

  /** From the gradient of the logits to those of all weights. */
  backward(): Kernel[] {
    return [...this.lowered.ops].reverse().flatMap((op) => {
      const memory = this.#backwardMemory(op);
      const weights = op.weightGradient?.kernels(memory) ?? [];
      return op.source.id === this.lowered.input.id ? weights : [...weights, ...op.inputGradient(memory)];
    });
  }

  /** The gradient by the network's inputs, which training itself does not need. */
  inputGradient(): Kernel[] {
    return this.lowered.ops
      .filter((op) => op.source.id === this.lowered.input.id)
      .flatMap((op) => op.inputGradient(this.#backwardMemory(op)));
  }

  #tensor(label: string, cells: number): PlannedTensor {
    let tensor = this.#tensors.get(label);
    if (!tensor) {
      tensor = { label, sizeBytes: cells * this.target.batchSize * floatBytes };
      this.#tensors.set(label, tensor);
    }
    return tensor;
  }

  #memory(op: Op): OpMemory {
    return {
      target: this.target,
      batch: this.batch,
      inputs: this.tensor(op.source),
      outputs: this.tensor(op.result),
      scratch: (label, cells) => this.#tensor(`${op.layer} ${label}`, cells),
      weight: (name) => this.store.weight(name),
    };
  }

  #backwardMemory(op: Op): BackwardMemory {
    return {
      ...this.#memory(op),
      outputsGrad: this.gradient(op.result),
      inputsGrad: this.gradient(op.source),
      gradParts: (name) => this.store.parts(name),
    };
  }
}
