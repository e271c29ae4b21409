/** A network of ours as a model of TensorFlow.js's layers, without its last softmax: the loss takes logits. */
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { tensor } from '@tensorflow/tfjs-core';
import type { LayerConfig, Pair } from '../../src/engine/model/config.ts';
import type { Job, Weight } from '../page/trainer.ts';

type Layer = Parameters<ReturnType<typeof sequential>['add']>[0];

const pair = (value: Pair): [number, number] => (typeof value === 'number' ? [value, value] : [value[0], value[1]]);

/** @throws Error for what the benchmark's networks do not have. */
function layerFor(config: LayerConfig, isLast: boolean): Layer {
  const activation = (name = 'linear') => {
    if (name !== 'linear' && name !== 'relu' && name !== 'tanh')
      throw new Error(`TensorFlow.js: ${name} is not mapped.`);
    return name;
  };
  switch (config.type) {
    case 'conv2d':
      return layers.conv2d({
        filters: config.filters,
        kernelSize: pair(config.kernelSize),
        strides: pair(config.strides ?? 1),
        dilationRate: pair(config.dilationRate ?? 1),
        padding: config.padding === 'same' ? 'same' : 'valid',
        useBias: config.useBias ?? true,
        activation: activation(config.activation),
      });
    case 'maxPooling2d':
      return layers.maxPooling2d({
        poolSize: pair(config.poolSize ?? 2),
        strides: pair(config.strides ?? config.poolSize ?? 2),
      });
    case 'averagePooling2d':
      return layers.averagePooling2d({
        poolSize: pair(config.poolSize ?? 2),
        strides: pair(config.strides ?? config.poolSize ?? 2),
      });
    case 'flatten':
      return layers.flatten();
    case 'dense':
      return layers.dense({ units: config.units, activation: isLast ? 'linear' : activation(config.activation) });
    case 'batchNormalization':
      return layers.batchNormalization();
    case 'activation':
      return layers.activation({ activation: activation(config.activation) });
    default:
      throw new Error(`TensorFlow.js: the benchmark has no ${config.type}.`);
  }
}

/** The model with the initial weights of the job. */
export function buildModel({ config, model, weights }: Job): LayersModel {
  const built = sequential();
  built.add(layers.inputLayer({ batchInputShape: [null, ...config.inputShape] }));
  config.layers.forEach((layer, index) => {
    built.add(layerFor(layer, index === config.layers.length - 1));
  });
  const byName = new Map(weights?.map((weight): [string, Weight] => [weight.name, weight]));
  const withoutInput = built.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  withoutInput.forEach((layer, index) => {
    const values = (model.layers[index]?.weights ?? []).map(({ name }) => {
      const weight = byName.get(name);
      if (!weight) throw new Error(`TensorFlow.js: every initial weight is given. Received name=${name}.`);
      return tensor(weight.data, [...weight.shape]);
    });
    if (values.length > 0) layer.setWeights(values);
    for (const value of values) value.dispose();
  });
  return built;
}
