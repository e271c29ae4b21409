/** The networks that can be chosen on the page, each made to read what the page has: digits of 28 × 28 grey cells. */
import type { ModelConfig } from '../engine/model/config.ts';
import { inputName } from '../engine/model/layer-names.ts';
import {
  alexNet32Model,
  denseOnlyModel,
  lectureModel,
  lecturePatternModel,
  lectureWithoutPoolingModel,
  leNet5Model,
  smallResNetModel,
  smallVggModel,
} from '../engine/model/presets.ts';
import { configOf, graphOf } from './layer-graph.ts';

/** A network to start from. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  /** One sentence on what it is there to show. */
  readonly about: string;
  readonly config: ModelConfig;
}

const digitSize = 28;

/**
 * A network for colour pictures behind two layers that make one of a digit: zeros around it up to its height and width, then
 * the grey map three times over. No weights, and every pixel stays the pixel it was, so that it trains on the digits there are
 * and its own layers have the shapes and counts they have in print.
 */
export function onDigits(config: ModelConfig): ModelConfig {
  const [height, width, channels] = config.inputShape;
  const frame = (size: number): readonly [number, number] => {
    const before = Math.floor((size - digitSize) / 2);
    return [before, size - digitSize - before];
  };
  const padded = { type: 'zeroPadding2d', name: 'digit_padded', padding: [frame(height), frame(width)] } as const;
  const coloured = {
    type: 'concatenate',
    name: 'digit_coloured',
    inputs: Array.from({ length: channels }, () => padded.name),
  } as const;
  const nodes = graphOf(config).map((node) => ({
    ...node,
    sources: node.sources.map((source) => (source === inputName ? coloured.name : source)),
  }));
  const { layers } = configOf(config, nodes);
  return {
    ...config,
    inputShape: [digitSize, digitSize, 1],
    layers: [padded, coloured, ...withoutName(layers, coloured.name)],
  };
}

/** The first layer just follows what was put before it. */
function withoutName(layers: ModelConfig['layers'], source: string): ModelConfig['layers'] {
  return layers.map((layer, index) => {
    if (index > 0 || layer.inputs?.join() !== source) return layer;
    const { inputs: _inputs, ...rest } = layer;
    return rest;
  });
}

const colourNote = 'Made for 32×32×3: the digit gets a frame of zeros, and its grey is copied to three channels.';

/** In the order they are offered. */
export const presets: readonly Preset[] = [
  {
    id: 'lecture',
    label: 'Lecture CNN',
    about: 'Three convolutions, two poolings: the network of the lecture.',
    config: lectureModel,
  },
  {
    id: 'withoutPooling',
    label: 'Lecture CNN without pooling',
    about:
      'The same convolutions; the flatten now gives 30,976 numbers, and the dense layer has nearly all parameters.',
    config: lectureWithoutPoolingModel,
  },
  {
    id: 'denseOnly',
    label: 'Dense only',
    about: 'As many parameters as the lecture’s network, but no idea of neighbours.',
    config: denseOnlyModel,
  },
  {
    id: 'leNet5',
    label: 'LeNet-5',
    about: 'LeCun and others, 1998: tanh and average pooling.',
    config: leNet5Model,
  },
  {
    id: 'pattern',
    label: 'INPUT-CONV-RELU-POOL-FC',
    about: `The pattern as the lecture draws it for small photographs. ${colourNote}`,
    config: onDigits(lecturePatternModel),
  },
  {
    id: 'smallVgg',
    label: 'Small VGG',
    about: `Pairs of 3×3 convolutions between poolings. ${colourNote}`,
    config: onDigits(smallVggModel),
  },
  {
    id: 'smallResNet',
    label: 'Small ResNet',
    about: `Sums of convolutions and shortcuts, with batch normalization. ${colourNote}`,
    config: onDigits(smallResNetModel),
  },
  {
    id: 'alexNet',
    label: 'AlexNet 32×32',
    about: `Five convolutions and dropout; slow on a small GPU. ${colourNote}`,
    config: onDigits(alexNet32Model),
  },
];
