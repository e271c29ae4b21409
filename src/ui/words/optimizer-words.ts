/** What is said of optimizers and their settings. Formulas are Keras 3's update rules; the numbers come from the page. */
import type { OptimizerConfig } from '../../engine/model/training-config.ts';
import { formatSetting } from '../format.ts';
import { learningRateOf } from '../optimizer-fields.ts';
import type { Term, TermContext } from './term.ts';
import type { OptimizerTerm } from './term-name.ts';

/** A setting of the optimizer in use, where it has it; otherwise nothing. */
function setting(key: string, fallback: number | string): NonNullable<Term['numbers']> {
  return ({ state: { hyperparameters } }) => {
    const { optimizer } = hyperparameters;
    const value = new Map<string, unknown>(Object.entries(optimizer)).get(key) ?? fallback;
    return [
      `${optimizer.type}: ${typeof value === 'number' ? formatSetting(value) : value === true ? 'on' : fallback}`,
    ];
  };
}

function rateOf(type: OptimizerConfig['type']): NonNullable<Term['numbers']> {
  return ({ state: { hyperparameters } }) => {
    const { optimizer } = hyperparameters;
    return optimizer.type === type ? [`in use, learning rate ${formatSetting(learningRateOf(optimizer))}`] : [];
  };
}

function clippingLines({ state: { hyperparameters } }: TermContext): readonly string[] {
  const { clipnorm, globalClipnorm, clipvalue } = hyperparameters.optimizer;
  return Object.entries({ clipnorm, globalClipnorm, clipvalue }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${formatSetting(value)}`],
  );
}

export const optimizerWords: Readonly<Record<OptimizerTerm, Term>> = {
  optimizer: {
    title: 'Optimizer',
    text: 'The rule that makes a step of the gradients. SGD follows them plainly; RMSprop and Adam give every weight a stride of its own, by how large its gradients have been.',
    formula: ['w ← w − update(gradient)'],
    numbers: ({ state: { hyperparameters } }) => [
      `${hyperparameters.optimizer.type}, learning rate ${formatSetting(learningRateOf(hyperparameters.optimizer))}`,
    ],
    related: ['rmsprop', 'sgd', 'adam', 'learning-rate'],
  },
  rmsprop: {
    title: 'RMSprop',
    text: 'Divides each gradient by the root of the mean of its squares so far: every weight moves by about the learning rate, whatever the size of its gradient.',
    formula: ['v ← ρ · v + (1 − ρ) · g²', 'w ← w − rate · g / √(v + ε)'],
    numbers: rateOf('rmsprop'),
    related: ['rho', 'epsilon', 'adam'],
  },
  sgd: {
    title: 'SGD',
    text: 'Stochastic gradient descent: straight down the batch’s gradient, with momentum if it is given some.',
    formula: ['m ← momentum · m − rate · g', 'w ← w + m'],
    numbers: rateOf('sgd'),
    related: ['momentum', 'nesterov', 'learning-rate'],
  },
  adam: {
    title: 'Adam',
    text: 'RMSprop with momentum, both corrected for having started at zero.',
    formula: [
      'm ← β₁ · m + (1 − β₁) · g',
      'v ← β₂ · v + (1 − β₂) · g²',
      'w ← w − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)',
    ],
    numbers: rateOf('adam'),
    related: ['beta1', 'beta2', 'adamw'],
  },
  adamw: {
    title: 'AdamW',
    text: 'Adam, and beside it every weight loses a small share of itself at each step.',
    formula: ['w ← w − rate · decay · w, then as Adam'],
    numbers: rateOf('adamw'),
    related: ['adam', 'weight-decay'],
  },
  adagrad: {
    title: 'Adagrad',
    text: 'Adds up all squared gradients so far: weights that have moved much move ever less.',
    formula: ['a ← a + g²', 'w ← w − rate · g / √(a + ε)'],
    numbers: rateOf('adagrad'),
    related: ['accumulator', 'rmsprop'],
  },
  rho: {
    title: 'rho (ρ)',
    text: 'How much of the mean squared gradient is kept at each step: 0.9 looks back over about ten steps.',
    formula: ['v ← ρ · v + (1 − ρ) · g²'],
    numbers: setting('rho', 0.9),
    related: ['rmsprop'],
  },
  momentum: {
    title: 'Momentum',
    text: 'The share of the last update that goes on in the next one: steps that agree become faster, those that contradict each other cancel.',
    formula: ['m ← momentum · m − rate · g'],
    numbers: setting('momentum', 0),
    related: ['nesterov', 'sgd', 'beta1'],
  },
  nesterov: {
    title: 'Nesterov momentum',
    text: 'Looks ahead: the gradient counts as if it were taken where the momentum is about to lead.',
    formula: ['w ← w + momentum · m − rate · g'],
    numbers: setting('nesterov', 'off'),
    related: ['momentum'],
  },
  centered: {
    title: 'Centered',
    text: 'Divides by the estimated spread of the gradient instead of its size: the mean is taken off.',
    formula: ['w ← w − rate · g / √(v − mean² + ε)'],
    numbers: setting('centered', 'off'),
    related: ['rmsprop'],
  },
  epsilon: {
    title: 'epsilon (ε)',
    text: 'Keeps the division apart from zero. Larger values make steps smaller where gradients are tiny. RMSprop adds it under the root, Adam after it.',
    formula: ['RMSprop: √(v + ε)', 'Adam: √v + ε'],
    numbers: setting('epsilon', 1e-7),
    related: ['rmsprop', 'adam'],
  },
  beta1: {
    title: 'beta_1 (β₁)',
    text: 'How much of the mean gradient is kept at each step: Adam’s momentum.',
    formula: ['m ← β₁ · m + (1 − β₁) · g'],
    numbers: setting('beta1', 0.9),
    related: ['adam', 'momentum'],
  },
  beta2: {
    title: 'beta_2 (β₂)',
    text: 'How much of the mean squared gradient is kept at each step: 0.999 looks back over about a thousand.',
    formula: ['v ← β₂ · v + (1 − β₂) · g²'],
    numbers: setting('beta2', 0.999),
    related: ['adam', 'rho'],
  },
  accumulator: {
    title: 'Initial accumulator',
    text: 'What Adagrad’s sum of squared gradients starts from.',
    formula: ['a = initial + Σ g²'],
    numbers: setting('initialAccumulatorValue', 0.1),
    related: ['adagrad'],
  },
  'weight-decay': {
    title: 'Weight decay',
    text: 'At each step every weight loses a small share of itself, beside what the gradient says. With plain SGD that is an L2 penalty; with Adam it is not quite.',
    formula: ['w ← w − rate · decay · w'],
    numbers: setting('weightDecay', 'none'),
    related: ['regularization', 'adamw'],
  },
  clipping: {
    title: 'Gradient clipping',
    text: 'Gradients that are too large are scaled or cut down, so that one odd batch cannot throw the weights far off.',
    formula: ['g ← g · min(1, bound / ‖g‖)'],
    numbers: clippingLines,
    related: ['gradient', 'learning-rate'],
  },
  schedule: {
    title: 'Learning-rate schedule',
    text: 'A rate that changes as training goes: large steps first, small ones to settle.',
    formula: ['rate = f(step)'],
    related: ['learning-rate'],
  },
};
