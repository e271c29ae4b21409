/**
 * The gradient of one output cell of any layer by the network's input. A copy of the network is cut off behind the layer, its
 * last cell picked out by a dense layer of ones and zeros, and a loss chosen whose gradient by that cell is one.
 */
import type { Engine, LayerConfig, ModelConfig, NamedTensor, Network, ResolvedLayer } from '../engine/index.ts';

type Floats = Float32Array<ArrayBuffer>;

/** One cell of a layer's outputs; a unit is the channel of its only cell. */
export interface UnitAddress {
  readonly layer: string;
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** What a cell is and how it changes with the input, image by image. */
export interface UnitGradients {
  /** The cell's value for each image. */
  readonly values: Floats;
  /** `[images, …inputShape]`: the value's derivative by each number of the image. */
  readonly gradients: Floats;
}

/** The cell as the layer gives it, or the sum that its activation is applied to. */
export type UnitPart = 'output' | 'sum';

const rowName = 'unit_gradient_row';
const pickName = 'unit_gradient_pick';
/** Copies kept at a time; each holds the weights of the layers before its own, and their optimizer slots. */
const mostCopies = 3;

interface Copy {
  readonly key: string;
  readonly network: Promise<Network>;
}

/** Answers for one network, with its weights as they are when asked. Copies are compiled when first needed. */
export class UnitGradient {
  #copies: readonly Copy[] = [];
  /** One question at a time: they share their copies' weights. */
  #last: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  constructor(
    private readonly engine: Engine,
    private readonly network: Network,
  ) {}

  /**
   * @param images `[n, …inputShape]`.
   * @throws EngineError when the copy does not fit the GPU; Error for a layer that the network has not.
   */
  of(cell: UnitAddress, images: Floats, part: UnitPart = 'output'): Promise<UnitGradients> {
    const answer = this.#last.then(() => this.#ask(cell, images, part));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** Frees the copies; an answer under way still comes or fails. */
  dispose(): void {
    this.#isDisposed = true;
    for (const copy of this.#copies) drop(copy);
    this.#copies = [];
  }

  async #ask(cell: UnitAddress, images: Floats, part: UnitPart): Promise<UnitGradients> {
    if (this.#isDisposed) throw new Error('unit gradient: must not be asked after dispose.');
    const count = images.length / cellsOf(this.network.model.inputShape);
    const copy = await this.#copyFor(cell.layer, part, count);
    copyWeights(this.engine.device, this.network, copy);
    copy.setWeights([picking(cell, copy)]);
    const values = await copy.predict(images);
    // The loss is the mean of (value − target)² over the images: its derivative by a value is 2 (value − target) / n.
    const targets = values.map((value) => value - count / 2);
    const { inputs } = await copy.gradients(images, targets);
    return { values, gradients: inputs };
  }

  #copyFor(layer: string, part: UnitPart, count: number): Promise<Network> {
    const key = `${layer} ${part} ${count}`;
    const known = this.#copies.find((copy) => copy.key === key);
    const copy = known ?? { key, network: this.#compile(layer, part, count) };
    const others = this.#copies.filter((other) => other.key !== key);
    for (const old of others.slice(mostCopies - 1)) drop(old);
    this.#copies = [copy, ...others.slice(0, mostCopies - 1)];
    copy.network.catch(() => {
      this.#copies = this.#copies.filter((other) => other !== copy);
    });
    return copy.network;
  }

  #compile(layer: string, part: UnitPart, count: number): Promise<Network> {
    const config = cutBehind(this.network, layer, part);
    return this.engine.compile(config, { batchSize: count, optimizer: { type: 'sgd' }, loss: 'meanSquaredError' });
  }
}

function drop({ network }: Copy): void {
  void network.then(
    (made) => made.dispose(),
    () => undefined,
  );
}

/** The layers that lead to the one named, and behind it a single unit. */
function cutBehind({ model }: Network, layer: string, part: UnitPart): ModelConfig {
  const needed = new Set([layer]);
  for (const { name, inputs } of model.layers.toReversed())
    if (needed.has(name)) inputs.forEach((input) => needed.add(input));
  const layers = model.layers.filter(({ name }) => needed.has(name));
  const last = layers.at(-1);
  if (last?.name !== layer)
    throw new Error(`unit gradient: layer must be one of the network's. Received layer=${layer}.`);
  const [height = 1, width = 1, channels = 1] = model.inputShape;
  return {
    inputShape: [height, width, channels],
    layers: [
      ...layers.map((each) => asLookedAt(each, each === last ? part : 'output')),
      { type: 'flatten', name: rowName, inputs: [layer] },
      { type: 'dense', name: pickName, inputs: [rowName], units: 1, useBias: false },
    ],
  };
}

/** The layer as it is outside of training, without what training adds to the loss. */
function asLookedAt({ config, name, inputs }: ResolvedLayer, part: UnitPart): LayerConfig {
  const plain = Object.fromEntries(Object.entries(config).filter(([field]) => !field.endsWith('Regularizer')));
  return {
    ...plain,
    // Nothing but optional fields was taken away.
    ...({ type: config.type } as LayerConfig),
    name,
    inputs,
    ...('rate' in config && { rate: 0 }),
    // Frozen, it uses its moving statistics.
    ...(config.type === 'batchNormalization' && { trainable: false }),
    ...(part === 'sum' && 'activation' in config && { activation: 'linear' }),
  };
}

/** Takes over the weights on the GPU, as they are at that point of its queue. */
function copyWeights(device: GPUDevice, from: Network, to: Network): void {
  const encoder = device.createCommandEncoder({ label: 'unit gradient weights' });
  for (const { name } of to.model.layers.flatMap(({ weights }) => weights)) {
    if (name.startsWith(`${pickName}/`)) continue;
    const [source, target] = [from.weight(name), to.weight(name)];
    encoder.copyBufferToBuffer(source.buffer, source.offsetBytes, target.buffer, target.offsetBytes, source.sizeBytes);
  }
  device.queue.submit([encoder.finish()]);
}

/** The dense layer's kernel: one at the cell, zero everywhere else. */
function picking({ layer, row, column, channel }: UnitAddress, { model }: Network): NamedTensor {
  const shape = model.layers.find(({ name }) => name === layer)?.outputShape ?? [];
  const data = new Float32Array(cellsOf(shape));
  const [, width = 1, channels = 1] = shape;
  data[shape.length === 3 ? (row * width + column) * channels + channel : channel] = 1;
  return { name: `${pickName}/kernel`, shape: [data.length, 1], data };
}

function cellsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
