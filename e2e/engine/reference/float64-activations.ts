/** Keras 3's activations and their derivatives in float64, by their textbook formulas. Knows no layers. */
import type { ActivationName } from '../../../src/engine/model/config.ts';
import { erf } from './float64-erf.ts';

/** Softmax over each row of `width` values. */
function softmax(values: Float64Array, width: number): Float64Array {
  const outputs = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = row.map((value) => Math.exp(value - largest));
    const total = powers.reduce((a, b) => a + b, 0);
    powers.forEach((power, i) => (outputs[start + i] = power / total));
  }
  return outputs;
}

/** ∂L/∂xᵢ = yᵢ·(gᵢ − Σⱼ gⱼ·yⱼ), row by row. */
function softmaxGrad(outputs: Float64Array, outputsGrad: Float64Array, width: number): Float64Array {
  const grad = new Float64Array(outputs.length);
  for (let start = 0; start < outputs.length; start += width) {
    let mean = 0;
    for (let i = start; i < start + width; i++) mean += outputs[i]! * outputsGrad[i]!;
    for (let i = start; i < start + width; i++) grad[i] = outputs[i]! * (outputsGrad[i]! - mean);
  }
  return grad;
}

/** Klambauer et al. 2017, to the digits Keras writes. */
const selu = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** The share of a normal distribution below x, and its density there. */
const normalShare = (x: number): number => (1 + erf(x / Math.SQRT2)) / 2;
const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

type Pointwise = Exclude<ActivationName, 'softmax'>;

const pointwise: Record<Pointwise, (x: number, slope: number) => number> = {
  linear: (x) => x,
  relu: (x) => (x > 0 ? x : 0),
  leakyRelu: (x, slope) => (x > 0 ? x : slope * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => selu.scale * (x > 0 ? x : selu.alpha * Math.expm1(x)),
  gelu: (x) => x * normalShare(x),
  silu: (x) => x * sigmoid(x),
  sigmoid,
  tanh: (x) => Math.tanh(x),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

/** Derivatives by the input x, given the output y; at the kink of relu and its like the left one, as TensorFlow. */
const derivative: Record<Pointwise, (x: number, y: number, slope: number) => number> = {
  linear: () => 1,
  relu: (x) => (x > 0 ? 1 : 0),
  leakyRelu: (x, _y, slope) => (x > 0 ? 1 : slope),
  elu: (x) => (x > 0 ? 1 : Math.exp(x)),
  selu: (x) => selu.scale * (x > 0 ? 1 : selu.alpha * Math.exp(x)),
  gelu: (x) => normalShare(x) + x * normalDensity(x),
  silu: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
  sigmoid: (_x, y) => y * (1 - y),
  tanh: (_x, y) => 1 - y * y,
  softplus: (x) => sigmoid(x),
};

/** Which activation, and what it needs to know; softmax runs over rows of `channels` values. */
export interface ActivationRule {
  readonly name: ActivationName;
  readonly slope: number;
  readonly channels: number;
}

/** The activated values. */
export function activate({ name, slope, channels }: ActivationRule, values: Float64Array): Float64Array {
  if (name === 'softmax') return softmax(values, channels);
  const formula = pointwise[name];
  return values.map((value) => formula(value, slope));
}

/** The gradient by the `values` that went in, from the gradient by the activated `outputs`. */
export function activateGrad(
  { name, slope, channels }: ActivationRule,
  values: Float64Array,
  outputs: Float64Array,
  outputsGrad: Float64Array,
): Float64Array {
  if (name === 'softmax') return softmaxGrad(outputs, outputsGrad, channels);
  const formula = derivative[name];
  return outputsGrad.map((grad, i) => grad * formula(values[i]!, outputs[i]!, slope));
}
