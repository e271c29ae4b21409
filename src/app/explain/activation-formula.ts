/** Keras 3's activations of one number in float64, to explain what the network computed. Knows no layers. */
import type { Activation } from '../../engine/model/resolved.ts';
import type { Softmax } from './explanation.ts';

/** Klambauer et al. 2017. */
const selu = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Share of a normal distribution below x. Source: Abramowitz & Stegun 7.1.26, error below 1.5e-7. */
function normalShare(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const half = (series * Math.exp(-z * z)) / 2;
  return x < 0 ? half : 1 - half;
}

/** The activated number; softmax needs all channels and leaves it as it is. */
export function activate({ name, negativeSlope }: Activation, x: number): number {
  switch (name) {
    case 'linear':
    case 'softmax':
      return x;
    case 'relu':
      return x > 0 ? x : Number.isNaN(x) ? x : 0;
    case 'leakyRelu':
      return x > 0 ? x : negativeSlope * x;
    case 'elu':
      return x > 0 ? x : Math.expm1(x);
    case 'selu':
      return selu.scale * (x > 0 ? x : selu.alpha * Math.expm1(x));
    case 'gelu':
      return x * normalShare(x);
    case 'silu':
      return x * sigmoid(x);
    case 'sigmoid':
      return sigmoid(x);
    case 'tanh':
      return Math.tanh(x);
    case 'softplus':
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}

/** A softmax by its logits and the shares that the network has; without logits the powers follow from the shares. */
export function softmaxOf(logits: readonly number[] | undefined, shares: ArrayLike<number>): Softmax {
  const known = Array.from(shares);
  const largest = Math.max(...(logits ?? known.map((share) => Math.log(share))));
  const parts = known.map((share, channel) => {
    const logit = logits?.[channel];
    return { channel, logit, power: Math.exp((logit ?? Math.log(share)) - largest), share };
  });
  return { parts, powerSum: parts.reduce((sum, { power }) => sum + power, 0) };
}
