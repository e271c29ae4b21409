/**
 * Plan: memory stays where it was put. Over 10,000 steps of a tiny network the ledger does not move by one byte and no
 * GPU object is made (the control is in steady-state.spec.ts). Tensors that share memory do not disturb each other: twenty
 * random graphs give the same gradients, predictions, evaluations, activations and trained weights, bit for bit, by a
 * plan that gives every tensor a buffer of its own; and their gradients and predictions are the same before and after all
 * other questions. That the other plan shares nothing is seen by the bytes its networks take.
 */
import { expect, test, type Browser, type Page } from 'playwright/test';
import type { StepMetrics } from '../../src/engine/index.ts';
import { page, useEnginePage } from './file-page.ts';
import { openEnginePage } from './open-engine-page.ts';

const steps = 10_000;
const graphs = 20;
const graphsPerCall = 5;

useEnginePage();

test(`${steps} steps move the ledger by nothing and create nothing`, async () => {
  const { seen, ledgers, created, end } = await page.evaluate(async (maxSteps) => {
    const config = {
      inputShape: [2, 2, 1],
      layers: [{ type: 'flatten' }, { type: 'dense', units: 2, activation: 'softmax' }],
    } as const;
    const { engine } = proof;
    const network = await engine.compile(config, { batchSize: 2, optimizer: { type: 'sgd' } });
    const images = proof.randomBytes(100 * 4, proof.seededUniform(1));
    const labels = Uint8Array.from({ length: 100 }, (_, at) => at % 2);
    const data = engine.upload({ images, labels, shape: [100, 2, 2, 1], classes: 2 });
    const ledgers = new Set<string>();
    const counts = proof.countCreations(engine.device);
    let [seen, warm] = [0, -1];
    const onSteps = (all: readonly StepMetrics[]) => {
      seen = all.at(-1)?.step ?? seen;
      // The first epochs make what the run needs.
      if (seen < 200) return;
      if (warm < 0) warm = counts.total();
      ledgers.add(JSON.stringify(engine.ledger));
    };
    await network.fit(data, { epochs: maxSteps, maxSteps, callbacks: { onSteps } }).finished;
    ledgers.add(JSON.stringify(engine.ledger));
    const created = counts.total() - warm;
    counts.stop();
    network.dispose();
    data.dispose();
    return { seen, ledgers: [...ledgers], created, end: { ...engine.ledger } };
  }, steps);
  expect(seen).toBe(steps);
  expect(ledgers).toHaveLength(1);
  expect(created).toBe(0);
  expect(end).toEqual({ bytes: 0, buffers: 0 });
});

/** A page whose plan gives every tensor a buffer of its own while the page's `sharesNothing` is true. */
function openSwitchedPage(browser: Browser): Promise<Page> {
  const switched =
    'export const planMemory = (all, isKept) => sharingPlan(all, globalThis.sharesNothing ? () => true : isKept);';
  return openEnginePage(browser, async (fresh) => {
    await fresh.route('**/src/engine/training/memory-plan.ts*', async (route) => {
      const response = await route.fetch();
      const source = await response.text();
      const body = `${source.replace('export function planMemory(', 'function sharingPlan(')}\n${switched}`;
      await route.fulfill({ response, body });
    });
  });
}

test(`${graphs} random graphs compute the same bits with shared memory and without`, async ({ browser }) => {
  const switchedPage = await openSwitchedPage(browser);
  for (let first = 1; first <= graphs; first += graphsPerCall) {
    const [shared, unshared] = await switchedPage.evaluate(
      async ([first, last]) => {
        const found = [];
        // Twice with the same engine: its pipelines are the same, and compiled once.
        for (const sharesNothing of [false, true]) {
          Object.assign(globalThis, { sharesNothing });
          found.push(await proof.networkBits(proof.engine, first, last));
        }
        return found;
      },
      [first, first + graphsPerCall - 1] as const,
    );
    expect(shared).toHaveLength(graphsPerCall);
    expect(unshared?.map(({ hash }) => hash)).toEqual(shared?.map(({ hash }) => hash));
    expect([...shared!, ...unshared!].filter(({ isUndisturbed }) => !isUndisturbed)).toEqual([]);
    shared?.forEach(({ bytes }, at) => expect(unshared?.[at]?.bytes).toBeGreaterThan(bytes));
  }
  expect(await switchedPage.evaluate(() => proof.gpuErrors)).toEqual([]);
  await switchedPage.close();
});
