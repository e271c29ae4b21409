/** What is said of the arguments of layers. Words and formulas; the numbers come from the model on the page. */
import { windowExtent } from '../../engine/shape/window.ts';
import { channelsSeen, hasWindow } from '../../engine/model/layer-taps.ts';
import { formatCount, formatSetting, formatShape } from '../format.ts';
import { parameterSum, sizeSums } from '../layer-text.ts';
import { anyLayer, layerFor, ofType, type Term, type TermContext } from './term.ts';
import type { ArgumentTerm } from './term-name.ts';

const isConvolution = ofType('conv2d');

function sizeLines(context: TermContext): readonly string[] {
  const layer = layerFor(context, hasWindow);
  return layer ? sizeSums(layer).map(({ expression, result }) => `${layer.name}: ${expression} = ${result}`) : [];
}

function kernelLines(context: TermContext): readonly string[] {
  const layer = layerFor(context, isConvolution);
  const sum = layer && parameterSum(layer);
  if (!layer || !sum) return [];
  const { vertical, horizontal } = layer.window;
  const channels = channelsSeen(layer, 0).count;
  const each = vertical.window * horizontal.window * channels;
  return [
    `${layer.name}: ${vertical.window}·${horizontal.window}·${channels} = ${formatCount(each)} weights a filter`,
    `${sum.expression} = ${sum.result}`,
  ];
}

export const argumentWords: Readonly<Record<ArgumentTerm, Term>> = {
  filters: {
    title: 'Filters',
    text: 'How many filters the layer has. Each looks for one pattern everywhere and makes one map, so this is the depth of the output, whatever the depth of the input.',
    formula: ['output depth = filters'],
    numbers: (context) => {
      const layer = layerFor(context, isConvolution);
      return layer ? [`${layer.name}: ${formatCount(layer.filters)} filters → ${formatShape(layer.outputShape)}`] : [];
    },
    related: ['kernel', 'feature-map', 'channel'],
  },
  kernel: {
    title: 'Kernel (filter)',
    text: 'The weights of one window: a sheet of k×k for every input channel, each sheet with weights of its own. Training finds them; nobody puts them in.',
    formula: ['weights of a filter = k · k · input channels, and one bias'],
    numbers: kernelLines,
    related: ['filters', 'parameter', 'receptive-field'],
  },
  stride: {
    title: 'Stride',
    text: 'How many cells the window moves on between two positions. Stride 2 about halves height and width.',
    formula: ['⌊(n + padding − k) / stride⌋ + 1'],
    numbers: sizeLines,
    related: ['floor-formula', 'unseen-cells', 'max-pooling'],
  },
  dilation: {
    title: 'Dilation',
    text: 'Distance between neighbouring cells of the window: it sees further with the same number of weights. Dilation above 1 and stride above 1 exclude each other.',
    formula: ['extent = (k − 1) · dilation + 1'],
    numbers: (context) => {
      const layer = layerFor(context, isConvolution);
      if (!layer) return [];
      const { window, dilation } = layer.window.vertical;
      return [`${layer.name}: (${window} − 1) · ${dilation} + 1 = ${windowExtent(window, dilation)} cells`];
    },
    related: ['receptive-field', 'kernel'],
  },
  padding: {
    title: 'Padding',
    text: 'Cells put around the input. “valid” puts none: the window stays inside. “same” puts as many zeros as make the output ⌈n / stride⌉: with stride 1 it keeps the size. “replicate” puts as many, but repeats the border cells; Keras does not have it.',
    formula: ['valid: ⌊(n − k) / s⌋ + 1', 'same: ⌈n / s⌉'],
    numbers: (context) => {
      const layer = layerFor(context, hasWindow);
      if (!layer) return [];
      const { vertical: v, horizontal: h } = layer.window;
      return [
        `${layer.name}: ${v.padBefore} above, ${v.padAfter} below, ${h.padBefore} left, ${h.padAfter} right`,
        ...sizeLines(context),
      ];
    },
    related: ['floor-formula', 'stride'],
  },
  groups: {
    title: 'Groups',
    text: 'Divides input channels and filters into groups; each group of filters sees its own channels only. With as many groups as channels it is a depthwise convolution.',
    formula: ['weights = k · k · (channels / groups) · filters'],
    numbers: (context) => {
      const layer = layerFor(context, isConvolution);
      return layer ? [`${layer.name}: ${layer.groups} ${layer.groups === 1 ? 'group' : 'groups'}`] : [];
    },
    related: ['depthwise-convolution', 'channel'],
  },
  'pool-size': {
    title: 'Pool size',
    text: 'Side of the window that pooling makes one number of. Its stride is the same unless you set another.',
    formula: ['⌊(n − pool) / stride⌋ + 1'],
    numbers: (context) => {
      const layer = layerFor(context, ofType('maxPooling2d', 'averagePooling2d'));
      return layer ? sizeSums(layer).map(({ expression, result }) => `${layer.name}: ${expression} = ${result}`) : [];
    },
    related: ['max-pooling', 'average-pooling', 'stride'],
  },
  'depth-multiplier': {
    title: 'Depth multiplier',
    text: 'Filters that each input channel has for itself.',
    formula: ['output channels = input channels · multiplier'],
    numbers: (context) => {
      const layer = layerFor(context, ofType('depthwiseConv2d', 'separableConv2d'));
      return layer ? [`${layer.name}: ${layer.inputShapes[0]?.[2] ?? 1} · ${layer.depthMultiplier}`] : [];
    },
    related: ['depthwise-convolution'],
  },
  units: {
    title: 'Units',
    text: 'Outputs of a dense layer, each a weighted sum of all its inputs. The last layer has one for each class.',
    formula: ['parameters = inputs · units + units'],
    numbers: (context) => {
      const layer = layerFor(context, ofType('dense'));
      const sum = layer && parameterSum(layer);
      return sum ? [`${layer.name}: ${sum.expression} = ${sum.result}`] : [];
    },
    related: ['dense', 'parameter'],
  },
  bias: {
    title: 'Bias',
    text: 'A learned number for each filter or unit, added to every one of its sums: it says how much is enough.',
    formula: ['out = f(Σ in · w + b)'],
    numbers: (context) => {
      const layer = anyLayer(context);
      const bias = layer?.weights.find(({ name }) => name.endsWith('/bias'));
      return layer ? [`${layer.name}: ${formatCount(bias?.shape[0] ?? 0)} biases`] : [];
    },
    related: ['parameter', 'kernel'],
  },
  initializer: {
    title: 'Initializer',
    text: 'How the first weights are drawn, from the seed. Glorot’s and He’s choose their spread so that signals neither die out nor blow up from layer to layer.',
    formula: ['Glorot uniform: ±√(6 / (fan in + fan out))', 'He normal: σ = √(2 / fan in)'],
    numbers: (context) => {
      const kernel = anyLayer(context)?.weights[0];
      if (!kernel) return [];
      const limit = Math.sqrt(6 / (kernel.fanIn + kernel.fanOut));
      const name = typeof kernel.initializer === 'string' ? kernel.initializer : kernel.initializer.type;
      const line = `${kernel.name}: ${name}, fan in ${formatCount(kernel.fanIn)}, out ${formatCount(kernel.fanOut)}`;
      return name === 'glorotUniform'
        ? [line, `±√(6 / ${kernel.fanIn + kernel.fanOut}) = ±${limit.toFixed(4)}`]
        : [line];
    },
    related: ['seed', 'weight'],
  },
  regularization: {
    title: 'Regularization',
    text: 'A penalty on large weights, or on large outputs, that is added to the loss and pulls them towards zero: simpler networks often do better on images they have not seen.',
    formula: ['loss + l1 · Σ|w| + l2 · Σw²'],
    numbers: ({ state }) =>
      state.draft.layers.flatMap(({ weights }) =>
        weights.flatMap(({ name, regularizer }) =>
          regularizer ? [`${name}: l1 ${formatSetting(regularizer.l1)}, l2 ${formatSetting(regularizer.l2)}`] : [],
        ),
      ),
    related: ['weight-decay', 'dropout', 'overfitting'],
  },
  constraint: {
    title: 'Constraint',
    text: 'A rule that weights are made to obey after every update: not below zero, or a filter’s length no more than a bound.',
    formula: ['maxNorm: w · min(1, bound / ‖w‖)'],
    related: ['regularization', 'weight'],
  },
  frozen: {
    title: 'Trainable, or frozen',
    text: 'A frozen layer computes as before but does not learn: its weights stay what they are.',
    numbers: ({ state }) => {
      const { model } = state.draft;
      return model ? [`${formatCount(model.trainableParams)} of ${formatCount(model.params)} parameters learn`] : [];
    },
    related: ['parameter', 'gradient'],
  },
  'dropout-rate': {
    title: 'Dropout rate',
    text: 'The share of numbers that a training step sets to zero; the rest is scaled by 1 / (1 − rate).',
    formula: ['0 ≤ rate < 1'],
    numbers: (context) => {
      const layer = layerFor(context, ofType('dropout', 'spatialDropout2d'));
      return layer ? [`${layer.name}: ${formatSetting(layer.rate)}`] : [];
    },
    related: ['dropout', 'spatial-dropout'],
  },
  'normalization-momentum': {
    title: 'Momentum of the averages',
    text: 'How slowly the averages that batch normalization keeps follow the batches. It has nothing to do with an optimizer’s momentum.',
    formula: ['average ← m · average + (1 − m) · batch’s'],
    related: ['batch-normalization'],
  },
  'normalization-epsilon': {
    title: 'Epsilon of a normalization',
    text: 'Added to the variance, so that a map that is everywhere the same is not divided by zero.',
    formula: ['√(variance + ε)'],
    related: ['batch-normalization', 'layer-normalization'],
  },
  'center-scale': {
    title: 'Center and scale',
    text: 'Whether a normalization adds a learned beta (center) and multiplies by a learned gamma (scale).',
    formula: ['γ · x̂ + β'],
    related: ['batch-normalization', 'layer-normalization'],
  },
  axis: {
    title: 'Axis',
    text: 'Which direction of the array is meant; 0 is the batch, −1 the last one: the channels.',
    formula: ['[batch, height, width, channels]'],
    related: ['concatenate', 'layer-normalization'],
  },
  'target-shape': {
    title: 'Target shape',
    text: 'The shape the same numbers get. One size may be −1: it is worked out from the others.',
    related: ['reshape'],
  },
  interpolation: {
    title: 'Interpolation',
    text: '“nearest” repeats cells; “bilinear” passes evenly from the centre of one cell to that of the next.',
    related: ['upsampling'],
  },
  'skip-connection': {
    title: 'Inputs and skip connections',
    text: 'Which layers this one reads: by default the one before. A path that leaves layers out lets gradients pass them by, which is what makes very deep networks learn.',
    formula: ['out = x + f(x)'],
    related: ['add', 'concatenate', 'gradient'],
  },
};
