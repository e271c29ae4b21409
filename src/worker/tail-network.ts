/** What follows a layer as a network of its own, whose input gradient is the gradient by the layer's outputs. */
import type { Engine, LayerConfig, ModelConfig, NamedTensor, Network, ResolvedModel } from '../engine/index.ts';

type Floats = Float32Array<ArrayBuffer>;

const shaperName = 'tail_flatten';

/** The layers behind `layer`, reading it as their input; undefined where there are none, or where one reads past it. */
export function tailConfig({ layers }: ResolvedModel, layer: string): ModelConfig | undefined {
  const place = layers.findIndex(({ name }) => name === layer);
  const tail = layers.slice(place + 1);
  const source = layers[place];
  if (!source || tail.length === 0) return undefined;
  const known = new Set([layer, ...tail.map(({ name }) => name)]);
  if (!tail.every(({ inputs }) => inputs.every((input) => known.has(input)))) return undefined;
  const isVector = source.outputShape.length === 1;
  const [height = 1, width = 1, channels = 1] = isVector ? [1, 1, source.outputShape[0]] : source.outputShape;
  // A network's input is an image; units are one of a single pixel.
  const first = isVector ? shaperName : 'input';
  const shaper: readonly LayerConfig[] = isVector ? [{ type: 'flatten', name: shaperName }] : [];
  return {
    inputShape: [height, width, channels],
    layers: [
      ...shaper,
      ...tail.map(({ config, name, inputs }): LayerConfig => ({
        ...config,
        name,
        inputs: inputs.map((input) => (input === layer ? first : input)),
      })),
    ],
  };
}

/** Compiled when first asked for, and kept for one network and layer. */
export class TailNetwork {
  #kept: { readonly of: Network; readonly layer: string; readonly tail: Promise<Network> } | undefined;

  /** The gradient of the loss by the layer's outputs for the image given; undefined where the layer has no tail. */
  async gradient(
    engine: Engine,
    network: Network,
    { layer, pixels, label }: { readonly layer: string; readonly pixels: Floats; readonly label: number },
  ): Promise<NamedTensor | undefined> {
    const config = tailConfig(network.model, layer);
    if (!config) return undefined;
    const tail = await this.#tailOf(engine, network, layer, config);
    const [outputs, weights] = await Promise.all([network.activations(pixels, layer), network.getWeights()]);
    const wanted = new Set(tail.model.layers.flatMap((own) => own.weights.map(({ name }) => name)));
    tail.setWeights(weights.filter(({ name }) => wanted.has(name)));
    const { inputs } = await tail.gradients(outputs.data, Uint8Array.of(label));
    return { name: layer, shape: outputs.shape.slice(1), data: inputs };
  }

  #tailOf(engine: Engine, network: Network, layer: string, config: ModelConfig): Promise<Network> {
    if (this.#kept?.of === network && this.#kept.layer === layer) return this.#kept.tail;
    this.dispose();
    const tail = engine.compile(config, { batchSize: 1, optimizer: { type: 'sgd' } });
    this.#kept = { of: network, layer, tail };
    return tail;
  }

  dispose(): void {
    void this.#kept?.tail.then(
      (tail) => {
        tail.dispose();
      },
      () => undefined,
    );
    this.#kept = undefined;
  }
}
