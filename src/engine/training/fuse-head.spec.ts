/*
 * Plan. A table of models and losses: where head.wgsl must take the place of the last dense layer, the loss and the gradient by
 * that layer's inputs, and where it must not: no cross-entropy, logits with an activation or more than one reader, many
 * logits, a large kernel, nothing to be learned before it. Fused, the step has two kernels fewer, none of them touches the
 * logits, all others are the same objects in the same order, and the head is bound to what the three were bound to.
 * Not fused, the step is what it was.
 */
import { expect, test } from 'playwright/test';
import { namesUsed, shaderText } from '../../../e2e/support/shader-files.ts';
import { readBindings } from '../gpu/wgsl/bindings.ts';
import { specialise } from '../gpu/wgsl/specialise.ts';
import { lowerModel } from '../layers/lower.ts';
import type { Target } from '../layers/op.ts';
import { resolveLoss } from '../model/loss.ts';
import { lectureModel } from '../model/presets.ts';
import { resolveModel } from '../model/resolve.ts';
import { fuseHead, type StepParts } from './fuse-head.ts';
import { fusesSoftmax } from './losses.ts';
import { Pass } from './pass.ts';
import { StepKernels } from './step-kernels.ts';

const software: Target = {
  ...{ batchSize: 8, tunedBatchSize: 8, element: 'f32', isSoftware: true, hasQuads: false },
  choices: new Map(),
};
const hardware: Target = { ...software, isSoftware: false };

function stepOf(config: unknown, target: Target, lossConfig: unknown): { step: StepParts; logits: unknown } {
  const resolution = resolveModel(config, { loss: lossConfig });
  if (!resolution.ok) throw new Error(resolution.issues[0]?.message);
  const { loss } = resolveLoss(lossConfig);
  const lowered = lowerModel(resolution.model, fusesSoftmax(loss));
  const slice = () => ({ buffer: {} as GPUBuffer, offset: 0, size: 256 });
  const weights = { weight: slice, master: slice, parts: () => ({ slice: slice(), stride: 64 }) };
  const pass = new Pass(lowered, target, slice(), weights);
  const state = slice();
  const kernels = new StepKernels(lowered, target, pass, loss);
  const step = { forward: pass.forward('training', state), loss: kernels.loss(state), backward: pass.backward(state) };
  return { step, logits: pass.tensor(lowered.head) };
}

const flatten = { type: 'flatten' };
const conv = { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'relu' };
const softmax = { type: 'dense', units: 5, activation: 'softmax' };
const image = (...layers: readonly unknown[]) => ({ inputShape: [6, 6, 2], layers: [conv, flatten, ...layers] });
const linear = { type: 'dense', units: 5 };
const l2 = { type: 'l1l2', l1: 0, l2: 0.01 };

interface Row {
  readonly title: string;
  readonly config: unknown;
  readonly loss?: unknown;
  readonly isFused: boolean;
  readonly target?: Target;
}

const rows: readonly Row[] = [
  { title: 'the lecture', config: lectureModel, isFused: true },
  { title: 'the lecture on a graphics card', config: lectureModel, isFused: true, target: hardware },
  { title: 'in half precision', config: image(softmax), isFused: true, target: { ...hardware, element: 'f16' } },
  { title: 'without a bias', config: image({ ...softmax, useBias: false }), isFused: true },
  { title: 'softmax as a layer', config: image(linear, { type: 'activation', activation: 'softmax' }), isFused: true },
  {
    title: 'smoothed labels of logits',
    config: image(linear),
    loss: { type: 'categoricalCrossentropy', labelSmoothing: 0.1, fromLogits: true },
    isFused: true,
  },
  {
    title: 'behind a pooling',
    config: { inputShape: [6, 6, 2], layers: [conv, { type: 'maxPooling2d' }, flatten, softmax] },
    isFused: true,
  },
  { title: '32 logits of 64 numbers', config: image({ ...softmax, units: 32 }), isFused: true },
  { title: 'more numbers than a CPU reads', config: image({ ...softmax, units: 33 }), isFused: false },
  { title: 'as many on a card', config: image({ ...softmax, units: 64 }), isFused: true, target: hardware },
  { title: 'more logits than registers', config: image({ ...softmax, units: 65 }), isFused: false, target: hardware },
  { title: 'a squared error', config: image(linear), loss: 'meanSquaredError', isFused: false },
  { title: 'a squared error of softmax', config: image(softmax), loss: 'meanSquaredError', isFused: false },
  {
    title: 'logits with an activation',
    config: image({ ...linear, activation: 'relu' }, { type: 'activation', activation: 'softmax' }),
    isFused: false,
  },
  { title: 'a penalty on the probabilities', config: image({ ...softmax, activityRegularizer: l2 }), isFused: false },
  { title: 'nothing before it', config: { inputShape: [4, 4, 1], layers: [flatten, softmax] }, isFused: false },
  {
    title: 'a convolution that makes the logits',
    config: {
      inputShape: [6, 6, 2],
      layers: [conv, { type: 'globalAveragePooling2d' }, { type: 'activation', activation: 'softmax' }],
    },
    isFused: false,
  },
];

for (const { title, config, loss = 'sparseCategoricalCrossentropy', isFused, target = software } of rows) {
  test(`${title}: ${isFused ? 'fused' : 'left as it is'}`, () => {
    const { step, logits } = stepOf(config, target, loss);
    const fused = fuseHead(step, target);
    if (!isFused) {
      expect(fused).toBe(step);
      return;
    }
    const [before, after] = [step, fused].map(({ forward, loss, backward }) => [...forward, ...loss, ...backward]);
    const head = after?.find(({ shader }) => shader === 'head');
    if (!head) throw new Error('there must be a head');
    expect(after?.filter((kernel) => kernel !== head)).toEqual(before?.filter((kernel) => after?.includes(kernel)));
    expect(after).toHaveLength((before?.length ?? 0) - 2);
    expect(after?.some(({ bindings }) => Object.values(bindings).includes(logits as never))).toBe(false);
    const gone = before?.filter((kernel) => !after?.includes(kernel)) ?? [];
    expect(gone.map(({ shader, entryPoint }) => `${shader}.${entryPoint}`)).toEqual([
      'dense.forward',
      'cross-entropy.loss',
      'dense.inputGradient',
    ]);
    const bound = new Set(gone.flatMap(({ bindings }) => Object.values(bindings)).filter((held) => held !== logits));
    expect(Object.values(head.bindings).every((held) => bound.has(held))).toBe(true);
    expect(head.element).toBe(gone[0]?.element);
  });
}

for (const target of [software, hardware]) {
  test(`the head of a ${target.isSoftware ? 'CPU' : 'card'} binds what its entry point uses`, () => {
    const { step } = stepOf(lectureModel, target, 'sparseCategoricalCrossentropy');
    const head = fuseHead(step, target).loss[0];
    if (!head) throw new Error('there must be a head');
    const constants = { ...head.constants, workgroupSize: head.workgroupSize };
    const text = specialise(shaderText(head.shader), head.entryPoint, constants);
    const declared = [...readBindings(text, head.shader).keys()];
    expect(Object.keys(head.bindings).sort()).toEqual(namesUsed(text, head.entryPoint, declared).sort());
  });
}
