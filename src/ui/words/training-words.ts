/** What is said of training and its figures. Words and formulas; the numbers come from the run on the page. */
import type { CurvePoint } from '../../app/state.ts';
import { formatCount, formatDecimal, formatLoss, formatPercent, formatSetting } from '../format.ts';
import { learningRateOf } from '../optimizer-fields.ts';
import type { Term, TermContext } from './term.ts';
import type { TrainingTerm } from './term-name.ts';

const at = ({ step }: CurvePoint): string => `step ${formatCount(step)}`;

function latest(points: readonly CurvePoint[], name: string, format: (value: number) => string): readonly string[] {
  const point = points.at(-1);
  return point ? [`${name}: ${format(point.value)} at ${at(point)}`] : [];
}

function stepLines({ state }: TermContext): readonly string[] {
  const train = state.data.sizes?.train;
  const { batchSize, epochs } = state.hyperparameters;
  if (train === undefined) return [];
  const steps = Math.ceil(train / batchSize);
  const rest = train % batchSize;
  return [
    `⌈${formatCount(train)} / ${formatCount(batchSize)}⌉ = ${formatCount(steps)} steps an epoch`,
    ...(rest > 0 ? [`the last one has ${formatCount(rest)} images`] : []),
    `${formatCount(epochs)} epochs: ${formatCount(steps * epochs)} steps`,
  ];
}

const percent = (value: number): string => formatPercent(value, 2);

export const trainingWords: Readonly<Record<TrainingTerm, Term>> = {
  loss: {
    title: 'Loss (cross-entropy)',
    text: 'How surprised the network is by the right answers: 0 when it gives them all its trust. Guessing among ten classes costs ln 10 = 2.303. Training makes this number smaller, and nothing else.',
    formula: ['loss = mean of −ln p[right class]'],
    numbers: ({ state: { loss } }) => {
      const point = loss.train.at(-1);
      return point
        ? [
            `last batch: ${formatLoss(point.value)} at ${at(point)}`,
            `e^−${formatLoss(point.value)} = ${percent(Math.exp(-point.value))} trust in the right class`,
          ]
        : [`before training: about −ln ⅒ = ${formatDecimal(Math.log(10), 3)}`];
    },
    related: ['softmax', 'gradient', 'accuracy'],
  },
  accuracy: {
    title: 'Accuracy',
    text: 'The share of images whose most probable class is the right one. It moves in jumps; the loss tells more of how training goes.',
    formula: ['right answers / images'],
    numbers: ({ state: { accuracy } }) => [
      ...latest(accuracy.train, 'last batch', percent),
      ...latest(accuracy.validation, 'validation', percent),
      ...latest(accuracy.test, 'test', percent),
    ],
    related: ['loss', 'validation', 'confusion-matrix'],
  },
  'training-set': {
    title: 'Training images',
    text: 'The images that the weights are fitted to. The curve is a mean of about twenty steps, each measured on its batch before the step’s update.',
    numbers: ({ state: { data } }) => (data.sizes ? [`${formatCount(data.sizes.train)} images`] : []),
    related: ['validation', 'overfitting', 'smoothing'],
  },
  validation: {
    title: 'Validation',
    text: 'Measured a few times an epoch on images that are never trained on: how the network does on what it has not seen. Here they are the first test images, so that the curve is cheap; the full test follows each epoch.',
    numbers: ({ state: { data, accuracy } }) => [
      ...(data.sizes ? [`the first ${formatCount(data.sizes.validation)} test images`] : []),
      ...latest(accuracy.validation, 'accuracy', percent),
    ],
    related: ['test-set', 'overfitting'],
  },
  'test-set': {
    title: 'Test',
    text: 'Measured on all test images after each epoch and at each pause. A network that was chosen by looking at them has, a little, been trained on them: that is why a validation set should be another one.',
    numbers: ({ state: { data, accuracy } }) => [
      ...(data.sizes ? [`${formatCount(data.sizes.test)} images`] : []),
      ...latest(accuracy.test, 'accuracy', percent),
    ],
    related: ['validation', 'accuracy'],
  },
  overfitting: {
    title: 'Overfitting',
    text: 'The network learns its training images by heart: their loss still falls while that of unseen images rises.',
    formula: ['validation loss − training loss'],
    numbers: ({ state: { loss } }) => {
      const [train, validation] = [loss.train.at(-1), loss.validation.at(-1)];
      return train && validation
        ? [
            `${formatLoss(validation.value)} − ${formatLoss(train.value)} = ${formatDecimal(validation.value - train.value, 3)}`,
          ]
        : [];
    },
    related: ['dropout', 'regularization', 'augmentation'],
  },
  epoch: {
    title: 'Epoch',
    text: 'One pass over all training images, in a new order each time.',
    formula: ['steps of an epoch = ⌈images / batch size⌉'],
    numbers: stepLines,
    related: ['step', 'batch-size'],
  },
  step: {
    title: 'Step',
    text: 'One batch of images goes forward, the loss’s gradient goes back, and every weight moves a little.',
    formula: ['w ← w − update(gradient)'],
    numbers: (context) => {
      const { progress } = context.state;
      const now = progress && `step ${formatCount(progress.stepInEpoch)} of ${formatCount(progress.stepsPerEpoch)}`;
      return [...(now ? [now] : []), ...stepLines(context)];
    },
    related: ['batch-size', 'gradient', 'optimizer', 'epoch'],
  },
  'batch-size': {
    title: 'Batch size',
    text: 'Images that one step looks at. The gradient is their mean: more images make it steadier and use the GPU better, fewer make more steps of an epoch. It is not the number of training images.',
    formula: ['steps of an epoch = ⌈images / batch size⌉'],
    numbers: stepLines,
    related: ['step', 'epoch', 'images-per-second'],
  },
  'learning-rate': {
    title: 'Learning rate',
    text: 'How far a step goes. Too low and nothing seems to happen; too high and the loss jumps about or becomes NaN. Try factors of ten.',
    formula: ['w ← w − rate · direction'],
    numbers: ({ state: { hyperparameters } }) => [
      `${hyperparameters.optimizer.type}: ${formatSetting(learningRateOf(hyperparameters.optimizer))}`,
    ],
    related: ['optimizer', 'gradient', 'schedule'],
  },
  seed: {
    title: 'Seed',
    text: 'The number that all chance is worked out from: first weights, the order of the images, dropout. The same seed on the same GPU gives the same bits again, unless faster kernels are being looked for.',
    numbers: ({ state: { hyperparameters } }) => [`seed ${hyperparameters.seed}`],
    related: ['initializer', 'autotuning', 'rewind'],
  },
  gradient: {
    title: 'Gradient',
    text: 'For every weight: how much the loss would grow if the weight grew a little. The chain rule works it out backwards, layer by layer. A step goes the other way.',
    formula: ['∂ loss / ∂ w'],
    related: ['learning-rate', 'optimizer', 'dead-unit'],
  },
  weight: {
    title: 'Weight',
    text: 'A learned factor: how much one input counts in one sum. Its colour shows its sign and size.',
    formula: ['out = Σ in · weight + bias'],
    numbers: ({ state: { draft } }) => (draft.model ? [`${formatCount(draft.model.params)} with the biases`] : []),
    related: ['kernel', 'bias', 'gradient'],
  },
  rewind: {
    title: 'Rewind',
    text: 'Back to the same first weights: they are drawn from the seed again, and the optimizer forgets its averages.',
    numbers: ({ state: { hyperparameters } }) => [`seed ${hyperparameters.seed}`],
    related: ['seed', 'initializer'],
  },
  augmentation: {
    title: 'Augmentation',
    text: 'Training images are moved, turned or made noisy at random, so that no image is seen twice and none can be learned by heart.',
    related: ['overfitting', 'training-set'],
  },
  probability: {
    title: 'Probability of a class',
    text: 'The share of its trust that the network gives a class. All shares add up to 1, whatever is drawn: there is no “none of them”.',
    formula: ['Σ p = 1'],
    numbers: ({ state: { probabilities } }) =>
      probabilities.length > 0
        ? [
            `Σ = ${formatDecimal(
              probabilities.reduce((sum, share) => sum + share, 0),
              4,
            )}`,
          ]
        : [],
    related: ['softmax', 'accuracy'],
  },
  'confusion-matrix': {
    title: 'Confusion matrix',
    text: 'A row for each true class, a column for each answer: what is taken for what, and how often. The diagonal is what was right.',
    formula: ['accuracy = sum of the diagonal / all'],
    related: ['accuracy', 'test-set'],
  },
  smoothing: {
    title: 'Mean of about 20 steps',
    text: 'Each batch is another one, so its loss jumps. The strong line is an exponential mean of the steps; the thin one behind it is the steps themselves.',
    formula: ['mean ← 0.95 · mean + 0.05 · step'],
    related: ['loss', 'step'],
  },
};
