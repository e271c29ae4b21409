/** A pass of one example with the network's own weights, whose every tensor stays to be drawn or read. */
import type { Inspection, TensorView } from '../contract.ts';
import { EngineError } from '../error.ts';
import { wholeBuffer, type BufferSlice } from '../gpu/kernel.ts';
import type { Target, Value } from '../layers/op.ts';
import type { LoweredModel } from '../layers/lower.ts';
import type { Shape } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { Graph, type GraphContext } from './graph.ts';
import { Pass } from './pass.ts';
import type { WeightStore } from './weight-store.ts';

export class GpuInspection implements Inspection {
  readonly #graph: Graph<'forward' | 'probabilities'>;
  readonly #pass: Pass;
  #pixels: Float32Array<ArrayBuffer>;

  constructor(
    private readonly context: GraphContext,
    private readonly lowered: LoweredModel,
    /** Chosen for the training batch, so that both passes use the same pipelines where they can. */
    target: Target,
    store: WeightStore,
    /** Bound where kernels ask for it; a pass for inference reads nothing of it. */
    state: BufferSlice,
  ) {
    const { device, memory } = context;
    const batch = memory.uniform('inspected batch size', 4);
    device.queue.writeBuffer(batch, 0, Int32Array.of(1));
    this.#pass = new Pass(lowered, { ...target, batchSize: 1, element: 'f32' }, wholeBuffer(batch), store.inFloat32());
    this.#pixels = new Float32Array(cellCount(lowered.input.shape));
    const groups = { forward: this.#pass.forward('inference', state), probabilities: this.#pass.probabilities(state) };
    this.#graph = new Graph(context, groups, [['forward', 'probabilities']], () => true);
  }

  prepare(): Promise<void> {
    return this.#graph.prepare(['forward', 'probabilities']);
  }

  get input(): TensorView {
    return this.#view(this.lowered.input, this.lowered.input.shape);
  }

  setInput(pixels: Float32Array<ArrayBuffer>): void {
    if (pixels.length !== this.#pixels.length) {
      throw new EngineError(
        'badArgument',
        `inspection: pixels must be ${this.#pixels.length} numbers. Received pixels.length=${pixels.length}.`,
      );
    }
    this.#pixels = pixels.slice();
    this.restoreInput();
  }

  /** Writes the chosen image again, after somebody borrowed the pass for another. */
  restoreInput(): void {
    this.#write(this.#pixels);
  }

  /** Runs another image through, leaving the chosen one to `restoreInput`. */
  borrow(pixels: Float32Array<ArrayBuffer>, encoder: GPUCommandEncoder): void {
    this.#write(pixels);
    this.encode(encoder);
  }

  encode(encoder: GPUCommandEncoder): void {
    const pass = encoder.beginComputePass({ label: 'inspection' });
    this.#graph.encode(pass, ['forward', 'probabilities']);
    pass.end();
  }

  outputs(layerName: string): TensorView {
    const value = this.lowered.values.get(layerName);
    if (!value) {
      const known = [...this.lowered.values.keys()].join(', ');
      throw new EngineError('badArgument', `inspection: layer must be one of ${known}. Received layer=${layerName}.`);
    }
    return this.#view(value, value.shape);
  }

  #write(pixels: Float32Array<ArrayBuffer>): void {
    const { buffer, offset } = this.#place(this.lowered.input);
    this.context.device.queue.writeBuffer(buffer, offset, pixels);
  }

  #view(value: Value, shape: Shape): TensorView {
    const { buffer, offset, size } = this.#place(value);
    return { buffer, offsetBytes: offset, sizeBytes: size, shape };
  }

  #place(value: Value): BufferSlice {
    return this.#graph.place(this.#pass.tensor(value));
  }
}
