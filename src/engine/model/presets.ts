/** Networks that come with Receptive, as plain configs. Knows no shapes beyond the input's; the resolver works them out. */
import type { LayerConfig, ModelConfig } from './config.ts';

const digit = [28, 28, 1] as const;
const smallPhoto = [32, 32, 3] as const;

/** The lecture's network for MNIST: 28→26→13→11→5→3, 93,322 parameters. */
export const lectureModel: ModelConfig = {
  name: 'Lecture CNN',
  inputShape: digit,
  layers: [
    { type: 'conv2d', filters: 32, kernelSize: 3, activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'conv2d', filters: 64, kernelSize: 3, activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'conv2d', filters: 64, kernelSize: 3, activation: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 64, activation: 'relu' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};

/** The lecture's network with its pooling taken out: 28→26→24→22, 2,038,922 parameters, nearly all behind the flatten. */
export const lectureWithoutPoolingModel: ModelConfig = {
  name: 'Lecture CNN without pooling',
  inputShape: digit,
  layers: lectureModel.layers.filter(({ type }) => type !== 'maxPooling2d'),
};

/** The lecture's counterpart without convolutions: dense layers that together have exactly its 93,322 parameters. */
export const denseOnlyModel: ModelConfig = {
  name: 'Dense only',
  inputShape: digit,
  layers: [
    { type: 'flatten' },
    { type: 'dense', units: 104, activation: 'relu' },
    { type: 'dense', units: 90, activation: 'relu' },
    { type: 'dense', units: 22, activation: 'relu' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};

/** The pattern INPUT-CONV-RELU-POOL-FC as the lecture draws it for CIFAR-10, with 12 filters: 32→28→14→10 classes. */
export const lecturePatternModel: ModelConfig = {
  name: 'INPUT-CONV-RELU-POOL-FC',
  inputShape: smallPhoto,
  layers: [
    { type: 'conv2d', filters: 12, kernelSize: 5 },
    { type: 'activation', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'flatten' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};

/** LeNet-5 (LeCun, Bottou, Bengio & Haffner 1998) as it is written today: full connections, plain averages, softmax. */
export const leNet5Model: ModelConfig = {
  name: 'LeNet-5',
  inputShape: digit,
  layers: [
    { type: 'conv2d', filters: 6, kernelSize: 5, padding: 'same', activation: 'tanh' },
    { type: 'averagePooling2d' },
    { type: 'conv2d', filters: 16, kernelSize: 5, activation: 'tanh' },
    { type: 'averagePooling2d' },
    { type: 'flatten' },
    { type: 'dense', units: 120, activation: 'tanh' },
    { type: 'dense', units: 84, activation: 'tanh' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};

/** Pairs of 3×3 convolutions between poolings, after VGG (Simonyan & Zisserman 2015), for 32×32 images. */
export const smallVggModel: ModelConfig = {
  name: 'Small VGG',
  inputShape: smallPhoto,
  layers: [
    ...[32, 64, 128].flatMap((filters): readonly LayerConfig[] => [
      { type: 'conv2d', filters, kernelSize: 3, padding: 'same', activation: 'relu' },
      { type: 'conv2d', filters, kernelSize: 3, padding: 'same', activation: 'relu' },
      { type: 'maxPooling2d' },
    ]),
    { type: 'flatten' },
    { type: 'dense', units: 128, activation: 'relu' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};

/** The smallest residual network for CIFAR-10 of He, Zhang, Ren & Sun (2016), n = 1, with projection shortcuts. */
export const smallResNetModel: ModelConfig = {
  name: 'Small ResNet',
  inputShape: smallPhoto,
  layers: [
    ...convolution('stem', 'input', 16, 3, 1),
    { type: 'activation', activation: 'relu', name: 'stage0' },
    ...residualStage('stage1', 'stage0', 16, false),
    ...residualStage('stage2', 'stage1', 32, true),
    ...residualStage('stage3', 'stage2', 64, true),
    { type: 'globalAveragePooling2d' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};

/** Two convolutions beside a shortcut, which is a 1×1 convolution where the maps are halved; `name` is its output's. */
function residualStage(name: string, source: string, filters: number, halves: boolean): readonly LayerConfig[] {
  const strides = halves ? 2 : 1;
  return [
    ...convolution(`${name}_a`, source, filters, 3, strides),
    { type: 'activation', activation: 'relu', name: `${name}_a_relu` },
    ...convolution(`${name}_b`, `${name}_a_relu`, filters, 3, 1),
    ...(halves ? convolution(`${name}_shortcut`, source, filters, 1, strides) : []),
    { type: 'add', name: `${name}_sum`, inputs: [`${name}_b`, halves ? `${name}_shortcut` : source] },
    { type: 'activation', activation: 'relu', name },
  ];
}

/** A convolution without bias and its batch normalization, which has one; `name` is the latter's. */
function convolution(
  name: string,
  source: string,
  filters: number,
  kernelSize: number,
  strides: number,
): readonly LayerConfig[] {
  return [
    {
      type: 'conv2d',
      name: `${name}_conv`,
      inputs: [source],
      filters,
      kernelSize,
      strides,
      padding: 'same',
      useBias: false,
      kernelInitializer: 'heNormal',
    },
    { type: 'batchNormalization', name },
  ];
}

/** AlexNet (Krizhevsky, Sutskever & Hinton 2012) for 32×32 images: half its filters, an eighth of its units, smaller windows. */
export const alexNet32Model: ModelConfig = {
  name: 'AlexNet 32×32',
  inputShape: smallPhoto,
  layers: [
    { type: 'conv2d', filters: 48, kernelSize: 5, padding: 'same', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 3, strides: 2 },
    { type: 'conv2d', filters: 128, kernelSize: 5, padding: 'same', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 3, strides: 2 },
    { type: 'conv2d', filters: 192, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'conv2d', filters: 192, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'conv2d', filters: 128, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 3, strides: 2 },
    { type: 'flatten' },
    { type: 'dense', units: 512, activation: 'relu' },
    { type: 'dropout', rate: 0.5 },
    { type: 'dense', units: 512, activation: 'relu' },
    { type: 'dropout', rate: 0.5 },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};
