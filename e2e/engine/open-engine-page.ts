/** Opens the engine's page for a spec file and gives it the real digits. Fails, never skips, without a GPU adapter. */
import type { Browser, Page } from 'playwright/test';
import type {} from './engine-page.ts';
import { readDigits } from './mnist-fixture.ts';

/** The first visit compiles the page's dependencies. */
const openTimeoutMs = 60_000;

/** A page in which `proof` is ready; `prepare` may route its modules first. */
export async function openEnginePage(
  browser: Browser,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Page> {
  const page = await browser.newPage();
  await prepare(page);
  const failed = page.waitForEvent('pageerror', { timeout: 0 }).then(
    (error) => Promise.reject(error),
    () => undefined,
  );
  await page.goto('/e2e/engine/engine-page.html');
  await Promise.race([
    page.waitForFunction(() => 'proof' in globalThis, undefined, { timeout: openTimeoutMs }),
    failed,
  ]);
  const { images, labels } = readDigits();
  await page.evaluate(
    ([imagesText, labelsText]) => proof.setDigits(proof.fromBase64(imagesText), proof.fromBase64(labelsText)),
    [Buffer.from(images).toString('base64'), Buffer.from(labels).toString('base64')] as const,
  );
  return page;
}
