/** What is said of the kinds of layers. Words and formulas; the numbers come from the model on the page. */
import type { ResolvedLayer } from '../../engine/model/resolved.ts';
import { cellCount } from '../../engine/shape/cells.ts';
import { formatCount, formatPercent, formatSetting, formatShape } from '../format.ts';
import { parameterSum, sizeSums, windowRemark } from '../layer-text.ts';
import { layerFor, ofType, type Term, type TermContext } from './term.ts';
import type { LayerTerm } from './term-name.ts';

/** A layer's name and shapes, its size formula and its parameters, each in a line. */
function layerLines(layer: ResolvedLayer | undefined): readonly string[] {
  if (!layer) return [];
  const shapes = layer.inputShapes.map(formatShape).join(' and ');
  const sum = parameterSum(layer);
  return [
    `${layer.name}: ${shapes} → ${formatShape(layer.outputShape)}`,
    ...sizeSums(layer).map(({ expression, result, unit }) => `${expression} = ${result}${unit ? ` ${unit}` : ''}`),
    sum ? `${sum.expression} = ${sum.result} parameters` : '0 parameters',
  ];
}

const linesOf =
  (...types: readonly ResolvedLayer['type'][]) =>
  (context: TermContext): readonly string[] =>
    layerLines(layerFor(context, ofType(...types)));

function poolingLines(context: TermContext): readonly string[] {
  const layer = layerFor(context, ofType('maxPooling2d', 'averagePooling2d'));
  if (!layer) return [];
  const kept = cellCount(layer.outputShape);
  const given = cellCount(layer.inputShapes[0] ?? []);
  const remark = windowRemark(layer);
  return [
    ...layerLines(layer),
    `keeps ${formatCount(kept)} of ${formatCount(given)} numbers: drops ${formatPercent(1 - kept / given)}`,
    ...(remark ? [remark.explanation] : []),
  ];
}

export const layerWords: Readonly<Record<LayerTerm, Term>> = {
  convolution: {
    title: 'Convolution',
    text: 'A small window slides over the input. At each place its cells are multiplied by the filter’s weights and added up, over all input channels, and a bias is added. The same weights serve every place. (Strictly it is a cross-correlation: the filter is not flipped.)',
    formula: ['out[i, j, f] = b[f] + Σ in[i·s+y·d, j·s+x·d, c] · w[y, x, c, f]'],
    numbers: linesOf('conv2d'),
    related: ['kernel', 'filters', 'weight-sharing', 'floor-formula'],
  },
  'depthwise-convolution': {
    title: 'Depthwise convolution',
    text: 'Each input channel has filters of its own and is not mixed with the others, so it needs far fewer weights and multiplications.',
    formula: ['parameters = k · k · channels · multiplier + biases'],
    numbers: linesOf('depthwiseConv2d'),
    related: ['separable-convolution', 'depth-multiplier'],
  },
  'separable-convolution': {
    title: 'Separable convolution',
    text: 'A depthwise convolution looks around within each channel, then a 1×1 convolution mixes the channels: nearly what a convolution does, for a fraction of the weights.',
    formula: ['parameters = k·k·channels·multiplier + channels·multiplier·filters + filters'],
    numbers: linesOf('separableConv2d'),
    related: ['depthwise-convolution', 'convolution'],
  },
  'transposed-convolution': {
    title: 'Transposed convolution',
    text: 'Runs a convolution’s connections backwards: every input cell is spread over a window of outputs, so maps grow by the stride. It is not the inverse of a convolution.',
    formula: ['valid: n·s + max(k − s, 0)', 'same: n·s'],
    numbers: linesOf('conv2dTranspose'),
    related: ['upsampling', 'convolution'],
  },
  'max-pooling': {
    title: 'Max pooling',
    text: 'Keeps the largest value of each window and forgets where it was. It has no parameters and keeps the number of maps; a later dense layer becomes smaller, since fewer numbers reach it.',
    formula: ['out[i, j, c] = max of in[i·s+y, j·s+x, c] over the window'],
    numbers: poolingLines,
    related: ['average-pooling', 'receptive-field', 'unseen-cells'],
  },
  'average-pooling': {
    title: 'Average pooling',
    text: 'Keeps the mean of each window. It has no parameters; unlike max pooling, every cell of the window has its share in the gradient.',
    formula: ['out[i, j, c] = mean of in[i·s+y, j·s+x, c] over the window'],
    numbers: poolingLines,
    related: ['max-pooling'],
  },
  'global-pooling': {
    title: 'Global pooling',
    text: 'Makes one number of each map: its mean, or its largest value. What follows no longer depends on the size of the image. “keepdims” leaves the shape at 1×1×channels.',
    formula: ['out[c] = mean (or max) of in[i, j, c] over all i, j'],
    numbers: linesOf('globalAveragePooling2d', 'globalMaxPooling2d'),
    related: ['average-pooling', 'flatten'],
  },
  'padding-layer': {
    title: 'Padding layer',
    text: 'Puts cells around every map: zeros, the mirrored inside, or the nearest border cell again. It has nothing to learn.',
    formula: ['height + top + bottom, width + left + right'],
    numbers: linesOf('zeroPadding2d', 'padding2d'),
    related: ['padding'],
  },
  upsampling: {
    title: 'Upsampling',
    text: 'Makes every map larger by whole factors, repeating cells or passing smoothly from one to the next. It has nothing to learn.',
    formula: ['height · size, width · size'],
    numbers: linesOf('upSampling2d'),
    related: ['interpolation', 'transposed-convolution'],
  },
  flatten: {
    title: 'Flatten',
    text: 'Puts all numbers of all maps into one row, so that a dense layer can read them. The numbers stay what they are; which were neighbours is no longer said.',
    formula: ['height · width · channels'],
    numbers: linesOf('flatten'),
    related: ['flattened-size', 'dense'],
  },
  reshape: {
    title: 'Reshape',
    text: 'Gives the same numbers, in the same order, another shape.',
    numbers: linesOf('reshape'),
    related: ['target-shape', 'flatten'],
  },
  dense: {
    title: 'Dense layer',
    text: 'Every unit reads every input, each through a weight of its own. It cannot know which inputs were neighbours, and its weights are not shared between places.',
    formula: ['out[u] = b[u] + Σ in[i] · w[i, u]', 'parameters = inputs · units + units'],
    numbers: linesOf('dense'),
    related: ['units', 'flatten', 'weight-sharing'],
  },
  dropout: {
    title: 'Dropout',
    text: 'In each training step a random share of the numbers is set to zero and the others are scaled up to make up for it, so that the network cannot lean on single units. When it answers, nothing is dropped.',
    formula: ['training: x / (1 − rate), or 0 with probability rate', 'answering: x'],
    numbers: (context) => {
      const layer = layerFor(context, ofType('dropout', 'spatialDropout2d'));
      return layer ? dropoutLines(layer.name, layer.rate) : [];
    },
    related: ['dropout-rate', 'overfitting', 'regularization'],
  },
  'spatial-dropout': {
    title: 'Spatial dropout',
    text: 'Dropout of whole maps: neighbouring cells say much the same, so dropping single ones would change little.',
    formula: ['training: a map / (1 − rate), or all zeros', 'answering: the map'],
    numbers: (context) => {
      const layer = layerFor(context, ofType('spatialDropout2d'));
      return layer ? dropoutLines(layer.name, layer.rate) : [];
    },
    related: ['dropout'],
  },
  'batch-normalization': {
    title: 'Batch normalization',
    text: 'Brings each channel to mean 0 and variance 1 over the batch, then scales by gamma and adds beta, which are learned. When the network answers, averages kept from training take the batch’s place.',
    formula: ['γ · (x − mean) / √(variance + ε) + β'],
    numbers: linesOf('batchNormalization'),
    related: ['layer-normalization', 'normalization-momentum'],
  },
  'layer-normalization': {
    title: 'Layer normalization',
    text: 'Brings the numbers of each example to mean 0 and variance 1, whatever the other examples of the batch are, then scales by gamma and adds beta.',
    formula: ['γ · (x − mean) / √(variance + ε) + β'],
    numbers: linesOf('layerNormalization'),
    related: ['batch-normalization'],
  },
  activation: {
    title: 'Activation function',
    text: 'Bends each number after the sum. Without it, layers in a row would be no more than one layer: sums of sums are sums.',
    formula: ['out = f(sum + bias)'],
    numbers: (context) => {
      const { layers } = context.state.draft;
      return layers.flatMap((layer) => ('activation' in layer ? [`${layer.name}: ${layer.activation.name}`] : []));
    },
    related: ['relu', 'leaky-relu', 'sigmoid', 'tanh', 'softmax', 'linear'],
  },
  add: {
    title: 'Add',
    text: 'Adds two or more inputs of one shape cell by cell. With a path that skips layers, those layers learn only what to change: the residual connection.',
    formula: ['out = a + b'],
    numbers: linesOf('add'),
    related: ['skip-connection', 'concatenate'],
  },
  concatenate: {
    title: 'Concatenate',
    text: 'Puts inputs one after another along an axis, by default their channels side by side.',
    formula: ['channels = channels of a + channels of b'],
    numbers: linesOf('concatenate'),
    related: ['add', 'axis'],
  },
};

function dropoutLines(name: string, rate: number): readonly string[] {
  return [
    `${name}: rate ${formatSetting(rate)}`,
    `${formatPercent(rate, 0)} are dropped, the rest times ${formatSetting(Number((1 / (1 - rate)).toPrecision(4)))}`,
  ];
}
