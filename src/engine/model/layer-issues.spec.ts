/*
 * Plan. What can be wrong in each field of each layer type, in an initializer, a regularizer and a constraint: one model per rule, refused with one
 * issue at its layer, whose words are told in the row. Layers that join say which shapes they were given.
 */
import { expect, test } from 'playwright/test';
import { initializerNames } from './initializer-config.ts';
import { checkModel } from './resolve.ts';

const conv = { name: 'conv', type: 'conv2d', filters: 2, kernelSize: 3 };
const flatten = { name: 'flatten', type: 'flatten' };
const last = { name: 'last', type: 'dense', units: 3, activation: 'softmax' };
const model = (...layers: readonly object[]) => ({ inputShape: [8, 8, 1], layers });
const withConv = (change: object) => model({ ...conv, ...change }, flatten, last);
const withLast = (change: object) => model(conv, flatten, { ...last, ...change });
const withFirst = (layer: object, ...before: readonly object[]) =>
  model(...before, { name: 'first', ...layer }, flatten, last);
const narrow = { name: 'narrow', type: 'conv2d', filters: 1, kernelSize: 2 };

type BadField = readonly [config: object, words: string];

const plainRows: readonly BadField[] = [
  [withConv({ filters: 1.5 }), 'filters must be a whole number from 1 to 4096. Received filters=1.5.'],
  [withConv({ filters: undefined }), 'filters must be a whole number from 1 to 4096. Received filters=undefined.'],
  [
    withConv({ kernelSize: [3, 0] }),
    'kernelSize must be one or two whole numbers from 1 to 1024. Received kernelSize=[3,0].',
  ],
  [withConv({ strides: '2' }), 'strides must be one or two whole numbers from 1 to 1024. Received strides="2".'],
  [withConv({ dilationRate: [1, 1, 1] }), 'dilationRate must be one or two whole numbers'],
  [
    withConv({ padding: 'full' }),
    'padding must be valid, same, replicate or [[top, bottom], [left, right]]. Received padding="full".',
  ],
  [
    withConv({
      padding: [
        [0, -1],
        [0, 0],
      ],
    }),
    'Received padding=[[0,-1],[0,0]].',
  ],
  [
    withConv({ activation: 'swish' }),
    'activation must be one of linear, relu, leakyRelu, elu, selu, gelu, silu, sigmoid, tanh, softplus, softmax. Received activation="swish".',
  ],
  [withConv({ negativeSlope: -1 }), 'negativeSlope must be a number from 0 to 1000. Received negativeSlope=-1.'],
  [withConv({ useBias: 1 }), 'useBias must be true or false. Received useBias=1.'],
  [
    withConv({ kernelInitializer: 'he' }),
    `kernelInitializer must be one of ${initializerNames.join(', ')}, or an object`,
  ],
  [
    withConv({ kernelInitializer: { type: 'constant', value: 'x' } }),
    'kernelInitializer: value must be a finite number. Received value="x".',
  ],
  [
    withConv({ kernelInitializer: { type: 'randomNormal', stddev: -1 } }),
    'stddev must be a number ≥ 0. Received stddev=-1.',
  ],
  [
    withConv({ kernelInitializer: { type: 'varianceScaling', mode: 'fan' } }),
    'mode must be one of fanIn, fanOut, fanAvg.',
  ],
  [withConv({ kernelInitializer: {} }), 'kernelInitializer: type must be one of constant, randomNormal'],
  [withConv({ name: 'a b' }), 'name must be 1 to 64 letters'],
  [withLast({ units: 16_385 }), 'units must be a whole number from 1 to 16384. Received units=16385.'],
  [
    { ...model(conv, flatten, last), inputShape: [28, 28] },
    'inputShape must be [height, width, channels], each from 1 to 4096. Received inputShape=[28,28].',
  ],
  [
    { inputShape: [8, 8, 1], layers: [{ name: 'act', type: 'activation' }, flatten, last] },
    'activation must be given. Received activation=undefined.',
  ],
  [
    { inputShape: [8, 8, 1], layers: [{ name: 'pool', type: 'maxPooling2d', padding: 'replicate' }, flatten, last] },
    'padding must be one of valid, same.',
  ],
];
const regularizerRows: readonly BadField[] = [
  [withConv({ kernelRegularizer: 'l3' }), 'kernelRegularizer must be one of l1, l2, l1l2, or an object with a type.'],
  [withConv({ biasRegularizer: null }), 'biasRegularizer must be one of l1, l2, l1l2, or an object'],
  [
    withConv({ activityRegularizer: {} }),
    'activityRegularizer: type must be one of l1, l2, l1l2. Received type=undefined.',
  ],
  [
    withLast({ kernelRegularizer: { type: 'l2', l2: -1 } }),
    'kernelRegularizer: l2 must be a number ≥ 0. Received l2=-1.',
  ],
];

const constraintRows: readonly BadField[] = [
  [withConv({ kernelConstraint: 'norm' }), 'kernelConstraint must be one of nonNeg, unitNorm, maxNorm, minMaxNorm, or'],
  [withConv({ biasConstraint: {} }), 'biasConstraint: type must be one of nonNeg, unitNorm, maxNorm, minMaxNorm.'],
  [
    withConv({ kernelConstraint: { type: 'maxNorm', axis: 4 } }),
    'kernelConstraint: axis must be one axis or a list of different axes, from 0 to 3, or counted from the end by −1 and below. Received axis=4.',
  ],
  [withConv({ kernelConstraint: { type: 'unitNorm', axis: [0, -4] } }), 'Received axis=[0,-4].'],
  [withConv({ kernelConstraint: { type: 'unitNorm', axis: [] } }), 'Received axis=[].'],
  [withLast({ kernelConstraint: { type: 'unitNorm', axis: 2 } }), 'a list of different axes, from 0 to 1,'],
  [withConv({ biasConstraint: { type: 'unitNorm', axis: 1 } }), 'a list of different axes, 0, or counted'],
  [
    withConv({ kernelConstraint: { type: 'minMaxNorm', minValue: 2 } }),
    'kernelConstraint: minValue must not be above maxValue. Received minValue=2, maxValue=1.',
  ],
  [
    withConv({ kernelConstraint: { type: 'minMaxNorm', rate: 2 } }),
    'rate must be a number from 0 to 1. Received rate=2.',
  ],
  [
    withConv({ kernelConstraint: { type: 'maxNorm', maxValue: -1 } }),
    'maxValue must be a number ≥ 0. Received maxValue=-1.',
  ],
];

const layerRows: readonly BadField[] = [
  [withConv({ trainable: 'no' }), 'trainable must be true or false. Received trainable="no".'],
  [
    withConv({ groups: 3 }),
    'groups must divide the input channels and the filters. Received groups=3, channels=1, filters=2.',
  ],
  [
    withFirst({ type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 0 }),
    'depthMultiplier must be a whole number from 1 to 4096. Received depthMultiplier=0.',
  ],
  [
    withFirst({ type: 'conv2dTranspose', filters: 1, kernelSize: 2, padding: 'replicate' }),
    'padding must be one of valid, same.',
  ],
  [withFirst({ type: 'globalMaxPooling2d', keepdims: 1 }), 'keepdims must be true or false. Received keepdims=1.'],
  [
    withFirst({ type: 'zeroPadding2d', padding: -1 }),
    'padding must be cells from 0 to 1024: one number, [rows, columns] or [[top, bottom], [left, right]]. Received padding=-1.',
  ],
  [withFirst({ type: 'zeroPadding2d', padding: [1, [2, 2]] }), 'Received padding=[1,[2,2]].'],
  [withFirst({ type: 'padding2d' }), 'mode must be one of reflect, replicate. Received mode=undefined.'],
  [
    withFirst({ type: 'padding2d', mode: 'reflect', padding: [8, 0] }),
    "padding must be below the input's size to be reflected. Received padding=[[8,8],[0,0]], inputs=[8, 8, 1].",
  ],
  [
    withFirst({ type: 'upSampling2d', size: 0 }),
    'size must be one or two whole numbers from 1 to 1024. Received size=0.',
  ],
  [withFirst({ type: 'upSampling2d', interpolation: 'cubic' }), 'interpolation must be one of nearest, bilinear.'],
  [
    withFirst({ type: 'reshape', targetShape: [3, -1] }),
    'targetShape must hold as many numbers as the input, 64. Received targetShape=[3,-1], inputs=[8, 8, 1].',
  ],
  [withFirst({ type: 'reshape', targetShape: [8, 9] }), 'targetShape must hold as many numbers as the input, 64.'],
  ...[undefined, [], [-1, -1], [0, 64], [2, 2, 2, 8], [1.5], '64'].map((targetShape): BadField => [
    withFirst({ type: 'reshape', targetShape }),
    'targetShape must be a list of one to three sizes of at least 1, of which one may be −1. Received targetShape=',
  ]),
  [withFirst({ type: 'dropout' }), 'rate must be a number ≥ 0 and < 1. Received rate=undefined.'],
  [withFirst({ type: 'spatialDropout2d', rate: 1 }), 'rate must be a number ≥ 0 and < 1. Received rate=1.'],
  [
    withFirst({ type: 'batchNormalization', momentum: 1.5 }),
    'momentum must be a number from 0 to 1. Received momentum=1.5.',
  ],
  [
    withFirst({ type: 'batchNormalization', epsilon: 0 }),
    'epsilon must be a number from 1e-12 to 1000. Received epsilon=0.',
  ],
  [
    withFirst({ type: 'layerNormalization', axis: 0 }),
    'axis must be one axis or a list of different axes, from 1 to 3,',
  ],
  [
    withFirst({ type: 'layerNormalization', axis: [1, 3] }),
    'axis must be the last axes, such as −1 or [1, 2, 3]. Received axis=[1,3].',
  ],
  [
    withFirst({ type: 'concatenate', axis: 4, inputs: ['input', 'input'] }),
    'axis must be one axis or a list of different axes, from 1 to 3,',
  ],
  [
    withFirst({ type: 'concatenate', axis: [1, 2], inputs: ['input', 'input'] }),
    'axis must be one axis. Received axis=[1,2].',
  ],
];

for (const [index, [config, words]] of [...plainRows, ...regularizerRows, ...constraintRows, ...layerRows].entries()) {
  test(`row ${index + 1}: ${words}`, () => {
    const [issue, ...more] = checkModel(config);
    expect(more).toEqual([]);
    expect(issue?.code).toBe('badValue');
    expect(issue?.message).toContain(words);
    expect(issue?.message).toMatch(/^[^:]+: .+\. Received [\w ]+=.+\.$/);
    expect(issue?.message.startsWith(`${issue.layer}: `)).toBe(true);
  });
}

const joins: readonly (readonly [config: object, message: string])[] = [
  [
    withFirst({ type: 'add', inputs: ['input', 'narrow'] }, narrow),
    'first: needs inputs of one shape. Received inputs=[8, 8, 1], [7, 7, 1].',
  ],
  [
    withFirst({ type: 'concatenate', inputs: ['narrow', 'input'] }, narrow),
    'first: needs inputs that differ along axis 3 only. Received inputs=[7, 7, 1], [8, 8, 1].',
  ],
  [withFirst({ type: 'add', inputs: ['input'] }), 'first: inputs must name 2 to 16 layers. Received inputs=["input"].'],
  [withLast({ inputs: [] }), 'last: inputs must name one layer. Received inputs=[].'],
  [
    withFirst({ type: 'add', inputs: ['input', 'late'] }),
    'first: inputs must name layers before it. Received inputs=["input","late"].',
  ],
];
for (const [config, message] of joins) {
  test(message, () => expect(checkModel(config).map((issue) => issue.message)).toEqual([message]));
}
