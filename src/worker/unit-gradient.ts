/**
 * The gradient of one output cell of any layer, or of the mean of one of its maps, by the network's input. A copy of the network
 * is cut off behind the layer, what is meant is picked out by a dense layer, and the gradient is that of a loss by it.
 */
import type { Engine, LayerConfig, ModelConfig, NamedTensor, Network, ResolvedLayer } from '../engine/index.ts';
import type { CellAddress } from '../engine/model/cell-address.ts';
import { cellCount, cellIndex, imageSizes } from '../engine/shape/cells.ts';

type Floats = Float32Array<ArrayBuffer>;

/** The mean of one of a layer's maps. */
export interface MapAddress {
  readonly layer: string;
  readonly channel: number;
  readonly row?: undefined;
}

/** What a gradient can be asked of. */
export type UnitAim = CellAddress | MapAddress;

/** What a cell is and how it changes with the input, image by image. */
export interface UnitGradients {
  /** The value of the cell, or of the mean, for each image. */
  readonly values: Floats;
  /** `[images, …inputShape]`: the value's derivative by each number of the image. */
  readonly gradients: Floats;
}

/** The cell as the layer gives it, or the sum that its activation is applied to. */
export type UnitPart = 'output' | 'sum';

const rowName = 'unit_gradient_row';
const pickName = 'unit_gradient_pick';
/** The loss's target: further from any value than its difference needs digits. */
const farTarget = -1024;
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
   * @param weights the network's present ones, or those that the question before found.
   * @throws EngineError when the copy does not fit the GPU; Error for a layer that the network has not.
   */
  of(
    aim: UnitAim,
    images: Floats,
    part: UnitPart = 'output',
    weights: 'present' | 'former' = 'present',
  ): Promise<UnitGradients> {
    const answer = this.#last.then(() => this.#ask(aim, images, part, weights));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** Frees the copies; an answer under way still comes or fails. */
  dispose(): void {
    this.#isDisposed = true;
    for (const copy of this.#copies) drop(copy);
    this.#copies = [];
  }

  async #ask(aim: UnitAim, images: Floats, part: UnitPart, weights: 'present' | 'former'): Promise<UnitGradients> {
    if (this.#isDisposed) throw new Error('unit gradient: must not be asked after dispose.');
    const cells = cellCount(this.network.model.inputShape);
    const count = images.length / cells;
    const copy = await this.#copyFor(aim.layer, part, count);
    if (weights === 'present') copyWeights(this.engine.device, this.network, copy);
    copy.setWeights([picking(aim, copy)]);
    // Both are under way at once: while the network trains, each round to the GPU and back waits for training steps.
    const [values, { inputs }] = await Promise.all([
      copy.predict(images),
      copy.gradients(images, new Float32Array(count).fill(farTarget)),
    ]);
    // The loss is the mean of (value − target)² over the images: its derivative by a value is 2 (value − target) / n.
    const slopes = Array.from(values, (value) => (2 * (value - farTarget)) / count);
    return { values, gradients: inputs.map((grad, index) => grad / (slopes[Math.floor(index / cells)] ?? 1)) };
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
  return {
    inputShape: imageSizes(model.inputShape),
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

/** The dense layer's kernel: one at the cell, or an equal share at every cell of the map; zero everywhere else. */
function picking(aim: UnitAim, { model }: Network): NamedTensor {
  const shape = model.layers.find(({ name }) => name === aim.layer)?.outputShape ?? [];
  const data = new Float32Array(cellCount(shape));
  const [height, width, channels] = imageSizes(shape);
  if (aim.row !== undefined) data[cellIndex(shape, aim)] = 1;
  else for (let at = aim.channel; at < data.length; at += channels) data[at] = 1 / (height * width);
  return { name: `${pickName}/kernel`, shape: [data.length, 1], data };
}
