/** Activations and their derivatives in float64, by their textbook formulas. Knows no layers. */
import type { ActivationName } from '../../../src/engine/model/config.ts';

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

const pointwise: Record<Exclude<ActivationName, 'softmax'>, (x: number, slope: number) => number> = {
  linear: (x) => x,
  relu: (x) => (x > 0 ? x : 0),
  leakyRelu: (x, slope) => (x > 0 ? x : slope * x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: (x) => Math.tanh(x),
};

/** Derivatives by the input x, given the output y; at the kink of relu and leakyRelu the left one, as TensorFlow. */
const derivative: Record<Exclude<ActivationName, 'softmax'>, (x: number, y: number, slope: number) => number> = {
  linear: () => 1,
  relu: (x) => (x > 0 ? 1 : 0),
  leakyRelu: (x, _y, slope) => (x > 0 ? 1 : slope),
  sigmoid: (_x, y) => y * (1 - y),
  tanh: (_x, y) => 1 - y * y,
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
