/*
 * Plan. A table of models with the kernels that must come out, one after another: which activations are fused, which are ops of
 * their own, what costs nothing. Then every kernel of every model of the table and of its backward pass, for both kinds of
 * adapter: its constants are the shader's, it binds exactly what its entry point uses, and nothing it writes is bound twice.
 */
import { expect, test } from 'playwright/test';
import { compiledText, namesUsed, shaderText } from '../../../e2e/support/shader-files.ts';
import type { BufferSlice, Kernel, PlannedTensor } from '../gpu/kernel.ts';
import { readBindings } from '../gpu/wgsl/bindings.ts';
import { lectureModel } from '../model/presets.ts';
import { resolveModel } from '../model/resolve.ts';
import type { ResolvedModel } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { lowerModel, type LoweredModel } from './lower.ts';
import type { InputGradientMemory, Op, Target, Value, WeightGradientMemory } from './op.ts';

const codes = ['linear', 'relu', 'leakyRelu', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus', 'gelu', 'silu'];

function resolved(config: unknown): ResolvedModel {
  const resolution = resolveModel(config);
  if (!resolution.ok) throw new Error(resolution.issues[0]?.message);
  return resolution.model;
}

/** An op's memory: a tensor per value and gradient, slices of a buffer that nobody reads. */
function memoryOf(op: Op, target: Target, index = 0): InputGradientMemory & WeightGradientMemory {
  const slice: BufferSlice = { buffer: {} as GPUBuffer, offset: 0, size: 256 };
  const tensor = (label: string, cells: number): PlannedTensor => ({ label, sizeBytes: 4 * cells * target.batchSize });
  const of = (value: Value | undefined, label: string): PlannedTensor =>
    tensor(`${value?.id}${label}`, cellCount(value?.shape ?? []));
  const inputs = op.sources.map((source) => of(source, ''));
  const input = (at: number): PlannedTensor => inputs[at] ?? of(undefined, '');
  return {
    target,
    mode: 'training',
    batch: slice,
    state: { ...slice },
    inputs: input(0),
    input,
    ...{ outputs: of(op.result, ''), winners: undefined },
    outputsGrad: of(op.result, ' gradient'),
    inputsGrad: of(op.sources[index], ' gradient'),
    inputActivation: op.sources[index]?.activation ?? op.result.activation,
    ...{ scratch: tensor, table: tensor },
    weight: () => ({ ...slice }),
    master: () => ({ ...slice }),
    gradParts: () => ({ slice: { ...slice }, stride: 64 }),
  };
}

const machine = { isSoftware: true, hasQuads: false, choices: new Map<string, string>() };
const target: Target = { batchSize: 8, tunedBatchSize: 8, element: 'f32', ...machine };
const allOps = ({ ops, softmax }: LoweredModel): Op[] => (softmax ? [...ops, softmax] : [...ops]);

/** `layer: shader.entryPoint activation`, of all ops in order. */
function forwardKernels(model: ResolvedModel): string[] {
  return allOps(lowerModel(model, true)).flatMap((op) =>
    op.forward(memoryOf(op, target)).map(({ shader, entryPoint, constants }) => {
      const { activation } = constants;
      return `${op.layer}: ${shader}.${entryPoint}${typeof activation === 'number' ? ` ${codes[activation] ?? activation}` : ''}`;
    }),
  );
}

const flatten = { type: 'flatten' };
const softmax = { type: 'dense', units: 3, activation: 'softmax' };
const conv = { type: 'conv2d', filters: 4, kernelSize: 3 };
const image = (...layers: readonly unknown[]): ResolvedModel => resolved({ inputShape: [9, 8, 2], layers });

const models: readonly (readonly [title: string, model: ResolvedModel, kernels: readonly string[]])[] = [
  [
    'the lecture',
    resolved(lectureModel),
    [
      'conv2d_1: conv2d-forward.forward relu',
      'max_pooling2d_1: pooling2d.maxForward',
      'conv2d_2: conv2d-forward.forward relu',
      'max_pooling2d_2: pooling2d.maxForward',
      'conv2d_3: conv2d-forward.forward relu',
      'dense_1: dense.forward relu',
      'dense_2: dense.forward linear',
      'dense_2: softmax.forward',
    ],
  ],
  ...['linear', 'leakyRelu', 'sigmoid', 'tanh'].map(
    (activation) =>
      [
        `${activation} is fused into its layer`,
        image({ ...conv, activation, useBias: false }, { type: 'averagePooling2d' }, flatten, softmax),
        [
          `conv2d_1: conv2d-forward.forward ${activation}`,
          'average_pooling2d_1: pooling2d.averageForward',
          'dense_1: dense.forward linear',
          'dense_1: softmax.forward',
        ],
      ] as const,
  ),
  [
    'activations that stand alone',
    image({ ...conv, activation: 'relu' }, { type: 'activation', activation: 'tanh' }, flatten, softmax),
    [
      'conv2d_1: conv2d-forward.forward relu',
      'activation_1: elementwise.forward tanh',
      'dense_1: dense.forward linear',
      'dense_1: softmax.forward',
    ],
  ],
  [
    'softmax inside and as a layer of its own',
    image(
      { ...conv, activation: 'softmax' },
      flatten,
      { ...softmax, activation: 'sigmoid' },
      { type: 'activation', activation: 'softmax' },
    ),
    [
      'conv2d_1: conv2d-forward.forward linear',
      'conv2d_1: softmax.forward',
      'dense_1: dense.forward sigmoid',
      'activation_1: softmax.forward',
    ],
  ],
  [
    'replicate padding is an op',
    image({ ...conv, padding: 'replicate', activation: 'relu' }, { ...conv, padding: 'replicate' }, flatten, softmax),
    [
      'conv2d_1: padding2d.forward',
      'conv2d_1: conv2d-forward.forward relu',
      'conv2d_2: padding2d.forward',
      'conv2d_2: conv2d-forward.forward linear',
      'dense_1: dense.forward linear',
      'dense_1: softmax.forward',
    ],
  ],
  [
    'strides beyond registers',
    image(
      { ...conv, padding: 'same', activation: 'relu' },
      { ...conv, kernelSize: 9, strides: [8, 9], padding: 'same' },
      flatten,
      softmax,
    ),
    [
      'conv2d_1: conv2d-forward.forward relu',
      'conv2d_2: conv2d-forward.forward linear',
      'dense_1: dense.forward linear',
      'dense_1: softmax.forward',
    ],
  ],
  [
    'nothing but softmax',
    image(flatten, { type: 'activation', activation: 'softmax' }),
    ['activation_1: softmax.forward'],
  ],
  [
    'pools and standing activations behind activations',
    image(
      { ...conv, padding: 'same', activation: 'relu' },
      { type: 'maxPooling2d' },
      { type: 'activation', activation: 'sigmoid' },
      { type: 'averagePooling2d', poolSize: 2, strides: 1 },
      { type: 'activation', activation: 'softmax' },
      flatten,
      { type: 'dense', units: 4, activation: 'tanh', useBias: false },
      softmax,
    ),
    [
      'conv2d_1: conv2d-forward.forward relu',
      'max_pooling2d_1: pooling2d.maxForward',
      'activation_1: elementwise.forward sigmoid',
      'average_pooling2d_1: pooling2d.averageForward',
      'activation_2: softmax.forward',
      'dense_1: dense.forward tanh',
      'dense_2: dense.forward linear',
      'dense_2: softmax.forward',
    ],
  ],
  [
    'padding, upsampling, joining and pooling of whole planes, a large one in two stages; a reshape costs nothing',
    image(
      { ...conv, activation: 'relu' },
      { type: 'zeroPadding2d' },
      { type: 'padding2d', mode: 'reflect' },
      { type: 'upSampling2d' },
      { type: 'upSampling2d', interpolation: 'bilinear', size: [1, 2] },
      { type: 'add', inputs: ['up_sampling2d_2', 'up_sampling2d_2'] },
      { type: 'concatenate', inputs: ['add_1', 'up_sampling2d_2'] },
      { type: 'globalMaxPooling2d', keepdims: true },
      { type: 'reshape', targetShape: [2, 2, 2] },
      { type: 'globalAveragePooling2d' },
      softmax,
    ),
    [
      'conv2d_1: conv2d-forward.forward relu',
      'zero_padding2d_1: padding2d.forward',
      'padding2d_1: padding2d.forward',
      'up_sampling2d_1: up-sampling2d.nearestForward',
      'up_sampling2d_2: up-sampling2d.bilinearForward',
      'add_1: add.forward',
      'concatenate_1: concatenate.forward',
      'concatenate_1: concatenate.forward',
      'global_max_pooling2d_1: global-pooling2d.maxParts',
      'global_max_pooling2d_1: global-pooling2d.maxJoin',
      'global_average_pooling2d_1: global-pooling2d.averageForward',
      'dense_1: dense.forward linear',
      'dense_1: softmax.forward',
    ],
  ],
];

for (const [title, model, kernels] of models) test(title, () => expect(forwardKernels(model)).toEqual(kernels));

test('each op reads what the one before wrote, and a flatten is the same memory in another shape', () => {
  for (const [, model] of models) {
    const lowered = lowerModel(model, true);
    const ids = allOps(lowered).map(({ sources, result }) => [sources[0]?.id, result.id]);
    expect(ids[0]?.[0]).toBe('input');
    ids.slice(1).forEach(([source], index) => expect(source).toBe(ids[index]?.[1]));
    expect(lowered.head).toBe(lowered.softmax?.sources[0]);
    expect(lowered.output).toBe(lowered.softmax?.result);
    for (const layer of model.layers) expect(lowered.values.get(layer.name)?.shape).toEqual(layer.outputShape);
  }
  const { values } = lowerModel(resolved(lectureModel), true);
  expect(values.get('flatten_1')).toEqual({ ...values.get('conv2d_3'), shape: [576] });
});

test('behind a replicate padding the convolution sees a larger input and no padding', () => {
  const { ops } = lowerModel(image({ ...conv, padding: 'replicate' }, flatten, softmax), true);
  const constants = ops.slice(0, 2).map((op) => op.forward(memoryOf(op, target))[0]?.constants);
  const sizes = { inputHeight: 9, inputWidth: 8, outputHeight: 11, outputWidth: 10, padTop: 1, padLeft: 1 };
  expect(constants[0]).toMatchObject(sizes);
  expect(constants[1]).toMatchObject({
    inputHeight: 11,
    inputWidth: 10,
    outputHeight: 9,
    outputWidth: 8,
    padTop: 0,
    isPadded: false,
  });
});

test('the gradient asks for the activation of the layer before', () => {
  const { ops } = lowerModel(
    image({ ...conv, activation: 'tanh' }, { ...conv, activation: 'relu' }, flatten, softmax),
    true,
  );
  const gradients = ops.map((op) => op.inputGradient(memoryOf(op, target), 0)[0]);
  expect(gradients.map((kernel) => codes[Number(kernel?.constants['activation'])])).toEqual(['linear', 'tanh', 'relu']);
  expect(gradients.map((kernel) => 'inputs' in (kernel?.bindings ?? {}))).toEqual([false, true, true]);
});

test('the gradient by the inputs of large strides needs no tiles', () => {
  const shaders = [8, 9].map((strides) => {
    const { ops } = lowerModel(image({ ...conv, kernelSize: 8, strides, padding: 'same' }, flatten, softmax), true);
    return ops[0]
      ?.inputGradient(memoryOf(ops[0], target), 0)
      .map(({ shader, invocations }) => [shader, invocations])[0];
  });
  expect(shaders.map((pair) => pair?.[0])).toEqual(['conv2d-input-gradient', 'conv2d-input-gradient-plain']);
  expect(shaders[1]?.[1]).toBe(8 * 9 * 8 * 2);
});

test('a model without softmax at its end is a programmer’s mistake', () => {
  const model = image(conv, flatten, softmax);
  const layers = model.layers.slice(0, 1);
  expect(() => lowerModel({ ...model, layers }, true)).toThrow('model: its last layer must have softmax.');
});

function kernelsOf(model: ResolvedModel, isSoftware: boolean): Kernel[] {
  return allOps(lowerModel(model, true)).flatMap((op) => {
    const memory = memoryOf(op, { ...target, isSoftware });
    return [
      ...op.forward(memory),
      ...(op.weightGradient?.kernels(memory) ?? []),
      ...op.sources.flatMap((_, index) => op.inputGradient(memoryOf(op, { ...target, isSoftware }, index), index)),
    ];
  });
}

for (const [title, model] of models) {
  test(`${title}: kernels bind what they use, once`, () => {
    for (const kernel of [...kernelsOf(model, true), ...kernelsOf(model, false)]) {
      const declared = readBindings(shaderText(kernel.shader), kernel.shader);
      const used = namesUsed(compiledText(kernel), kernel.entryPoint, [...declared.keys()]);
      expect(Object.keys(kernel.bindings).sort(), kernel.label).toEqual(used.sort());
      const written = used
        .filter((name) => declared.get(name)?.type === 'storage')
        .map((name) => kernel.bindings[name]);
      const others = Object.values(kernel.bindings).filter((resource) => !written.includes(resource));
      expect(new Set(written).size + others.length, kernel.label).toBe(used.length);
      expect(kernel.invocations, kernel.label).toBeGreaterThan(0);
    }
  });
}
