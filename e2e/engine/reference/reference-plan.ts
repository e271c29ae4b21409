/**
 * What a model's layers are called and how large everything is, worked out a second time: independent of the engine's
 * shape arithmetic on purpose, so that the two can be compared.
 */
import type {
  ActivationName,
  Conv2DConfig,
  LayerConfig,
  ModelConfig,
  Pair,
  Pooling2DConfig,
} from '../../../src/engine/model/config.ts';

/** One axis of a sliding window. */
export interface ReferenceAxis {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Cells of padding before the first input cell. */
  readonly before: number;
  readonly output: number;
}

export interface ReferenceWindow {
  readonly vertical: ReferenceAxis;
  readonly horizontal: ReferenceAxis;
  /** True where padded cells repeat the nearest border cell. */
  readonly isReplicated: boolean;
}

export interface ReferenceLayer {
  readonly name: string;
  readonly config: LayerConfig;
  /** A layer's name, or `input`. */
  readonly input: string;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /** Undefined for layers without a sliding window. */
  readonly window: ReferenceWindow | undefined;
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly activation: ActivationName;
  readonly negativeSlope: number;
}

/** Number of values in a shape. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

const pairOf = (pair: Pair): readonly [number, number] => (typeof pair === 'number' ? [pair, pair] : pair);

/** Windows that fit between `-before` and `input + after`, counted one by one. */
function countPositions(input: number, extent: number, stride: number, before: number, after: number): number {
  let positions = 0;
  for (let start = -before; start + extent <= input + after; start += stride) positions++;
  return positions;
}

/** TensorFlow's documented `SAME`: the last stride may be cut short, the odd cell is padded after. */
function sameTotal(input: number, extent: number, stride: number): number {
  const rest = input % stride;
  return Math.max(extent - (rest === 0 ? stride : rest), 0);
}

function windowOf(config: Conv2DConfig | Pooling2DConfig, inputShape: readonly number[]): ReferenceWindow {
  const kernel = pairOf(config.type === 'conv2d' ? config.kernelSize : (config.poolSize ?? 2));
  const stride = pairOf(config.strides ?? (config.type === 'conv2d' ? 1 : kernel));
  const dilation = pairOf(config.type === 'conv2d' ? (config.dilationRate ?? 1) : 1);
  const padding = config.padding ?? 'valid';
  const [vertical, horizontal] = ([0, 1] as const).map((axis): ReferenceAxis => {
    const input = inputShape[axis] ?? 0;
    const extent = kernel[axis] + (kernel[axis] - 1) * (dilation[axis] - 1);
    const total = padding === 'valid' ? 0 : sameTotal(input, extent, stride[axis]);
    const [before, after] = typeof padding === 'string' ? [Math.floor(total / 2), Math.ceil(total / 2)] : padding[axis];
    const output = countPositions(input, extent, stride[axis], before, after);
    return { input, kernel: kernel[axis], stride: stride[axis], dilation: dilation[axis], before, output };
  });
  if (!vertical || !horizontal) throw new Error('windowOf: a window has two axes.');
  return { vertical, horizontal, isReplicated: padding === 'replicate' };
}

function outputShapeOf(config: LayerConfig, inputShape: readonly number[], window: ReferenceWindow | undefined) {
  if (window) {
    const channels = config.type === 'conv2d' ? config.filters : (inputShape[2] ?? 0);
    return [window.vertical.output, window.horizontal.output, channels];
  }
  if (config.type === 'dense') return [config.units];
  return config.type === 'flatten' ? [countOf(inputShape)] : inputShape;
}

function weightsOf(config: LayerConfig, name: string, inputShape: readonly number[]) {
  if (config.type !== 'conv2d' && config.type !== 'dense') return [];
  const outputs = config.type === 'conv2d' ? config.filters : config.units;
  const window = config.type === 'conv2d' ? pairOf(config.kernelSize) : [];
  const kernel = { name: `${name}/kernel`, shape: [...window, inputShape.at(-1) ?? 0, outputs] };
  return config.useBias === false ? [kernel] : [kernel, { name: `${name}/bias`, shape: [outputs] }];
}

/** `maxPooling2d` → `max_pooling2d`. */
const snakeCase = (type: string): string => type.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Every layer of a model that can be built, in order. */
export function planReference(config: ModelConfig): readonly ReferenceLayer[] {
  const counts = new Map<string, number>();
  const shapes = new Map<string, readonly number[]>([['input', config.inputShape]]);
  let previous = 'input';
  return config.layers.map((layer): ReferenceLayer => {
    const count = (counts.get(layer.type) ?? 0) + 1;
    counts.set(layer.type, count);
    const name = layer.name ?? `${snakeCase(layer.type)}_${count}`;
    const input = layer.inputs?.[0] ?? previous;
    const inputShape = shapes.get(input);
    if (!inputShape) throw new Error(`${name}: reads an earlier layer. Received inputs=${input}.`);
    const hasWindow = layer.type === 'conv2d' || layer.type === 'maxPooling2d' || layer.type === 'averagePooling2d';
    const window = hasWindow ? windowOf(layer, inputShape) : undefined;
    const outputShape = outputShapeOf(layer, inputShape, window);
    shapes.set(name, outputShape);
    previous = name;
    return {
      name,
      config: layer,
      input,
      inputShape,
      outputShape,
      window,
      weights: weightsOf(layer, name, inputShape),
      activation: ('activation' in layer ? layer.activation : undefined) ?? 'linear',
      negativeSlope: ('negativeSlope' in layer ? layer.negativeSlope : undefined) ?? 0.2,
    };
  });
}

/** Products summed in the longest sum a layer computes, forward or backward, over a batch of `examples`. */
export function longestSum(layer: ReferenceLayer, examples: number): number {
  const [kernel] = layer.weights;
  if (!kernel) return layer.window ? layer.window.vertical.kernel * layer.window.horizontal.kernel : 1;
  const outputs = kernel.shape.at(-1) ?? 1;
  const inputs = kernel.shape.at(-2) ?? 1;
  const taps = countOf(kernel.shape) / (inputs * outputs);
  const positions = countOf(layer.outputShape) / outputs;
  return Math.max(taps * inputs, taps * outputs, positions * examples);
}
