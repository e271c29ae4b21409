/*
 * Plan. Every loss by name and as an object, with Keras's defaults; what is broken in one is told under `loss` and never thrown.
 * Then what each loss asks of the last layer: a table of outputs and losses, allowed or refused, with the message and the fix.
 */
import { expect, test } from 'playwright/test';
import { defaultLoss, resolveLoss } from './loss.ts';
import { checkModel, resolveModel } from './resolve.ts';

const crossEntropies = ['sparseCategoricalCrossentropy', 'categoricalCrossentropy'];
const others = ['meanSquaredError', 'hinge', 'categoricalHinge'];

for (const type of [...crossEntropies, ...others]) {
  test(`${type} by name and as an object`, () => {
    const loss = { type, fromLogits: false, labelSmoothing: 0 };
    expect(resolveLoss(type)).toEqual({ loss, issues: [] });
    expect(resolveLoss({ type })).toEqual({ loss, issues: [] });
  });
}

test('a cross-entropy’s arguments, and the loss when none is given', () => {
  const config = { type: 'categoricalCrossentropy', fromLogits: true, labelSmoothing: 0.1 };
  expect(resolveLoss(config)).toEqual({ loss: config, issues: [] });
  expect(resolveLoss(undefined)).toEqual({ loss: defaultLoss, issues: [] });
  expect(defaultLoss).toEqual({ type: 'sparseCategoricalCrossentropy', fromLogits: false, labelSmoothing: 0 });
});

const cross = { type: 'categoricalCrossentropy' };
const broken: readonly (readonly [config: unknown, code: string, words: string])[] = [
  [
    null,
    'notAnObject',
    'loss: must be one of sparseCategoricalCrossentropy, categoricalCrossentropy, meanSquaredError',
  ],
  [3, 'notAnObject', 'Received loss=3.'],
  ['mse', 'badValue', 'loss: type must be one of sparseCategoricalCrossentropy'],
  [{}, 'badValue', 'Received type=undefined.'],
  [
    { ...cross, labelSmoothing: 1 },
    'badValue',
    'loss: labelSmoothing must be a number ≥ 0 and < 1. Received labelSmoothing=1.',
  ],
  [{ ...cross, fromLogits: 'yes' }, 'badValue', 'loss: fromLogits must be true or false. Received fromLogits="yes".'],
  [{ ...cross, smoothing: 0.1 }, 'unknownField', 'there is no field "smoothing"'],
  [{ type: 'hinge', fromLogits: true }, 'unknownField', 'there is no field "fromLogits"'],
];
for (const [config, code, words] of broken) {
  test(`a broken loss: ${words}`, () => {
    const { loss, issues } = resolveLoss(config);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ layer: 'loss', code });
    expect(issues[0]?.message).toMatch(/^loss: .+\. Received \w+=.+\.$/);
    expect(issues[0]?.message).toContain(words);
    expect(loss.labelSmoothing).toBe(0);
    expect(checkModel(modelWith({ activation: 'softmax' }), { loss: config })).toEqual(issues);
  });
}

const flat = { type: 'flatten' };
const modelWith = (last: object) => ({
  inputShape: [4, 4, 1],
  layers: [flat, { type: 'dense', units: 3, name: 'last', ...last }],
});
const maps = { inputShape: [4, 4, 1], layers: [{ type: 'conv2d', name: 'last', filters: 1, kernelSize: 1 }] };
const plain = { inputShape: [4, 4, 3], layers: [{ type: 'globalAveragePooling2d', name: 'last' }] };
const logits = { ...cross, fromLogits: true };

const outputs: readonly (readonly [model: object, loss: unknown, refusal?: string, fix?: string])[] = [
  ...crossEntropies.map((loss) => [modelWith({ activation: 'softmax' }), loss] as const),
  ...crossEntropies.map(
    (loss) =>
      [
        modelWith({ activation: 'sigmoid' }),
        loss,
        'last: the last layer must give one probability per class, so it needs a flat output and softmax. Received outputs=[3], activation=sigmoid.',
        'softmax',
      ] as const,
  ),
  [
    plain,
    undefined,
    'last: the last layer must give one probability per class, so it needs a flat output and softmax. Received outputs=[3].',
  ],
  [modelWith({}), logits],
  [modelWith({ activation: 'tanh' }), logits],
  [plain, logits],
  [
    modelWith({ activation: 'softmax' }),
    logits,
    'last: the loss takes logits, so the last layer needs a flat output and another activation than softmax. Received outputs=[3], activation=softmax.',
    'linear',
  ],
  [
    maps,
    logits,
    'last: the loss takes logits, so the last layer needs a flat output and another activation than softmax. Received outputs=[4, 4, 1], activation=linear.',
  ],
  ...others.flatMap((loss) => [
    [modelWith({}), loss] as const,
    [modelWith({ activation: 'softmax' }), loss] as const,
    [plain, loss] as const,
    [
      maps,
      loss,
      `last: ${loss} compares rows of numbers, so the last layer needs a flat output. Received outputs=[4, 4, 1], activation=linear.`,
    ] as const,
  ]),
];
for (const [index, [model, loss, refusal, fix]] of outputs.entries()) {
  test(`output ${index + 1}: ${JSON.stringify(loss)} ${refusal ? `refuses ${refusal}` : 'is computed'}`, () => {
    const resolution = resolveModel(model, { loss });
    expect(resolution.ok).toBe(refusal === undefined);
    if (resolution.ok) return;
    expect(resolution.issues).toHaveLength(1);
    expect(resolution.issues[0]).toMatchObject({ layer: 'last', code: 'wrongOutput', message: refusal });
    expect(resolution.issues[0]?.fix?.value).toBe(fix);
    if (fix) expect(checkModel(modelWith({ activation: fix }), { loss })).toEqual([]);
  });
}
