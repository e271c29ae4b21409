/** ConvNetJS: plain JavaScript in float64, one example after another. */
import convnetjs from 'convnetjs';
import type { ResolvedLayer, WeightSpec } from '../../src/engine/model/resolved.ts';
import type { Job, Trainer, Weight } from '../page/trainer.ts';

const notes: readonly string[] = [
  'its “windowgrad” with ro 0.9 and eps 1e-7 is RMSprop',
  'computes in float64, one image at a time',
];

type Net = InstanceType<typeof convnetjs.Net>;
type Vol = InstanceType<typeof convnetjs.Vol>;

function cannot(what: string): never {
  throw new Error(`ConvNetJS has no ${what}.`);
}

/** Square windows with the same padding on all sides are all it knows. */
function square(layer: ResolvedLayer & { readonly window: { vertical: Axis; horizontal: Axis } }): Axis {
  const { vertical, horizontal } = layer.window;
  const isSquare = vertical.window === horizontal.window && vertical.stride === horizontal.stride;
  if (!isSquare || vertical.padBefore !== vertical.padAfter)
    cannot('padding on one side or windows that are not square');
  if (vertical.dilation > 1) cannot('dilated convolution');
  return vertical;
}

type Axis = Extract<ResolvedLayer, { type: 'conv2d' }>['window']['vertical'];

const activations: Readonly<Record<string, string>> = { relu: 'relu', tanh: 'tanh', sigmoid: 'sigmoid' };

function withActivation(definition: object, name: string): object {
  if (name === 'linear') return { ...definition, bias_pref: 0 };
  return { ...definition, bias_pref: 0, activation: activations[name] ?? cannot(name) };
}

/** What `makeLayers` is told of a layer; nothing for those that it adds itself. */
function definitionsOf(layer: ResolvedLayer): object[] {
  switch (layer.type) {
    case 'conv2d': {
      const { window, stride, padBefore } = square(layer);
      const conv = { type: 'conv', sx: window, filters: layer.filters, stride, pad: padBefore };
      return [withActivation(conv, layer.activation.name)];
    }
    case 'maxPooling2d': {
      const { window, stride } = square(layer);
      return [{ type: 'pool', sx: window, stride }];
    }
    case 'flatten':
      return [];
    case 'dense':
      if (layer.activation.name === 'softmax') return [{ type: 'softmax', num_classes: layer.units }];
      return [withActivation({ type: 'fc', num_neurons: layer.units }, layer.activation.name)];
    case 'averagePooling2d':
      return cannot('average pooling');
    case 'batchNormalization':
      return cannot('batch normalization');
    default:
      return cannot(layer.type);
  }
}

/** Puts a kernel's numbers, outputs last, into one Vol for each output. */
function fill(filters: readonly Vol[], { data }: Weight): void {
  filters.forEach((filter, output) => {
    for (let cell = 0; cell < filter.w.length; cell++) filter.w[cell] = data[cell * filters.length + output] ?? NaN;
  });
}

function setWeights(net: Net, specs: readonly WeightSpec[], weights: readonly Weight[]): void {
  const given = specs.map(({ name }) => weights.find((weight) => weight.name === name) ?? cannot(`weight ${name}`));
  for (const { filters, biases } of net.layers) {
    if (!filters || !biases) continue;
    const [kernel, bias] = given.splice(0, 2);
    if (!kernel || !bias) return cannot('layer without a bias');
    fill(filters, kernel);
    bias.data.forEach((value, index) => (biases.w[index] = value));
  }
}

function buildNet({ model, config, weights = [] }: Job): Net {
  const [height, width, channels] = config.inputShape;
  const net = new convnetjs.Net();
  const input = { type: 'input', out_sx: width, out_sy: height, out_depth: channels };
  net.makeLayers([input, ...model.layers.flatMap(definitionsOf)]);
  const specs = model.layers.flatMap((layer) => layer.weights);
  setWeights(net, specs, weights);
  return net;
}

/** The network with its trainer. @throws Error for layers that the library has not. */
export async function open(job: Job): Promise<Trainer> {
  const [height, width, channels] = job.config.inputShape;
  const cells = height * width * channels;
  const net = buildNet(job);
  const options = { method: 'windowgrad', learning_rate: 0.001, ro: 0.9, eps: 1e-7, batch_size: job.batchSize };
  const trainer = new convnetjs.Trainer(net, options);
  const example = (images: Float32Array, index: number): Vol => {
    const vol = new convnetjs.Vol(width, height, channels, 0);
    vol.w.forEach((_, cell) => (vol.w[cell] = images[index * cells + cell] ?? NaN));
    return vol;
  };
  const trainOn = (index: number): number => {
    const { images, labels } = job.batch(index);
    const losses = Array.from(labels, (label, row) => trainer.train(example(images, row), label).cost_loss);
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  };
  return {
    notes,
    train: async (count) => {
      let loss = NaN;
      for (let index = 0; index < count; index++) loss = trainOn(index);
      return loss;
    },
    predict: async (images) => {
      const rows = Array.from({ length: images.length / cells }, (_, row) => [...net.forward(example(images, row)).w]);
      return Float32Array.from(rows.flat());
    },
    firstKernel: async () => {
      const first = net.layers.find(({ layer_type }) => layer_type === 'conv');
      return Float32Array.from(first?.filters?.flatMap(({ w }) => [...w]) ?? []);
    },
  };
}
