/** The names of all terms that the page explains. A type only: what is said of them is loaded when it is asked for. */

export type LayerTerm =
  | 'convolution'
  | 'depthwise-convolution'
  | 'separable-convolution'
  | 'transposed-convolution'
  | 'max-pooling'
  | 'average-pooling'
  | 'global-pooling'
  | 'padding-layer'
  | 'upsampling'
  | 'flatten'
  | 'reshape'
  | 'dense'
  | 'dropout'
  | 'spatial-dropout'
  | 'batch-normalization'
  | 'layer-normalization'
  | 'activation'
  | 'add'
  | 'concatenate';

export type ArgumentTerm =
  | 'filters'
  | 'kernel'
  | 'stride'
  | 'dilation'
  | 'padding'
  | 'groups'
  | 'pool-size'
  | 'depth-multiplier'
  | 'units'
  | 'bias'
  | 'initializer'
  | 'regularization'
  | 'constraint'
  | 'frozen'
  | 'dropout-rate'
  | 'normalization-momentum'
  | 'normalization-epsilon'
  | 'center-scale'
  | 'axis'
  | 'target-shape'
  | 'interpolation'
  | 'skip-connection';

export type ShapeTerm =
  | 'feature-map'
  | 'channel'
  | 'floor-formula'
  | 'unseen-cells'
  | 'flattened-size'
  | 'parameter'
  | 'mac'
  | 'receptive-field'
  | 'effective-field'
  | 'weight-sharing'
  | 'equivariance';

export type ActivationTerm =
  | 'linear'
  | 'relu'
  | 'leaky-relu'
  | 'elu'
  | 'selu'
  | 'gelu'
  | 'silu'
  | 'sigmoid'
  | 'tanh'
  | 'softplus'
  | 'softmax'
  | 'dead-unit';

export type TrainingTerm =
  | 'loss'
  | 'accuracy'
  | 'training-set'
  | 'validation'
  | 'test-set'
  | 'overfitting'
  | 'epoch'
  | 'step'
  | 'batch-size'
  | 'learning-rate'
  | 'seed'
  | 'gradient'
  | 'weight'
  | 'rewind'
  | 'augmentation'
  | 'probability'
  | 'confusion-matrix'
  | 'smoothing';

export type SaliencyTerm = 'saliency' | 'gradient-ascent';

export type OptimizerTerm =
  | 'optimizer'
  | 'rmsprop'
  | 'sgd'
  | 'adam'
  | 'adamw'
  | 'adagrad'
  | 'rho'
  | 'momentum'
  | 'nesterov'
  | 'centered'
  | 'epsilon'
  | 'beta1'
  | 'beta2'
  | 'accumulator'
  | 'weight-decay'
  | 'clipping'
  | 'schedule';

export type MachineTerm =
  | 'images-per-second'
  | 'step-time'
  | 'gflops'
  | 'gpu-memory'
  | 'dispatch'
  | 'submit'
  | 'timestamp'
  | 'autotuning'
  | 'colour-scale'
  | 'maps-show';

/** Everything that has an explanation. */
export type TermName =
  LayerTerm | ArgumentTerm | ShapeTerm | ActivationTerm | TrainingTerm | SaliencyTerm | OptimizerTerm | MachineTerm;
