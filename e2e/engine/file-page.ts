/** One page with the engine for all tests of a spec file, and what is asked of each of them. */
import { expect, test, type Page } from 'playwright/test';
import { openEnginePage } from './open-engine-page.ts';

/** The page of the file that is running. */
export let page: Page;

/** Called once in a file: opens `page` before its tests, holds each of them to no GPU error, and closes it behind them. */
export function useEnginePage(): void {
  test.beforeAll(async ({ browser }) => {
    page = await openEnginePage(browser);
  });
  test.afterEach(async () => {
    expect(await page.evaluate(() => proof.gpuErrors.splice(0))).toEqual([]);
  });
  test.afterAll(() => page.close());
}
