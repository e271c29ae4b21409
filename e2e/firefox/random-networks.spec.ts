/** Plan: a hundred random networks (see the engine's spec of the same name) are right in Firefox's naga too. */
import { expect, test } from 'playwright/test';
import type { FirefoxPage } from '../support/firefox.ts';
import { openFirefoxPage } from './open-firefox-page.ts';

const networks = 100;
const perTest = 20;

let firefox: FirefoxPage;

test.beforeAll(async () => {
  firefox = await openFirefoxPage();
});

test.afterEach(async () => {
  expect(await firefox.page.evaluate(() => proof.gpuErrors.splice(0))).toEqual([]);
});

test.afterAll(() => firefox.close());

for (let first = 1; first <= networks; first += perTest) {
  const last = first + perTest - 1;
  test(`networks of seeds ${first} to ${last}`, async () => {
    const found = await firefox.page.evaluate(
      (from, to) => proof.checkRandomNetworks(proof.engine, from, to),
      first,
      last,
    );
    expect(found).toEqual([]);
  });
}
