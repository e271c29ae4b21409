/** The arithmetic of a training step by the model alone: which dispatch does how much of it. Knows no GPU. */
import { unseenCells } from '../shape/window.ts';
import type { ResolvedLayer, ResolvedModel } from './resolved.ts';

/** What a layer's multiplications are done for, one after another in a step. */
type PassName = 'forward' | 'inputGradient' | 'weightGradient';

const passNames: readonly PassName[] = ['forward', 'inputGradient', 'weightGradient'];
/** The words of labels that say what is computed; head.wgsl is a last layer with its loss, and the gradient by its inputs. */
const passesOf: Readonly<Record<string, readonly PassName[]>> = {
  forward: ['forward'],
  inputGradient: ['inputGradient'],
  weightGradient: ['weightGradient'],
  head: ['forward', 'inputGradient'],
};
/** A multiplication and an addition. */
const flopsPerMac = 2;

/** Floating-point operations of a model's training step. */
export class StepWork {
  readonly #layers: ReadonlyMap<string, ResolvedLayer>;
  readonly #learning: ReadonlySet<string>;

  constructor(
    private readonly model: ResolvedModel,
    private readonly batchSize: number,
  ) {
    this.#layers = new Map(model.layers.map((layer) => [layer.name, layer]));
    this.#learning = learningLayers(model);
  }

  /** Of the whole step: what the model needs, whatever the dispatches. */
  get total(): number {
    return this.model.layers.reduce(
      (sum, layer) => sum + passNames.reduce((part, pass) => part + this.#flops(layer, pass), 0),
      0,
    );
  }

  /**
   * Of the dispatch with this label: of every layer that it names, every pass that it names. Dispatches that were merged are
   * read one by one: `dense_2 weightGradient + dense_1 inputGradient`.
   */
  of(label: string): number {
    return label
      .split(' + ')
      .map((part) => part.match(/[\w-]+/g) ?? [])
      .reduce((sum, words) => sum + this.#flopsOfWords(words), 0);
  }

  #flopsOfWords(words: readonly string[]): number {
    const layers = words.flatMap((word) => this.#layers.get(word) ?? []);
    const passes = words.flatMap((word) => passesOf[word] ?? []);
    return layers.reduce((sum, layer) => sum + passes.reduce((part, pass) => part + this.#flops(layer, pass), 0), 0);
  }

  #flops(layer: ResolvedLayer, pass: PassName): number {
    const isNeeded = {
      forward: true,
      inputGradient: layer.inputs.some((name) => this.#learning.has(name)),
      weightGradient: layer.trainableParams > 0,
    };
    return isNeeded[pass] ? flopsPerMac * layer.macs * this.#readShare(layer) * this.batchSize : 0;
  }

  /** The share of its outputs that anybody reads: a pooling's floor drops rows and columns, and with them their gradients. */
  #readShare(layer: ResolvedLayer): number {
    const readers = this.model.layers.filter(({ inputs }) => inputs.includes(layer.name));
    const shares = readers.map((reader) => {
      if (reader.type !== 'maxPooling2d' && reader.type !== 'averagePooling2d') return 1;
      const { vertical, horizontal } = reader.window;
      return (1 - unseenCells(vertical) / vertical.size) * (1 - unseenCells(horizontal) / horizontal.size);
    });
    return shares.length === 0 ? 1 : Math.max(...shares);
  }
}

/** Layers whose outputs' gradients are wanted: they or layers before them learn. */
function learningLayers({ layers }: ResolvedModel): ReadonlySet<string> {
  const learning = new Set<string>();
  for (const { name, inputs, trainableParams } of layers) {
    if (trainableParams > 0 || inputs.some((input) => learning.has(input))) learning.add(name);
  }
  return learning;
}
