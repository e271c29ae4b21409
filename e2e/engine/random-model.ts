/**
 * Random networks from a seed: graphs of a dozen layers with skips, sums and joins, every option of every layer drawn.
 * Pure; shapes come from the reference's arithmetic, so that the engine's own is tested and not used.
 */
import type { ActivationName, LayerConfig, ModelConfig, Pair } from '../../src/engine/model/config.ts';
import { seededDraws, type SeededDraws } from '../support/seeded-draws.ts';
import { countOf, planReference } from './reference/reference-plan.ts';

/** A layer already in the graph. */
interface Node {
  readonly name: string;
  readonly shape: readonly number[];
  isRead: boolean;
}

type Draft = LayerConfig & { readonly name: string };

const maxCells = 600;
/** Batch statistics of fewer numbers than this are all rounding: a mean and a deviation of two or three. */
const minStatisticsCells = 8;

/** Mostly smooth: float32 and float64 may pass a kink on different sides. */
const activations = [
  'linear',
  'tanh',
  'sigmoid',
  'elu',
  'gelu',
  'silu',
  'softplus',
  'selu',
  'relu',
  'leakyRelu',
] as const satisfies readonly [ActivationName, ...ActivationName[]];

/** A network of 3 to 12 layers and a dense head; the same one for the same seed. */
export function randomModel(seed: number): ModelConfig {
  const draws = seededDraws(seed);
  const { between } = draws;
  const inputShape = [between(3, 9), between(3, 9), between(1, 3)] as const;
  const layers: Draft[] = [];
  const nodes: Node[] = [{ name: 'input', shape: inputShape, isRead: false }];
  const wanted = between(3, 12);
  for (let tries = 0; layers.length < wanted && tries < 100; tries++) {
    const layer = drawLayer(draws, nodes, `layer_${layers.length + 1}`);
    if (layer) grow(inputShape, layers, nodes, layer);
  }
  finish(layers, nodes);
  return { inputShape, layers };
}

/** Adds the layer if it has a shape of a size that is quickly computed. */
function grow(inputShape: ModelConfig['inputShape'], layers: Draft[], nodes: Node[], layer: Draft): void {
  const shape = shapeOf({ inputShape, layers: [...layers, layer] });
  if (!shape || shape.some((size) => size < 1) || countOf(shape) > maxCells) return;
  layers.push(layer);
  for (const node of nodes) if (layer.inputs?.includes(node.name)) node.isRead = true;
  nodes.push({ name: layer.name, shape, isRead: false });
}

function shapeOf(config: ModelConfig): readonly number[] | undefined {
  try {
    return planReference(config).at(-1)?.outputShape;
  } catch {
    return undefined;
  }
}

/** Everything nobody has read yet, flattened and joined, into a softmax. */
function finish(layers: Draft[], nodes: readonly Node[]): void {
  const loose = nodes.filter(({ isRead }) => !isRead);
  const rows = loose.map(({ name, shape }) => {
    if (shape.length === 1) return name;
    const flat = `${name}_flat`;
    layers.push({ type: 'flatten', name: flat, inputs: [name] });
    return flat;
  });
  const [first = 'input'] = rows;
  if (rows.length > 1) layers.push({ type: 'concatenate', name: 'joined', inputs: rows });
  const inputs = [rows.length > 1 ? 'joined' : first];
  layers.push({ type: 'dense', name: 'head', units: 3, activation: 'softmax', inputs });
}

/** A layer that reads one of the nodes, the latest by preference; undefined when the draw does not fit. */
function drawLayer(draws: SeededDraws, nodes: readonly Node[], name: string): Draft | undefined {
  const { below } = draws;
  const source = (below(3) > 0 ? nodes.at(-1) : nodes[below(nodes.length)]) ?? nodes[0];
  if (!source) return undefined;
  const base = { name, inputs: [source.name] };
  if (below(4) === 0) return drawJoin(draws, nodes, source, name);
  return source.shape.length === 3 ? drawImageLayer(draws, source, base) : drawFlatLayer(draws, source, base);
}

function drawJoin({ below }: SeededDraws, nodes: readonly Node[], source: Node, name: string): Draft | undefined {
  const isAdd = below(2) === 0;
  const partners = nodes.filter(({ shape }) =>
    isAdd
      ? shape.join() === source.shape.join()
      : shape.length === source.shape.length && shape.slice(0, -1).join() === source.shape.slice(0, -1).join(),
  );
  const inputs = [source.name, ...partners.slice(-(1 + below(3))).map((partner) => partner.name)];
  if (inputs.length < 2) return undefined;
  return isAdd ? { type: 'add', name, inputs } : { type: 'concatenate', name, inputs };
}

interface Base {
  readonly name: string;
  readonly inputs: readonly string[];
}

function drawActivation({ pick, below }: SeededDraws) {
  return { activation: pick(activations), useBias: below(4) > 0 };
}

function drawPair({ between, below }: SeededDraws, low: number, high: number): Pair {
  return below(2) === 0 ? between(low, high) : [between(low, high), between(low, high)];
}

function drawWindow(draws: SeededDraws) {
  const { below, pick, between } = draws;
  const padding = pick<'valid' | 'same' | 'replicate' | 'explicit'>(['valid', 'same', 'same', 'replicate', 'explicit']);
  const pads = () => [between(0, 2), between(0, 2)] as const;
  const isDilated = below(5) === 0;
  return {
    kernelSize: drawPair(draws, 1, 3),
    padding: padding === 'explicit' ? ([pads(), pads()] as const) : padding,
    ...(isDilated ? { dilationRate: 2 } : { strides: below(3) === 0 ? drawPair(draws, 1, 3) : 1 }),
  };
}

function drawImageLayer(draws: SeededDraws, { shape }: Node, base: Base): Draft {
  const { below, between, pick } = draws;
  const [, , channels = 1] = shape;
  switch (below(12)) {
    case 0:
    case 1:
    case 2: {
      const groups = channels % 2 === 0 && below(2) === 0 ? 2 : 1;
      const filters = groups * between(1, 4);
      return { type: 'conv2d', ...base, filters, groups, ...drawWindow(draws), ...drawActivation(draws) };
    }
    case 3:
      return {
        type: 'depthwiseConv2d',
        ...base,
        depthMultiplier: between(1, 2),
        ...drawWindow(draws),
        ...drawActivation(draws),
      };
    case 4:
      return {
        type: 'separableConv2d',
        ...base,
        filters: between(1, 5),
        ...drawWindow(draws),
        ...drawActivation(draws),
      };
    case 5: {
      const rest = { kernelSize: drawPair(draws, 1, 3), strides: drawPair(draws, 1, 2) };
      const padding = pick<'valid' | 'same'>(['valid', 'same']);
      return { type: 'conv2dTranspose', ...base, filters: between(1, 4), padding, ...rest, ...drawActivation(draws) };
    }
    case 6: {
      const type = pick<'maxPooling2d' | 'averagePooling2d'>(['maxPooling2d', 'averagePooling2d']);
      return { type, ...base, poolSize: drawPair(draws, 1, 3), strides: drawPair(draws, 1, 2), padding: 'valid' };
    }
    case 7:
      return {
        type: pick<'globalAveragePooling2d' | 'globalMaxPooling2d'>(['globalAveragePooling2d', 'globalMaxPooling2d']),
        ...base,
      };
    case 8: {
      const mode =
        Math.min(...shape.slice(0, 2)) > 1 ? pick<'reflect' | 'replicate'>(['reflect', 'replicate']) : 'replicate';
      return below(2) === 0
        ? { type: 'zeroPadding2d', ...base, padding: drawPair(draws, 0, 2) }
        : { type: 'padding2d', ...base, mode, padding: drawPair(draws, 0, 1) };
    }
    case 9:
      return {
        type: 'upSampling2d',
        ...base,
        size: drawPair(draws, 1, 2),
        interpolation: pick<'nearest' | 'bilinear'>(['nearest', 'bilinear']),
      };
    case 10:
      return drawNormalization(draws, shape, base);
    default:
      return below(3) > 0
        ? { type: 'activation', ...base, activation: pick(activations) }
        : { type: pick<'dropout' | 'spatialDropout2d'>(['dropout', 'spatialDropout2d']), ...base, rate: 0.3 };
  }
}

function drawFlatLayer(draws: SeededDraws, { shape }: Node, base: Base): Draft {
  const { below, between, pick } = draws;
  switch (below(4)) {
    case 0:
      return drawNormalization(draws, shape, base);
    case 1:
      return { type: 'reshape', ...base, targetShape: [1, -1, 1] };
    case 2:
      return below(3) > 0
        ? { type: 'activation', ...base, activation: pick(activations) }
        : { type: 'dropout', ...base, rate: 0.3 };
    default:
      return { type: 'dense', ...base, units: between(1, 9), ...drawActivation(draws) };
  }
}

function drawNormalization({ below }: SeededDraws, shape: readonly number[], base: Base): Draft {
  const options = { center: below(3) > 0, scale: below(3) > 0, epsilon: 0.1 };
  const perChannel = 3 * countOf(shape.slice(0, -1));
  return below(2) === 0 && perChannel >= minStatisticsCells
    ? { type: 'batchNormalization', ...base, ...options, momentum: 0.9 }
    : { type: 'layerNormalization', ...base, ...options };
}
