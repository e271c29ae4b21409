/** What the page costs the training in it: the app with everything live beside the bare engine, in turns. */
import type { Browser, Locator, Page } from 'playwright';
import { lectureModel } from '../../src/engine/model/presets.ts';
import type { DrawingResult } from '../results-file.ts';
import { PeerPage } from './peer-page.ts';
import type { Bench } from './bench.ts';
import { serveSite } from './site.ts';
import { spreadOf } from './spread.ts';

/** The app's own. */
const batchSize = 64;
/** The engine learns in the first steps how many of them make a submit. */
const stepsBefore = 20;
const mostCost = 0.1;

/** Steps since the run began and when they were shown, from one change of the header's line to the first after `ms`. */
function watchSteps(lines: Element, ms: number): Promise<{ readonly steps: number; readonly elapsedMs: number }> {
  const read = (): number => {
    const pattern = /epoch ([\d,]+)\/[\d,]+ · step ([\d,]+)\/([\d,]+)/;
    const [epoch = 1, step = 0, perEpoch = 0] = (pattern.exec(lines.textContent) ?? [])
      .slice(1)
      .map((text) => Number(text.replaceAll(',', '')));
    return (epoch - 1) * perEpoch + step;
  };
  return new Promise((resolve) => {
    let first: { readonly step: number; readonly atMs: number } | undefined;
    const observer = new MutationObserver(() => {
      const [step, atMs] = [read(), performance.now()];
      if (step === 0 || step === first?.step) return;
      first ??= { step, atMs };
      if (atMs - first.atMs < ms) return;
      observer.disconnect();
      resolve({ steps: step - first.step, elapsedMs: atMs - first.atMs });
    });
    observer.observe(lines, { subtree: true, characterData: true, childList: true });
  });
}

/** By the text of the page itself: its words stand in elements of their own, which a locator's text does not join. */
function waitForSteps(lines: Locator): Promise<void> {
  return lines.evaluate(
    (element, enough) =>
      new Promise<void>((resolve) => {
        const isThere = (): boolean =>
          Number(/step ([\d,]+)\//.exec(element.textContent)?.[1]?.replaceAll(',', '')) >= enough;
        const look = (): void => {
          if (isThere()) resolve();
          else setTimeout(look, 100);
        };
        look();
      }),
    stepsBefore,
  );
}

/** The engine beside it is not tuned either, and measuring kernels takes turns from the training. */
async function switchTuningOff(page: Page): Promise<void> {
  const chosen = page.getByRole('tab', { selected: true });
  const before = (await chosen.textContent())?.trim() ?? '';
  await page.getByRole('tab', { name: 'Speed' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Speed' });
  await panel.locator('summary').click();
  await panel.getByRole('checkbox', { name: 'Tune in the background' }).uncheck();
  await page.getByRole('tab', { name: before, exact: true }).click();
}

/** A fresh page trains as a person lets it; images per second, and what went wrong. */
async function trainInApp(browser: Browser, url: string, ms: number): Promise<{ rate: number; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(url);
    await switchTuningOff(page);
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const lines = page.locator('run-status .lines');
    await waitForSteps(lines);
    const { steps, elapsedMs } = await lines.evaluate(watchSteps, ms);
    return { rate: (steps * batchSize * 1000) / elapsedMs, errors };
  } finally {
    await context.close();
  }
}

/** Rounds of the app and of the engine. */
export async function runDrawing(
  { browser, server, rounds, sliceMs, say }: Bench,
  mnist: string,
): Promise<{ readonly result: DrawingResult; readonly failures: readonly string[] }> {
  const site = await serveSite(mnist);
  const alone = await PeerPage.at(browser, server.url, 'receptive');
  const [engine, app, failures]: [number[], number[], string[]] = [[], [], []];
  try {
    await alone.open(lectureModel, batchSize, undefined);
    await alone.warmUp(sliceMs);
    for (let round = 0; round < rounds; round++) {
      engine.push((await alone.train(sliceMs)).imagesPerSecond);
      const { rate, errors } = await trainInApp(browser, site.url, sliceMs);
      app.push(rate);
      failures.push(...errors.map((error) => `Drawing: nothing goes wrong in the app. Received error=${error}.`));
      say(`  round ${round + 1} of ${rounds}: engine ${engine.at(-1)?.toFixed(0)}, app ${rate.toFixed(0)} images/s`);
    }
    const cost = spreadOf(app.map((rate, round) => 1 - rate / (engine[round] ?? NaN)));
    if (cost.median > mostCost) {
      failures.push(`Drawing: the page takes at most a tenth. Received cost=${cost.median.toFixed(3)}.`);
    }
    failures.push(...(await alone.errors()).map((error) => `Drawing: nothing goes wrong. Received error=${error}.`));
    const result = { engineImagesPerSecond: spreadOf(engine), pageImagesPerSecond: spreadOf(app), cost };
    return { result, failures };
  } finally {
    await alone.close();
    await site.close();
  }
}
