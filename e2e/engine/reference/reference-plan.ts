/**
 * What a model's layers are called and how large everything is, worked out a second time: independent of the engine's
 * shape arithmetic on purpose, so that the two can be compared.
 */
import type { ActivationName, ExplicitPadding, LayerConfig, ModelConfig } from '../../../src/engine/model/config.ts';
import { regularizerOf, weightsOf, type ReferenceRegularizer, type ReferenceWeight } from './reference-weights.ts';
import { pairOf, transposedWindow, windowOver, type ReferenceWindow } from './reference-window.ts';

export interface ReferenceLayer {
  readonly name: string;
  readonly config: LayerConfig;
  /** Layers' names, or `input`. */
  readonly inputs: readonly string[];
  readonly inputShapes: readonly (readonly number[])[];
  /** The first of them. */
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /**
   * Undefined for layers without a sliding window; global pooling has one as large as its inputs, a transposed
   * convolution that of the convolution from its outputs to its inputs.
   */
  readonly window: ReferenceWindow | undefined;
  readonly weights: readonly ReferenceWeight[];
  readonly activation: ActivationName;
  readonly negativeSlope: number;
  readonly activityRegularizer: ReferenceRegularizer | undefined;
  /** Multiply-accumulates of one example's forward pass. */
  readonly macs: number;
}

/** Number of values in a shape. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function windowOf(config: LayerConfig, inputShape: readonly number[]): ReferenceWindow | undefined {
  switch (config.type) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'separableConv2d':
      return windowOver(inputShape, config);
    case 'conv2dTranspose':
      return transposedWindow(inputShape, config);
    case 'maxPooling2d':
    case 'averagePooling2d': {
      const kernelSize = config.poolSize ?? 2;
      return windowOver(inputShape, { kernelSize, strides: config.strides ?? kernelSize, padding: config.padding });
    }
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return windowOver(inputShape, { kernelSize: [inputShape[0] ?? 0, inputShape[1] ?? 0] });
    default:
      return undefined;
  }
}

/** `[[top, bottom], [left, right]]` of a padding layer. */
export function padsOf(
  config: Extract<LayerConfig, { readonly type: 'zeroPadding2d' | 'padding2d' }>,
): ExplicitPadding {
  const { padding = 1 } = config;
  if (typeof padding === 'number')
    return [
      [padding, padding],
      [padding, padding],
    ];
  const [rows, columns] = padding;
  return [typeof rows === 'number' ? [rows, rows] : rows, typeof columns === 'number' ? [columns, columns] : columns];
}

function reshaped(targetShape: readonly number[], count: number): readonly number[] {
  const known = countOf(targetShape.filter((size) => size !== -1));
  return targetShape.map((size) => (size === -1 ? count / known : size));
}

/** The axis of an example along which a concatenation lays its inputs; config counts the batch as axis 0. */
export function concatenatedAxis(axis: number | undefined, rank: number): number {
  return axis === undefined || axis < 0 ? rank + (axis ?? -1) : axis - 1;
}

function concatenated(axis: number | undefined, shapes: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = shapes;
  const along = concatenatedAxis(axis, first.length);
  return first.map((size, i) => (i === along ? shapes.reduce((sum, shape) => sum + (shape[i] ?? 0), 0) : size));
}

function channelsAfter(config: LayerConfig, channels: number): number {
  if (config.type === 'depthwiseConv2d') return channels * (config.depthMultiplier ?? 1);
  return 'filters' in config ? config.filters : channels;
}

function outputShapeOf(
  config: LayerConfig,
  shapes: readonly (readonly number[])[],
  window: ReferenceWindow | undefined,
): readonly number[] {
  const [shape = []] = shapes;
  const [height = 0, width = 0, channels = 0] = shape;
  switch (config.type) {
    case 'conv2dTranspose':
      return [window?.vertical.input ?? 0, window?.horizontal.input ?? 0, config.filters];
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return config.keepdims ? [1, 1, channels] : [channels];
    case 'zeroPadding2d':
    case 'padding2d': {
      const [[top, bottom], [left, right]] = padsOf(config);
      return [top + height + bottom, left + width + right, channels];
    }
    case 'upSampling2d': {
      const [vertical, horizontal] = pairOf(config.size ?? 2);
      return [height * vertical, width * horizontal, channels];
    }
    case 'flatten':
      return [countOf(shape)];
    case 'reshape':
      return reshaped(config.targetShape, countOf(shape));
    case 'dense':
      return [...shape.slice(0, -1), config.units];
    case 'concatenate':
      return concatenated(config.axis, shapes);
    default:
      return window ? [window.vertical.output, window.horizontal.output, channelsAfter(config, channels)] : shape;
  }
}

/** Every number of a kernel is used once per position: of the outputs, or, transposed, of the inputs. */
function macsOf(
  config: LayerConfig,
  inputShape: readonly number[],
  outputShape: readonly number[],
  weights: readonly ReferenceWeight[],
): number {
  const positions = countOf((config.type === 'conv2dTranspose' ? inputShape : outputShape).slice(0, -1));
  return weights
    .filter(({ role }) => role.endsWith('kernel'))
    .reduce((sum, { shape }) => sum + positions * countOf(shape), 0);
}

/** `maxPooling2d` → `max_pooling2d`. */
const snakeCase = (type: string): string => type.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Names for the layers that have none: the type and how many of it came so far, past every name that is given. */
function namesOf(layers: readonly LayerConfig[]): readonly string[] {
  const given = new Set(layers.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const counts = new Map<string, number>();
  return layers.map(({ type, name }) => {
    let count = (counts.get(type) ?? 0) + 1;
    while (name === undefined && given.has(`${snakeCase(type)}_${count}`)) count++;
    counts.set(type, count);
    return name ?? `${snakeCase(type)}_${count}`;
  });
}

/** Every layer of a model that can be built, in order. */
export function planReference(config: ModelConfig): readonly ReferenceLayer[] {
  const shapes = new Map<string, readonly number[]>([['input', config.inputShape]]);
  const names = namesOf(config.layers);
  return config.layers.map((layer, i): ReferenceLayer => {
    const name = names[i] ?? '';
    const inputs = layer.inputs ?? [names[i - 1] ?? 'input'];
    const inputShapes = inputs.map((input) => {
      const shape = shapes.get(input);
      if (!shape) throw new Error(`${name}: reads earlier layers. Received inputs=${input}.`);
      return shape;
    });
    const [inputShape = []] = inputShapes;
    const window = windowOf(layer, inputShape);
    const outputShape = outputShapeOf(layer, inputShapes, window);
    const weights = weightsOf(layer, name, inputShape);
    shapes.set(name, outputShape);
    return {
      name,
      config: layer,
      inputs,
      inputShapes,
      inputShape,
      outputShape,
      window,
      weights,
      activation: ('activation' in layer ? layer.activation : undefined) ?? 'linear',
      negativeSlope: ('negativeSlope' in layer ? layer.negativeSlope : undefined) ?? 0.2,
      activityRegularizer: regularizerOf('activityRegularizer' in layer ? layer.activityRegularizer : undefined),
      macs: macsOf(layer, inputShape, outputShape, weights),
    };
  });
}

/** Terms in the longest sum a layer computes, forward or backward, over a batch of `examples`. */
export function longestSum(layer: ReferenceLayer, examples: number): number {
  const { config, window, weights, inputShape, outputShape } = layer;
  const positions = Math.max(countOf(inputShape.slice(0, -1)), countOf(outputShape.slice(0, -1)));
  const taps = window ? window.vertical.kernel * window.horizontal.kernel : 1;
  const isNormalization = config.type === 'batchNormalization' || config.type === 'layerNormalization';
  if (isNormalization) return Math.max(positions * examples, countOf(inputShape));
  if (weights.length === 0) return taps;
  const widest = Math.max(...[inputShape, outputShape].map((shape) => shape.at(-1) ?? 1));
  const reach = config.type === 'depthwiseConv2d' || config.type === 'separableConv2d' ? taps + widest : taps * widest;
  return Math.max(reach, positions * examples);
}
