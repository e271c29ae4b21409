/** What is said of activation functions. Words and formulas; the numbers come from the page. */
import { formatDecimal, formatPercent, formatSetting } from '../format.ts';
import type { ResolvedLayer } from '../../engine/model/resolved.ts';
import { layerFor, type Term, type TermContext } from './term.ts';
import type { ActivationTerm } from './term-name.ts';

type Activated = Extract<ResolvedLayer, { readonly activation: unknown }>;

/** The layers that go through a function. */
function users(name: Activated['activation']['name']): NonNullable<Term['numbers']> {
  return ({ state }) => {
    const names = state.draft.layers.flatMap((layer) =>
      'activation' in layer && layer.activation.name === name ? [layer.name] : [],
    );
    return names.length > 0 ? [`used by ${names.join(', ')}`] : [];
  };
}

function softmaxLines({ state: { probabilities } }: TermContext): readonly string[] {
  const best = probabilities.reduce((top, share, index) => (share > (probabilities[top] ?? -1) ? index : top), 0);
  const share = probabilities[best];
  if (share === undefined || share === 0) return [];
  const logarithm = formatDecimal(Math.log(share), 2);
  return [
    `now: ${best} has ${formatPercent(share)}, e^z = ${formatDecimal(share, 3)} · Σ`,
    `ln ${formatDecimal(share, 3)} = ${logarithm}`,
  ];
}

export const activationWords: Readonly<Record<ActivationTerm, Term>> = {
  linear: {
    title: 'Linear',
    text: 'No activation: the sum goes on as it is. Several linear layers in a row are no more than one.',
    formula: ['f(x) = x'],
    numbers: users('linear'),
    related: ['activation', 'relu'],
  },
  relu: {
    title: 'ReLU',
    text: 'Lets what is above zero pass and makes the rest zero: the cheapest bend there is. A unit whose sums are always below zero no longer learns.',
    formula: ['f(x) = max(0, x)'],
    numbers: users('relu'),
    related: ['leaky-relu', 'dead-unit', 'activation'],
  },
  'leaky-relu': {
    title: 'Leaky ReLU',
    text: 'Like ReLU, but below zero a little passes, so that a unit never stops learning. (Below zero the value is negative: −2 with slope 0.01 gives −0.02.)',
    formula: ['f(x) = x for x ≥ 0, slope · x below'],
    numbers: (context) => {
      const isLeaky = (layer: ResolvedLayer): layer is Activated =>
        'activation' in layer && layer.activation.name === 'leakyRelu';
      const layer = layerFor(context, isLeaky);
      return layer ? [`${layer.name}: slope ${formatSetting(layer.activation.negativeSlope)}`] : [];
    },
    related: ['relu', 'dead-unit'],
  },
  elu: {
    title: 'ELU',
    text: 'Like ReLU above zero; below it bends smoothly towards −1.',
    formula: ['f(x) = x for x ≥ 0, eˣ − 1 below'],
    numbers: users('elu'),
    related: ['relu', 'selu'],
  },
  selu: {
    title: 'SELU',
    text: 'An ELU with two constants chosen so that means and variances stay near 0 and 1 from layer to layer.',
    formula: ['f(x) = 1.0507 · x for x ≥ 0, 1.0507 · 1.6733 · (eˣ − 1) below'],
    numbers: users('selu'),
    related: ['elu', 'batch-normalization'],
  },
  gelu: {
    title: 'GELU',
    text: 'A ReLU with a rounded corner: x times the share of a normal distribution that lies below x.',
    formula: ['f(x) = x · ½ · (1 + erf(x / √2))'],
    numbers: users('gelu'),
    related: ['relu', 'silu'],
  },
  silu: {
    title: 'SiLU (swish)',
    text: 'Multiplies x by its sigmoid: a ReLU with a rounded corner that dips a little below zero.',
    formula: ['f(x) = x / (1 + e⁻ˣ)'],
    numbers: users('silu'),
    related: ['gelu', 'sigmoid'],
  },
  sigmoid: {
    title: 'Sigmoid',
    text: 'Presses every number into 0…1. Far from zero it is nearly flat, and little of the gradient passes.',
    formula: ['f(x) = 1 / (1 + e⁻ˣ)'],
    numbers: users('sigmoid'),
    related: ['tanh', 'softmax', 'gradient'],
  },
  tanh: {
    title: 'tanh',
    text: 'Presses every number into −1…1, around zero. Far from zero it is nearly flat.',
    formula: ['f(x) = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)'],
    numbers: users('tanh'),
    related: ['sigmoid', 'relu'],
  },
  softplus: {
    title: 'Softplus',
    text: 'A smooth ReLU, always above zero.',
    formula: ['f(x) = ln(1 + eˣ)'],
    numbers: users('softplus'),
    related: ['relu'],
  },
  softmax: {
    title: 'Softmax',
    text: 'Makes shares of the last layer’s sums: all positive, together 1. Sums of 2, 1 and 0.1 become 65.9 %, 24.2 % and 9.9 %.',
    formula: ['p[k] = e^z[k] / Σ e^z[j]'],
    numbers: softmaxLines,
    related: ['probability', 'loss'],
  },
  'dead-unit': {
    title: 'Dead unit',
    text: 'A unit or map that is zero for every image it is shown. Behind a ReLU no gradient reaches its weights then, so it stays dead; a lower learning rate or a leaky ReLU helps.',
    formula: ['max(0, x) = 0 for every image'],
    related: ['relu', 'leaky-relu', 'learning-rate'],
  },
};
