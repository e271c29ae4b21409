/** Questions to a network that its caller waits for: outputs, activations, gradients. They change no weight. */
import type { Gradients, NamedTensor, Tensor } from '../contract.ts';
import { EngineError } from '../error.ts';
import { decodeElements, elementBytes, encodeElements } from '../gpu/half.ts';
import { readSlices } from '../gpu/readback.ts';
import type { ResolvedModel } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import type { GraphContext } from './graph.ts';
import type { GpuInspection } from './inspection.ts';
import type { MetricsReader } from './metrics-reader.ts';
import type { Trainer } from './trainer.ts';

type Floats = Float32Array<ArrayBuffer>;
/** Class indices, or rows of targets. */
type Labels = Uint8Array<ArrayBuffer> | Floats;

export interface QueryParts {
  readonly context: GraphContext;
  readonly model: ResolvedModel;
  readonly batchSize: number;
  readonly trainer: Trainer;
  readonly inspection: GpuInspection;
  readonly reader: MetricsReader;
  cutWeights(bytes: ArrayBuffer): readonly NamedTensor[];
}

export class NetworkQueries {
  readonly #exampleCells: number;

  constructor(private readonly parts: QueryParts) {
    this.#exampleCells = cellCount(parts.model.inputShape);
  }

  async predict(inputs: Floats): Promise<Floats> {
    const { batchSize, trainer } = this.parts;
    const count = this.#exampleCount(inputs, 'predict');
    const outputCells = trainer.classes;
    const outputs = new Float32Array(count * outputCells);
    for (let first = 0; first < count; first += batchSize) {
      const examples = Math.min(batchSize, count - first);
      this.#writeInputs(inputs, first, examples);
      this.#submit('predict', (pass) => {
        trainer.encodePrediction(pass);
      });
      const place = trainer.graph.place(trainer.outputs);
      const numbers = examples * outputCells;
      const [bytes] = await this.#read([{ ...place, size: elementBytes(numbers, trainer.element) }]);
      outputs.set(decodeElements(bytes, numbers, trainer.element), first * outputCells);
    }
    return outputs;
  }

  async activations(inputs: Floats, layerName: string): Promise<Tensor> {
    const { inspection, context } = this.parts;
    const count = this.#exampleCount(inputs, 'activations');
    const view = inspection.outputs(layerName);
    const cells = cellCount(view.shape);
    const data = new Float32Array(count * cells);
    for (let example = 0; example < count; example++) {
      const encoder = context.device.createCommandEncoder({ label: 'activations' });
      const start = example * this.#exampleCells;
      inspection.borrow(inputs.slice(start, start + this.#exampleCells), encoder);
      context.device.queue.submit([encoder.finish()]);
      const [bytes] = await this.#read([{ buffer: view.buffer, offset: view.offsetBytes, size: cells * 4 }]);
      data.set(new Float32Array(bytes), example * cells);
    }
    inspection.restoreInput();
    return { shape: [count, ...view.shape], data };
  }

  /** Nothing may train meanwhile. */
  async gradients(inputs: Floats, labels: Labels): Promise<Gradients> {
    const { context, trainer, batchSize, reader } = this.parts;
    const targets = this.#rowsOf(labels);
    const count = targets.length / trainer.classes;
    await trainer.prepareGradients();
    // The places past the examples have no loss, but what is left in them could still be no number.
    this.#writeInputs(new Float32Array(batchSize * this.#exampleCells), 0, batchSize);
    this.#writeInputs(inputs, 0, count);
    const targetPlace = trainer.graph.place(trainer.targets);
    context.device.queue.writeBuffer(targetPlace.buffer, targetPlace.offset, targets);
    trainer.manualState.restart(count);
    const encoder = context.device.createCommandEncoder({ label: 'gradients' });
    const pass = encoder.beginComputePass({ label: 'gradients' });
    trainer.encodeGradients(pass);
    pass.end();
    const metrics = reader.encode(encoder, 0, 1);
    context.device.queue.submit([encoder.finish()]);
    const numbers = count * this.#exampleCells;
    const inputsGrad = {
      ...trainer.graph.place(trainer.inputsGrad),
      size: elementBytes(numbers, trainer.element),
    };
    const [[step], [weightBytes, inputBytes]] = await Promise.all([
      metrics.read(),
      this.#read([trainer.gradients, inputsGrad]),
    ]);
    return {
      loss: step?.loss ?? NaN,
      accuracy: step?.accuracy ?? NaN,
      weights: this.parts.cutWeights(weightBytes),
      inputs: decodeElements(inputBytes, numbers, trainer.element).map((grad) => grad / trainer.queryLossScale),
    };
  }

  /** @throws EngineError `badArgument` unless inputs and labels are one batch of examples. */
  checkBatch(inputs: Floats, labels: Labels): void {
    const { batchSize, trainer } = this.parts;
    const count = this.#exampleCount(inputs, 'gradients');
    if (count > batchSize) {
      throw badArgument(`gradients: at most batchSize=${batchSize} examples. Received examples=${count}.`);
    }
    if (labels instanceof Float32Array) {
      if (labels.length === count * trainer.classes) return;
      const rule = `targets must be ${count} rows of ${trainer.classes} numbers`;
      throw badArgument(`gradients: ${rule}. Received targets.length=${labels.length}.`);
    }
    if (labels.length !== count || labels.some((label) => label >= trainer.classes)) {
      const received = `labels=[${labels.slice(0, 8).join(', ')}], labels.length=${labels.length}`;
      throw badArgument(`gradients: there must be ${count} labels below ${trainer.classes}. Received ${received}.`);
    }
  }

  #rowsOf(labels: Labels): Floats {
    if (labels instanceof Float32Array) return labels;
    const { classes } = this.parts.trainer;
    const rows = new Float32Array(labels.length * classes);
    labels.forEach((label, example) => (rows[example * classes + label] = 1));
    return rows;
  }

  #read<Slices extends readonly [Slice] | readonly [Slice, Slice]>(slices: Slices) {
    const { device, memory } = this.parts.context;
    // One buffer comes back for each slice given.
    return readSlices(device, memory, slices) as Promise<{ [Index in keyof Slices]: ArrayBuffer }>;
  }

  #submit(label: string, encode: (pass: GPUComputePassEncoder) => void): void {
    const { device } = this.parts.context;
    const encoder = device.createCommandEncoder({ label });
    const pass = encoder.beginComputePass({ label });
    encode(pass);
    pass.end();
    device.queue.submit([encoder.finish()]);
  }

  #writeInputs(inputs: Floats, first: number, examples: number): void {
    const { context, trainer } = this.parts;
    const { buffer, offset } = trainer.graph.place(trainer.inputs);
    const cells = this.#exampleCells;
    const values = inputs.subarray(first * cells, (first + examples) * cells);
    context.device.queue.writeBuffer(buffer, offset, encodeElements(values, trainer.element));
  }

  #exampleCount(inputs: Floats, method: string): number {
    const cells = this.#exampleCells;
    if (inputs.length > 0 && inputs.length % cells === 0) return inputs.length / cells;
    const shape = this.parts.model.inputShape.join('×');
    throw badArgument(
      `${method}: inputs must be whole examples of ${shape} = ${cells} numbers. Received inputs.length=${inputs.length}.`,
    );
  }
}

type Slice = Parameters<typeof readSlices>[2][number];

function badArgument(message: string): EngineError {
  return new EngineError('badArgument', message);
}
