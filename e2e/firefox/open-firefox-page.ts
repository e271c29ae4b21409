/** Opens the engine's page in Firefox for a spec file. Fails, never skips, without Firefox, its driver or an adapter. */
import type { Page } from 'puppeteer-core';
import type {} from '../engine/engine-page.ts';
import { readDigits } from '../engine/mnist-fixture.ts';
import { chosenFirefox, launchFirefox, type FirefoxPage } from '../support/firefox.ts';
import { devServerUrl } from '../support/servers.ts';

/** The first visit compiles the page's dependencies. */
const openTimeoutMs = 60_000;

async function openEngine(page: Page): Promise<void> {
  const failed = new Promise<never>((_resolve, reject) => {
    page.once('pageerror', (error) => reject(error instanceof Error ? error : new Error(String(error))));
  });
  await page.goto(new URL('e2e/engine/engine-page.html', devServerUrl).href, { timeout: openTimeoutMs });
  await Promise.race([page.waitForFunction(() => 'proof' in globalThis, { timeout: openTimeoutMs }), failed]);
  const { images, labels } = readDigits();
  await page.evaluate(
    (imagesText, labelsText) => {
      proof.setDigits(proof.fromBase64(imagesText), proof.fromBase64(labelsText));
    },
    Buffer.from(images).toString('base64'),
    Buffer.from(labels).toString('base64'),
  );
}

/** A Firefox whose page has `proof` ready. */
export async function openFirefoxPage(): Promise<FirefoxPage> {
  const firefox = await launchFirefox(chosenFirefox());
  try {
    await openEngine(firefox.page);
    return firefox;
  } catch (error) {
    await firefox.close();
    throw error;
  }
}
