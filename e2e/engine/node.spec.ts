/**
 * Plan: the engine is not tied to a page. Loaded in Node with the npm package `webgpu`, it trains the same network from
 * the same seed on the same digits as the engine in the browser: the initial weights have the same bits, and the losses
 * of five steps agree. (Equal bits of results are promised per adapter only.)
 */
import { expect, test } from 'playwright/test';
import type * as EngineModule from '../../src/engine/index.ts';
import { readDigits } from './mnist-fixture.ts';
import { openEnginePage } from './open-engine-page.ts';

const steps = 5;
/** Two compilers of the same arithmetic in float32. */
const lossLimit = 1e-5;

interface EngineInNode {
  readonly loadEngine: () => Promise<{ engine: typeof EngineModule; gpu: GPU; close: () => Promise<void> }>;
}

const isEngineInNode = (loaded: unknown): loaded is EngineInNode =>
  typeof loaded === 'object' && loaded !== null && 'loadEngine' in loaded;

async function trainInNode(): Promise<{ losses: number[]; firstWeights: number[] }> {
  // A plain script without types of its own.
  const script = new URL('../../scripts/lib/engine-in-node.mjs', import.meta.url).href;
  const loaded: unknown = await import(script);
  if (!isEngineInNode(loaded)) throw new Error(`${script}: exports loadEngine. Received ${typeof loaded}.`);
  const { engine: module, gpu, close } = await loaded.loadEngine();
  const { createEngine, lectureModel } = module;
  const engine = await createEngine({ gpu });
  const { images, labels } = readDigits();
  const network = await engine.compile(lectureModel, { batchSize: 64, seed: 11, optimizer: { type: 'rmsprop' } });
  const [kernel] = await network.getWeights();
  const shape = [steps * 64, 28, 28, 1] as const;
  const data = engine.upload({
    images: images.slice(0, shape[0] * 784),
    labels: labels.slice(0, shape[0]),
    shape,
    classes: 10,
  });
  const losses: number[] = [];
  const callbacks = {
    onSteps: (all: readonly EngineModule.StepMetrics[]) => void losses.push(...all.map((s) => s.loss)),
  };
  await network.fit(data, { epochs: 1, shuffle: false, callbacks }).finished;
  engine.dispose();
  await close();
  return { losses, firstWeights: Array.from(kernel?.data ?? []) };
}

test('Node and the browser train alike', async ({ browser }) => {
  const page = await openEnginePage(browser);
  const inPage = await page.evaluate(async (count) => {
    const options = { batchSize: 64, seed: 11, optimizer: { type: 'rmsprop' } } as const;
    const network = await proof.engine.compile(proof.lectureModel, options);
    const [kernel] = await network.getWeights();
    const data = proof.uploadDigits(count * 64);
    const losses: number[] = [];
    const callbacks = { onSteps: (all: readonly { loss: number }[]) => void losses.push(...all.map((s) => s.loss)) };
    await network.fit(data, { epochs: 1, shuffle: false, callbacks }).finished;
    network.dispose();
    data.dispose();
    return { losses, firstWeights: Array.from(kernel?.data ?? []) };
  }, steps);
  await page.close();
  const inNode = await trainInNode();
  expect(inNode.firstWeights).toHaveLength(288);
  expect(inNode.firstWeights).toEqual(inPage.firstWeights);
  expect(inNode.losses).toHaveLength(steps);
  expect(inNode.losses[steps - 1]).toBeLessThan(inNode.losses[0]!);
  inNode.losses.forEach((loss, i) => expect(Math.abs(loss - inPage.losses[i]!)).toBeLessThan(lossLimit));
});
