/**
 * Plan: a model that cannot be is told so, and never throws. Valid models are changed at random in several thousand
 * ways (a field replaced by nonsense, left out or invented; layers doubled, dropped, shuffled); `checkModel` must answer
 * each with issues that have a layer, a known code and a message of the house's form, and what it passes must compile,
 * predict and train. Beside the random ones stands a table of rules with the code and layer they must give. Compiling
 * any of them rejects with `invalidModel` and the first issue's message, and the engine trains afterwards, its memory as
 * it was.
 */
import { expect, test } from 'playwright/test';
import type { ModelIssueCode } from '../../src/engine/model/issue.ts';
import { page, useEnginePage } from './file-page.ts';
import type { MutantAnswer } from './model-mutants.ts';
import { smallModel } from './small-model.ts';

const mutants = 4000;

const codes: readonly ModelIssueCode[] = [
  'notAnObject',
  'unknownType',
  'unknownField',
  'badValue',
  'duplicateName',
  'unknownInput',
  'wrongInputCount',
  'wrongRank',
  'emptyOutput',
  'strideWithDilation',
  'empty',
  'wrongOutput',
  'tooLarge',
];

const dense = { type: 'dense', units: 3, activation: 'softmax' };
const flatten = { type: 'flatten' };
const conv = { type: 'conv2d', filters: 2, kernelSize: 3 };
const around = (layer: object) => ({ inputShape: [8, 9, 2], layers: [layer, flatten, dense] });

const table: readonly {
  readonly title: string;
  readonly model: unknown;
  readonly code: ModelIssueCode;
  readonly layer: string;
}[] = [
  { title: 'no model', model: null, code: 'notAnObject', layer: 'model' },
  { title: 'a number', model: 7, code: 'notAnObject', layer: 'model' },
  { title: 'no layers', model: { inputShape: [8, 8, 1], layers: [] }, code: 'empty', layer: 'model' },
  { title: 'layers that are no list', model: { inputShape: [8, 8, 1], layers: {} }, code: 'empty', layer: 'model' },
  { title: 'an unknown field', model: { ...around(conv), colour: 'red' }, code: 'unknownField', layer: 'model' },
  { title: 'an input of two sizes', model: { ...around(conv), inputShape: [8, 8] }, code: 'badValue', layer: 'model' },
  {
    title: 'an input without rows',
    model: { ...around(conv), inputShape: [0, 8, 1] },
    code: 'badValue',
    layer: 'model',
  },
  { title: 'an unknown layer type', model: around({ type: 'lstm' }), code: 'unknownType', layer: 'layer_1' },
  { title: 'a misspelt field', model: around({ ...conv, filter: 3 }), code: 'unknownField', layer: 'conv2d_1' },
  { title: 'no filters', model: around({ ...conv, filters: 0 }), code: 'badValue', layer: 'conv2d_1' },
  { title: 'a fraction of a filter', model: around({ ...conv, filters: 2.5 }), code: 'badValue', layer: 'conv2d_1' },
  { title: 'no kernel size', model: around({ type: 'conv2d', filters: 2 }), code: 'badValue', layer: 'conv2d_1' },
  {
    title: 'a kernel of three sizes',
    model: around({ ...conv, kernelSize: [3, 3, 3] }),
    code: 'badValue',
    layer: 'conv2d_1',
  },
  { title: 'a stride of zero', model: around({ ...conv, strides: 0 }), code: 'badValue', layer: 'conv2d_1' },
  { title: 'an unknown padding', model: around({ ...conv, padding: 'full' }), code: 'badValue', layer: 'conv2d_1' },
  {
    title: 'negative padding',
    model: around({
      ...conv,
      padding: [
        [-1, 0],
        [0, 0],
      ],
    }),
    code: 'badValue',
    layer: 'conv2d_1',
  },
  {
    title: 'an unknown activation',
    model: around({ ...conv, activation: 'swish' }),
    code: 'badValue',
    layer: 'conv2d_1',
  },
  {
    title: 'an unknown initializer',
    model: around({ ...conv, kernelInitializer: 'random' }),
    code: 'badValue',
    layer: 'conv2d_1',
  },
  {
    title: 'a kernel larger than the input',
    model: around({ ...conv, kernelSize: 9 }),
    code: 'emptyOutput',
    layer: 'conv2d_1',
  },
  {
    title: 'dilation that does not fit',
    model: around({ ...conv, dilationRate: 4 }),
    code: 'emptyOutput',
    layer: 'conv2d_1',
  },
  {
    title: 'strides with dilation',
    model: around({ ...conv, kernelSize: 2, strides: 2, dilationRate: 2 }),
    code: 'strideWithDilation',
    layer: 'conv2d_1',
  },
  {
    title: 'a pool larger than the input',
    model: around({ type: 'maxPooling2d', poolSize: 9 }),
    code: 'emptyOutput',
    layer: 'max_pooling2d_1',
  },
  {
    title: 'a dense layer on maps',
    model: { inputShape: [8, 8, 1], layers: [dense] },
    code: 'wrongRank',
    layer: 'dense_1',
  },
  {
    title: 'a convolution behind flatten',
    model: { inputShape: [8, 8, 1], layers: [flatten, conv, flatten, dense] },
    code: 'wrongRank',
    layer: 'conv2d_1',
  },
  {
    title: 'two layers of one name',
    model: { inputShape: [8, 8, 1], layers: [{ ...conv, name: 'a' }, { ...flatten, name: 'a' }, dense] },
    code: 'duplicateName',
    layer: 'a',
  },
  {
    title: 'an input that is not there',
    model: around({ ...conv, inputs: ['nothing'] }),
    code: 'unknownInput',
    layer: 'conv2d_1',
  },
  {
    title: 'two inputs for a convolution',
    model: around({ ...conv, inputs: ['input', 'input'] }),
    code: 'wrongInputCount',
    layer: 'conv2d_1',
  },
  {
    title: 'no probabilities at the end',
    model: { inputShape: [8, 8, 1], layers: [flatten, { type: 'dense', units: 3 }] },
    code: 'wrongOutput',
    layer: 'dense_1',
  },
  {
    title: 'maps at the end',
    model: { inputShape: [8, 8, 1], layers: [conv] },
    code: 'wrongOutput',
    layer: 'conv2d_1',
  },
  {
    title: 'a network of a terabyte',
    model: {
      inputShape: [1024, 1024, 1],
      layers: [{ ...conv, filters: 1024, padding: 'same' }, flatten, dense],
    },
    code: 'tooLarge',
    layer: 'conv2d_1',
  },
];

useEnginePage();

for (const { title, model, code, layer } of table) {
  test(`refused: ${title}`, async () => {
    const { issues, error } = await page.evaluate((model) => proof.refusalOf(proof.engine, model), model);
    expect(issues.map((issue) => [issue.layer, issue.code])).toContainEqual([layer, code]);
    for (const { message } of issues) expect(message).toMatch(/^.+: .+\. Received .+\.$/);
    expect(error).toEqual({ code: 'invalidModel', message: issues[0]?.message });
  });
}

/** What is wrong with the answer to a model that cannot be. */
function faultsOf({ issues, error, model }: MutantAnswer): readonly string[] {
  const faults = issues.flatMap(({ layer, code, message }) => [
    ...(codes.includes(code) ? [] : [`unknown code ${code}`]),
    ...(layer === '' ? ['no layer'] : []),
    ...(/^.+: .+\. Received .+\.$/s.test(message) ? [] : [message]),
  ]);
  const isRefused = error?.code === 'invalidModel' && error.message === issues[0]?.message;
  return [...faults, ...(isRefused ? [] : [`compile: ${JSON.stringify(error)}`])].map((fault) => `${fault} ${model}`);
}

test(`${mutants} random changes of valid models are refused with issues or can be trained, and so can what follows`, async () => {
  const { answers, built, trained } = await page.evaluate(
    async ({ count, small }) => {
      const found = await proof.checkMutants(proof.engine, { count, builds: 12, seed: 1 });
      const options = { batchSize: 8, steps: 20, learningRate: 0.01 };
      return { ...found, trained: await proof.trainOnBatch(proof.engine, small, proof.digits, options) };
    },
    { count: mutants, small: smallModel },
  );
  expect(answers).toHaveLength(mutants);
  expect(answers.filter(({ thrown }) => thrown !== undefined)).toEqual([]);
  const refused = answers.filter(({ issues }) => issues.length > 0);
  expect(refused.length).toBeGreaterThan(mutants / 2);
  expect(refused.flatMap(faultsOf)).toEqual([]);
  expect(built).toHaveLength(12);
  expect(built.filter(({ outcome }) => outcome !== 'predicts and trains')).toEqual([]);
  expect(trained.lossAfter).toBeLessThan(0.8 * trained.lossBefore);
  expect(trained.ledger).toEqual({ bytes: 0, buffers: 0 });
});
