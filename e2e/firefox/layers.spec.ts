/**
 * Plan: every value of every option of the table of layers is right on a second GPU stack, Firefox's naga on its own driver,
 * by the same references and with the same tolerances as the whole table in Chromium. The rows are run in the page a chunk at a time, because a call
 * into Firefox costs more than a row; a test is a chunk, and what fails in it is named by its row.
 */
import { expect, test } from 'playwright/test';
import { coveringCases } from '../engine/covering-cases.ts';
import { layerCases, networkCases, titleOf } from '../engine/layer-cases.ts';
import type { FirefoxPage } from '../support/firefox.ts';
import { openFirefoxPage } from './open-firefox-page.ts';

const rowsPerChunk = 20;

let firefox: FirefoxPage;

test.beforeAll(async () => {
  firefox = await openFirefoxPage();
});

test.afterEach(async () => {
  expect(await firefox.page.evaluate(() => proof.gpuErrors.splice(0))).toEqual([]);
});

test.afterAll(() => firefox.close());

/** Rows first to last of a table, as the titles of its tests. */
function chunksOf<Row>(rows: readonly Row[]): { readonly title: string; readonly chunk: readonly Row[] }[] {
  return Array.from({ length: Math.ceil(rows.length / rowsPerChunk) }, (_, index) => {
    const chunk = rows.slice(index * rowsPerChunk, (index + 1) * rowsPerChunk);
    const first = index * rowsPerChunk + 1;
    return { title: `${first} to ${first + chunk.length - 1}`, chunk };
  });
}

for (const { title, chunk } of chunksOf(coveringCases(layerCases))) {
  test(`rows ${title} of the shorter table of layers`, async () => {
    const failures = await firefox.page.evaluate(async (rows) => {
      const found: string[][] = [];
      for (const { layer, inputShape, options } of rows) {
        found.push([...(await proof.checkLayer(proof.engine, layer, inputShape, options)).failures]);
      }
      return found;
    }, chunk);
    const named = chunk.flatMap((row, index) => failures[index]?.map((failure) => `${titleOf(row)}: ${failure}`) ?? []);
    expect(failures).toHaveLength(chunk.length);
    expect(named).toEqual([]);
  });
}

for (const { title, chunk } of chunksOf(networkCases)) {
  test(`networks ${title}`, async () => {
    const failures = await firefox.page.evaluate(async (rows) => {
      const found: string[][] = [];
      for (const { config, options } of rows) {
        found.push([...(await proof.checkNetwork(proof.engine, config, options)).failures]);
      }
      return found;
    }, chunk);
    const named = chunk.flatMap((row, index) => failures[index]?.map((failure) => `${row.title}: ${failure}`) ?? []);
    expect(failures).toHaveLength(chunk.length);
    expect(named).toEqual([]);
  });
}

test('control: references that are 0.1 % wrong in one value fail every comparison', async () => {
  const comparisons = await firefox.page.evaluate(async () => {
    const layer = { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'leakyRelu' } as const;
    const report = await proof.checkLayer(proof.engine, layer, [7, 11, 3], { falsifiedBy: 1e-3 });
    return report.comparisons.map(({ what, isClose }) => ({ what, isClose }));
  });
  expect(comparisons).toHaveLength(18);
  expect(comparisons.filter(({ isClose }) => isClose)).toEqual([]);
});
