/**
 * Plan: every layer with every option, on sizes that no tile divides, is right on the GPU. For each row of the table in
 * `layer-cases.ts` a small network around the layer is built in the page, with random weights and a batch shorter than
 * the batch size; names, shapes, parameter and multiply counts, weights as set, every layer's outputs, loss, accuracy
 * and the gradient by every weight and by the inputs are held to TensorFlow.js where it has them, and to the float64
 * reference always. Then networks of several layers, where an engine may fuse, share memory or leave a gradient out.
 * The controls falsify the references by 0.1 % of one value, and every comparison must notice.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';
import { layerCases, networkCases, titleOf } from './layer-cases.ts';

useEnginePage();

for (const row of layerCases) {
  test(titleOf(row), async () => {
    const report = await page.evaluate(
      ({ layer, inputShape, options }) => proof.checkLayer(proof.engine, layer, inputShape, options),
      row,
    );
    expect(report.failures).toEqual([]);
  });
}

for (const row of networkCases) {
  test(`network: ${row.title}`, async () => {
    const report = await page.evaluate(({ config, options }) => proof.checkNetwork(proof.engine, config, options), row);
    expect(report.failures).toEqual([]);
  });
}

test('control: references that are 0.1 % wrong in one value fail every comparison', async () => {
  const report = await page.evaluate(() =>
    proof.checkLayer(proof.engine, { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'leakyRelu' }, [7, 11, 3], {
      falsifiedBy: 1e-3,
    }),
  );
  expect(report.comparisons.length).toBe(18);
  expect(report.comparisons.filter(({ isClose }) => isClose)).toEqual([]);
});

test('outputs do not depend on how many examples are asked for at once', async () => {
  const differing = await page.evaluate(async (config) => {
    const network = await proof.engine.compile(config, { batchSize: 4, optimizer: { type: 'sgd' } });
    const pixels = config.inputShape.reduce((product, size) => product * size, 1);
    const inputs = proof.randomFloats(9 * pixels, proof.seededUniform(2));
    const [all, layer] = [await network.predict(inputs), await network.activations(inputs, 'conv2d_1')];
    const differing: string[] = [];
    for (const [from, to] of [
      [0, 1],
      [1, 5],
      [4, 9],
      [8, 9],
    ] as const) {
      const part = inputs.slice(from * pixels, to * pixels);
      const outputs = await network.predict(part);
      const maps = (await network.activations(part, 'conv2d_1')).data;
      const [width, mapWidth] = [all.length / 9, layer.data.length / 9];
      if (outputs.join() !== all.slice(from * width, to * width).join()) differing.push(`predict ${from}–${to}`);
      if (maps.join() !== layer.data.slice(from * mapWidth, to * mapWidth).join()) differing.push(`maps ${from}–${to}`);
    }
    network.dispose();
    return [...differing, layer.shape.join('×')];
  }, networkCases[0]!.config);
  expect(differing).toEqual(['9×15×17×5']);
});
