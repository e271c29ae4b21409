/** Which term explains a layer, an argument of it, an activation or a setting of the training. Knows no texts. */
import type { ActivationName, LayerConfig, LayerType } from '../../engine/model/config.ts';
import type { OptimizerConfig, OptimizerType } from '../../engine/model/training-config.ts';
import type { Hyperparameters } from '../../worker/protocol.ts';
import type { ActivationTerm, LayerTerm, OptimizerTerm, TermName } from './term-name.ts';

type KeysOf<T> = T extends unknown ? keyof T : never;

/** Every argument that some layer has, but for what it is and what it is called. */
export type LayerArgument = Exclude<KeysOf<LayerConfig>, 'type' | 'name'>;

/** Every setting that some optimizer has. */
export type OptimizerSetting = Exclude<KeysOf<OptimizerConfig>, 'type'>;

/** By the layer's type. */
export const layerTerms: Readonly<Record<LayerType, LayerTerm>> = {
  conv2d: 'convolution',
  depthwiseConv2d: 'depthwise-convolution',
  separableConv2d: 'separable-convolution',
  conv2dTranspose: 'transposed-convolution',
  maxPooling2d: 'max-pooling',
  averagePooling2d: 'average-pooling',
  globalAveragePooling2d: 'global-pooling',
  globalMaxPooling2d: 'global-pooling',
  zeroPadding2d: 'padding-layer',
  padding2d: 'padding-layer',
  upSampling2d: 'upsampling',
  flatten: 'flatten',
  reshape: 'reshape',
  dense: 'dense',
  dropout: 'dropout',
  spatialDropout2d: 'spatial-dropout',
  batchNormalization: 'batch-normalization',
  layerNormalization: 'layer-normalization',
  activation: 'activation',
  add: 'add',
  concatenate: 'concatenate',
};

/** By the argument's name in the config. */
export const argumentTerms: Readonly<Record<LayerArgument, TermName>> = {
  filters: 'filters',
  kernelSize: 'kernel',
  strides: 'stride',
  padding: 'padding',
  mode: 'padding',
  dilationRate: 'dilation',
  groups: 'groups',
  poolSize: 'pool-size',
  depthMultiplier: 'depth-multiplier',
  units: 'units',
  activation: 'activation',
  negativeSlope: 'leaky-relu',
  useBias: 'bias',
  kernelInitializer: 'initializer',
  biasInitializer: 'initializer',
  depthwiseInitializer: 'initializer',
  pointwiseInitializer: 'initializer',
  betaInitializer: 'initializer',
  gammaInitializer: 'initializer',
  movingMeanInitializer: 'initializer',
  movingVarianceInitializer: 'initializer',
  kernelRegularizer: 'regularization',
  biasRegularizer: 'regularization',
  depthwiseRegularizer: 'regularization',
  pointwiseRegularizer: 'regularization',
  betaRegularizer: 'regularization',
  gammaRegularizer: 'regularization',
  activityRegularizer: 'regularization',
  kernelConstraint: 'constraint',
  biasConstraint: 'constraint',
  depthwiseConstraint: 'constraint',
  pointwiseConstraint: 'constraint',
  betaConstraint: 'constraint',
  gammaConstraint: 'constraint',
  trainable: 'frozen',
  inputs: 'skip-connection',
  rate: 'dropout-rate',
  momentum: 'normalization-momentum',
  epsilon: 'normalization-epsilon',
  center: 'center-scale',
  scale: 'center-scale',
  axis: 'axis',
  targetShape: 'target-shape',
  size: 'upsampling',
  interpolation: 'interpolation',
  keepdims: 'global-pooling',
};

/** By the activation's name. */
export const activationTerms: Readonly<Record<ActivationName, ActivationTerm>> = {
  linear: 'linear',
  relu: 'relu',
  leakyRelu: 'leaky-relu',
  elu: 'elu',
  selu: 'selu',
  gelu: 'gelu',
  silu: 'silu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softplus: 'softplus',
  softmax: 'softmax',
};

/** By the optimizer's type. */
export const optimizerTerms: Readonly<Record<OptimizerType, OptimizerTerm>> = {
  rmsprop: 'rmsprop',
  sgd: 'sgd',
  adam: 'adam',
  adamw: 'adamw',
  adagrad: 'adagrad',
};

/** By the setting's name in an optimizer's config. */
export const optimizerSettingTerms: Readonly<Record<OptimizerSetting, TermName>> = {
  learningRate: 'learning-rate',
  weightDecay: 'weight-decay',
  clipnorm: 'clipping',
  globalClipnorm: 'clipping',
  clipvalue: 'clipping',
  rho: 'rho',
  momentum: 'momentum',
  epsilon: 'epsilon',
  centered: 'centered',
  nesterov: 'nesterov',
  beta1: 'beta1',
  beta2: 'beta2',
  initialAccumulatorValue: 'accumulator',
};

/** By the name of a setting of the training. */
export const settingTerms: Readonly<Record<keyof Hyperparameters, TermName>> = {
  optimizer: 'optimizer',
  batchSize: 'batch-size',
  epochs: 'epoch',
  seed: 'seed',
  loss: 'loss',
};
