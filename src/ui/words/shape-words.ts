/** What is said of shapes, sizes, counts and fields of view. Words and formulas; the numbers come from the model on the page. */
import { fieldCells, fieldRange } from '../../engine/shape/receptive-field.ts';
import { hasWindow } from '../../engine/model/layer-taps.ts';
import type { ResolvedLayer } from '../../engine/model/resolved.ts';
import { formatCompactCount, formatCount, formatPercent, formatShape } from '../format.ts';
import { fieldText, parameterSum, sizeSums, windowRemark } from '../layer-text.ts';
import { anyLayer, layerFor, ofType, type Term, type TermContext } from './term.ts';
import type { ShapeTerm } from './term-name.ts';

const hasMaps = (layer: ResolvedLayer): layer is ResolvedLayer => layer.outputShape.length === 3;
const hasWeights = (layer: ResolvedLayer): layer is ResolvedLayer => layer.weights.length > 0;

function fieldLines(context: TermContext): readonly string[] {
  const { inputShape } = context.state.draft.config;
  const layer = anyLayer(context);
  if (!layer) return [];
  const { size, share } = fieldText(layer, inputShape);
  const sizes = context.state.draft.layers
    .filter(({ outputShape }) => outputShape.length === 3)
    .map(({ receptiveField }) => fieldCells(receptiveField.vertical));
  return [`${layer.name} sees ${size} pixels, ${share} of the image`, `layer by layer: ${[1, ...sizes].join(' → ')}`];
}

function unseenLines(context: TermContext): readonly string[] {
  const [height] = context.state.draft.config.inputShape;
  const layer = layerFor(context, hasWindow);
  if (!layer) return [];
  const remark = windowRemark(layer);
  const last = context.state.draft.layers.findLast(hasMaps);
  const [, end] = last ? fieldRange(last.receptiveField.vertical, (last.outputShape[0] ?? 1) - 1, height) : [0, height];
  return [
    `${layer.name}: ${remark?.explanation ?? 'every cell lies in some window.'}`,
    ...(last && end < height ? [`${last.name} sees the image’s rows 0–${end - 1} of 0–${height - 1}`] : []),
  ];
}

export const shapeWords: Readonly<Record<ShapeTerm, Term>> = {
  'feature-map': {
    title: 'Feature map',
    text: 'What one filter makes of the image: a picture of where, and how strongly, its pattern was found.',
    formula: ['maps of a layer = its filters'],
    numbers: (context) => {
      const layer = layerFor(context, hasMaps);
      if (!layer) return [];
      const [height = 1, width = 1, channels = 1] = layer.outputShape;
      return [`${layer.name}: ${formatCount(channels)} maps of ${height}×${width} cells`];
    },
    related: ['filters', 'channel', 'colour-scale'],
  },
  channel: {
    title: 'Channel',
    text: 'One sheet of a stack of maps. A grey image has one, a coloured one three, the output of a convolution as many as it has filters.',
    formula: ['height × width × channels'],
    numbers: (context) => {
      const layer = layerFor(context, hasMaps);
      const { inputShape } = context.state.draft.config;
      return [
        `input: ${formatShape(inputShape)}`,
        ...(layer ? [`${layer.name}: ${formatShape(layer.outputShape)}`] : []),
      ];
    },
    related: ['feature-map', 'filters'],
  },
  'floor-formula': {
    title: 'Output size (the floor formula)',
    text: 'How many places the window fits into, along one axis. The floor ⌊ ⌋ rounds down: what is left over at the end lies in no window.',
    formula: ['⌊(n + pad before + pad after − extent) / stride⌋ + 1', 'extent = (k − 1) · dilation + 1'],
    numbers: (context) => {
      const layer = layerFor(context, hasWindow);
      return layer ? sizeSums(layer).map(({ expression, result }) => `${layer.name}: ${expression} = ${result}`) : [];
    },
    related: ['stride', 'padding', 'unseen-cells'],
  },
  'unseen-cells': {
    title: 'Cells that no window reaches',
    text: 'Where the stride does not divide what is left, the floor drops the last rows and columns. Whatever is drawn there cannot change this layer’s outputs.',
    formula: ['n − (last position · stride + extent)'],
    numbers: unseenLines,
    related: ['floor-formula', 'receptive-field'],
  },
  'flattened-size': {
    title: 'Inputs of a dense layer',
    text: 'All numbers of all maps before it. (That 24·24 windows of a 5×5 filter on 28×28 are 576 as well is a coincidence.)',
    formula: ['height · width · channels'],
    numbers: (context) => {
      const layer = layerFor(context, ofType('dense', 'flatten'));
      return layer
        ? sizeSums(layer).map(
            ({ expression, result }) => `${layer.name}: ${expression === '' ? '' : `${expression} = `}${result}`,
          )
        : [];
    },
    related: ['flatten', 'dense'],
  },
  parameter: {
    title: 'Parameters',
    text: 'The numbers that training may change: weights and biases. A convolution has as many for a large image as for a small one.',
    formula: ['convolution: k · k · channels · filters + filters', 'dense: inputs · units + units'],
    numbers: (context) => {
      const layer = layerFor(context, hasWeights);
      const sum = layer && parameterSum(layer);
      const { model } = context.state.draft;
      return [
        ...(sum ? [`${layer.name}: ${sum.expression} = ${sum.result}`] : []),
        ...(model ? [`all layers: ${formatCount(model.params)}`] : []),
      ];
    },
    related: ['weight-sharing', 'mac', 'bias'],
  },
  mac: {
    title: 'Multiply-adds (MACs)',
    text: 'One multiplication and one addition: what nearly all computing in a network consists of. Counted for one image, forward; training needs about three times as many.',
    formula: ['convolution: output cells · k · k · channels', 'dense: inputs · units'],
    numbers: ({ state }) => {
      const { model } = state.draft;
      if (!model) return [];
      const most = model.layers.reduce((top, layer) => (layer.macs > top.macs ? layer : top));
      const share = formatPercent(most.macs / Math.max(1, model.macs), 0);
      return [
        `one image: ${formatCount(model.macs)}`,
        `${most.name}: ${formatCompactCount(most.macs)}, ${share} of them`,
      ];
    },
    related: ['parameter', 'gflops'],
  },
  'receptive-field': {
    title: 'Receptive field',
    text: 'The pixels of the image that one cell can see, through all layers before it. Each window widens it; each stride makes the next windows widen it more.',
    formula: ['size ← size + (extent − 1) · jump', 'jump ← jump · stride'],
    numbers: fieldLines,
    related: ['effective-field', 'unseen-cells', 'stride', 'dilation'],
  },
  'effective-field': {
    title: 'Effective receptive field',
    text: 'How much each of the pixels that a cell can see really counts: the gradient of the cell by the pixels. It fades towards the edge, as fewer paths lead through there.',
    formula: ['|∂ cell / ∂ pixel|'],
    related: ['receptive-field', 'gradient', 'saliency'],
  },
  'weight-sharing': {
    title: 'Weight sharing',
    text: 'A filter uses the same weights at every place: what was learned in one corner is known in all. A dense layer would need weights of its own for each place.',
    formula: ['shared: k·k·c·f + f', 'not shared: times the number of places'],
    numbers: (context) => {
      const layer = layerFor(context, ofType('conv2d'));
      if (!layer) return [];
      const [height = 1, width = 1] = layer.outputShape;
      return [
        `${layer.name}: ${formatCount(layer.params)} shared`,
        `${formatCount(layer.params)} · ${height}·${width} = ${formatCount(layer.params * height * width)} if not`,
      ];
    },
    related: ['convolution', 'equivariance', 'parameter'],
  },
  equivariance: {
    title: 'Equivariance',
    text: 'Shift the image and a convolution’s maps shift with it, unchanged. That is equivariance. Invariance, an answer that stays the same, comes only with pooling and the layers behind, and only nearly.',
    formula: ['conv(shift(x)) = shift(conv(x))'],
    related: ['convolution', 'weight-sharing', 'max-pooling'],
  },
};
