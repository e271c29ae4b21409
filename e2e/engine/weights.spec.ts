/**
 * Plan: weights go in and out by name. What is set comes back; a wrong name, shape or length throws a typed error and
 * not one number is written, also not of the right tensors beside it; names not given keep their values. What is on the
 * GPU to be drawn (`weight`, `inspection`) is what is read back. Methods refuse wrong arguments and disposed networks
 * with typed errors.
 */
import { expect, test } from 'playwright/test';
import type { Dataset, ModelConfig, NamedTensor, TensorView } from '../../src/engine/index.ts';
import { page, useEnginePage } from './file-page.ts';

const model: ModelConfig = {
  inputShape: [6, 7, 2],
  layers: [
    { type: 'conv2d', filters: 5, kernelSize: [2, 3], activation: 'relu' },
    { type: 'maxPooling2d' },
    { type: 'flatten' },
    { type: 'dense', units: 3, activation: 'softmax' },
  ],
};

useEnginePage();

test('weights have Keras’s names, order and shapes', async () => {
  const weights = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 2, optimizer: { type: 'sgd' } });
    const weights = await network.getWeights();
    network.dispose();
    return weights.map(({ name, shape, data }) => [name, shape.join('×'), data.length]);
  }, model);
  expect(weights).toEqual([
    ['conv2d_1/kernel', '2×3×2×5', 60],
    ['conv2d_1/bias', '5', 5],
    ['dense_1/kernel', '20×3', 60],
    ['dense_1/bias', '3', 3],
  ]);
});

const wrongTensors: readonly {
  readonly title: string;
  readonly name: string;
  readonly shape: number[];
  readonly length: number;
}[] = [
  { title: 'an unknown name', name: 'conv2d_9/kernel', shape: [5], length: 5 },
  { title: 'a layer instead of a weight', name: 'conv2d_1', shape: [5], length: 5 },
  { title: 'another rank', name: 'dense_1/kernel', shape: [60], length: 60 },
  { title: 'a transposed shape', name: 'dense_1/kernel', shape: [3, 20], length: 60 },
  { title: 'too few numbers for its shape', name: 'dense_1/kernel', shape: [20, 3], length: 59 },
  { title: 'too many numbers for its shape', name: 'dense_1/bias', shape: [3], length: 4 },
];

for (const { title, ...wrong } of wrongTensors) {
  test(`setWeights refuses ${title} and writes nothing`, async () => {
    const { code, message, isUntouched } = await page.evaluate(
      async ([model, wrong]) => {
        const network = await proof.engine.compile(model, { batchSize: 2, optimizer: { type: 'sgd' } });
        const before = await proof.sha256OfWeights(await network.getWeights());
        const right = { name: 'conv2d_1/bias', shape: [5], data: Float32Array.of(1, 2, 3, 4, 5) };
        const tensors: NamedTensor[] = [right, { ...wrong, data: new Float32Array(wrong.length).fill(9) }];
        let thrown: unknown;
        try {
          network.setWeights(tensors);
        } catch (error) {
          thrown = error;
        }
        const after = await proof.sha256OfWeights(await network.getWeights());
        network.dispose();
        const error = thrown instanceof proof.EngineError ? thrown : undefined;
        return { code: error?.code, message: error?.message, isUntouched: after === before };
      },
      [model, wrong] as const,
    );
    expect(code).toBe('badArgument');
    expect(message).toMatch(/^.+: .+\. Received .+\.$/);
    expect(isUntouched).toBe(true);
  });
}

test('names not given keep their values, and a tensor given is copied', async () => {
  const { changed, others } = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 2, optimizer: { type: 'sgd' } });
    const before = await network.getWeights();
    const data = Float32Array.of(1, -2, 3, -4, 0.1);
    network.setWeights([{ name: 'conv2d_1/bias', shape: [5], data }]);
    data.fill(7);
    const after = await network.getWeights();
    network.dispose();
    return {
      changed: Array.from(after[1]!.data),
      others: [0, 2, 3].map((i) => after[i]!.data.join() === before[i]!.data.join()),
    };
  }, model);
  expect(changed).toEqual([1, -2, 3, -4, Math.fround(0.1)]);
  expect(others).toEqual([true, true, true]);
});

test('what is on the GPU to be drawn is what is read back', async () => {
  const { pairs, alignments } = await page.evaluate(async (model) => {
    const { device } = proof.engine;
    const network = await proof.engine.compile(model, { batchSize: 2, optimizer: { type: 'sgd' } });
    const read = async ({ buffer, offsetBytes, sizeBytes }: TensorView) => {
      const staging = device.createBuffer({
        size: sizeBytes,
        usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
      });
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, offsetBytes, staging, 0, sizeBytes);
      device.queue.submit([encoder.finish()]);
      await staging.mapAsync(GPUMapMode.READ);
      const values = new Float32Array(staging.getMappedRange().slice(0));
      staging.destroy();
      return values;
    };
    const pixels = proof.randomFloats(84, proof.seededUniform(6));
    network.inspection.setInput(pixels);
    const encoder = device.createCommandEncoder();
    network.inspection.encode(encoder);
    device.queue.submit([encoder.finish()]);
    const views: [string, TensorView, Float32Array][] = [['input', network.inspection.input, pixels]];
    for (const { name } of network.summary())
      views.push([name, network.inspection.outputs(name), (await network.activations(pixels, name)).data]);
    for (const { name, data } of await network.getWeights()) views.push([name, network.weight(name), data]);
    const pairs: [string, boolean][] = [];
    for (const [name, view, expected] of views) {
      const values = await read(view);
      const isSame = proof.compare(name, values.subarray(0, expected.length), expected).isClose;
      pairs.push([`${name} ${view.shape.join('×')}`, isSame && view.sizeBytes >= 4 * expected.length]);
    }
    const alignments = views.map(([, { offsetBytes }]) => offsetBytes % 256);
    network.dispose();
    return { pairs, alignments };
  }, model);
  expect(pairs).toEqual([
    ['input 6×7×2', true],
    ['conv2d_1 5×5×5', true],
    ['max_pooling2d_1 2×2×5', true],
    ['flatten_1 20', true],
    ['dense_1 3', true],
    ['conv2d_1/kernel 2×3×2×5', true],
    ['conv2d_1/bias 5', true],
    ['dense_1/kernel 20×3', true],
    ['dense_1/bias 3', true],
  ]);
  expect(new Set(alignments)).toEqual(new Set([0]));
});

test('wrong arguments and disposed networks are refused with typed errors', async () => {
  const codes = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 2, optimizer: { type: 'sgd' } });
    const source = { images: new Uint8Array(84), labels: new Uint8Array(1), shape: [1, 6, 7, 2] as const, classes: 3 };
    const otherShape = { ...source, shape: [1, 7, 6, 2] as const };
    const codeOf = async (call: () => unknown) => {
      try {
        await call();
        return 'nothing thrown';
      } catch (error) {
        return error instanceof proof.EngineError ? error.code : String(error);
      }
    };
    const fit = (data: Dataset) => network.fit(data, { epochs: 1 }).finished;
    const other = proof.engine.upload(otherShape);
    const data = proof.engine.upload(source);
    const calls: Record<string, () => unknown> = {
      'predict a part of an example': () => network.predict(new Float32Array(85)),
      'activations of an unknown layer': () => network.activations(new Float32Array(84), 'conv2d_7'),
      'gradients with too few labels': () => network.gradients(new Float32Array(168), Uint8Array.of(0)),
      'gradients of more than a batch': () => network.gradients(new Float32Array(252), Uint8Array.of(0, 1, 2)),
      'gradients of a label beyond the classes': () => network.gradients(new Float32Array(84), Uint8Array.of(3)),
      'inspection of too few pixels': () => network.inspection.setInput(new Float32Array(83)),
      'inspection of an unknown layer': () => network.inspection.outputs('nothing'),
      'an unknown weight': () => network.weight('conv2d_1'),
      'upload with a missing image': () => proof.engine.upload({ ...source, shape: [2, 6, 7, 2] }),
      'upload with a label beyond the classes': () => proof.engine.upload({ ...source, labels: Uint8Array.of(3) }),
      'fit on images of another shape': () => fit(other),
      'evaluate images of another shape': () => network.evaluate(other),
      'take more than there is': () => data.take(2),
      'a batch of none': () => proof.engine.compile(model, { batchSize: 0, optimizer: { type: 'sgd' } }),
      'half an example': () => proof.engine.compile(model, { batchSize: 1.5, optimizer: { type: 'sgd' } }),
    };
    const codes: [string, string][] = [];
    for (const [what, call] of Object.entries(calls)) codes.push([what, await codeOf(call)]);
    network.dispose();
    network.dispose();
    codes.push(['predict after dispose', await codeOf(() => network.predict(new Float32Array(84)))]);
    codes.push(['fit after dispose', await codeOf(() => fit(data))]);
    codes.push(['getWeights after dispose', await codeOf(() => network.getWeights())]);
    other.dispose();
    data.dispose();
    return codes;
  }, model);
  for (const [what, code] of codes)
    expect(code, what).toBe(what.includes('after dispose') ? 'disposed' : 'badArgument');
});
