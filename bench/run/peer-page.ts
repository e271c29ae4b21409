/** One peer's page in a browser context of its own, driven from Node; and everything that goes wrong in it. */
import type { Browser, Page } from 'playwright';
import type { BenchPage } from '../page/page.ts';
import type { PackedWeight } from '../page/weights.ts';
import type { ModelConfig } from '../../src/engine/model/config.ts';
import type { PeerId } from '../results-file.ts';

/** Refers to `bench` of the page; the type is there for Node. */
declare const bench: BenchPage;

type Opened = Awaited<ReturnType<BenchPage['open']>>;

/** A page that is idle but for the moments it is asked something. */
export class PeerPage {
  readonly complaints: string[] = [];

  private constructor(
    readonly peer: PeerId,
    readonly page: Page,
  ) {}

  static async at(browser: Browser, url: string, peer: PeerId): Promise<PeerPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    // A slow peer's step may take minutes.
    page.setDefaultTimeout(0);
    const opened = new PeerPage(peer, page);
    page.on('pageerror', (error) => opened.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') opened.complaints.push(message.text());
    });
    await page.goto(`${url}/${peer}/index.html`);
    await page.waitForFunction(() => 'bench' in globalThis);
    if (!(await page.evaluate(() => bench.isIsolated())))
      throw new Error(`${peer}: its page is isolated. Received false.`);
    return opened;
  }

  open(config: ModelConfig, batchSize: number, weights: readonly PackedWeight[] | undefined): Promise<Opened> {
    return this.page.evaluate(([model, size, given]) => bench.open(model, size, given), [
      config,
      batchSize,
      weights,
    ] as const);
  }

  readWeights(): Promise<readonly PackedWeight[]> {
    return this.page.evaluate(() => bench.readWeights());
  }

  warmUp(budgetMs: number): Promise<void> {
    return this.page.evaluate((ms) => bench.warmUp(ms), budgetMs);
  }

  tune(): Promise<number> {
    return this.page.evaluate(() => bench.tune());
  }

  train(budgetMs: number): ReturnType<BenchPage['trainSlice']> {
    return this.page.evaluate((ms) => bench.trainSlice(ms), budgetMs);
  }

  infer(budgetMs: number): Promise<number> {
    return this.page.evaluate((ms) => bench.inferSlice(ms), budgetMs);
  }

  countCalls(budgetMs: number): ReturnType<BenchPage['countStepCalls']> {
    return this.page.evaluate((ms) => bench.countStepCalls(ms), budgetMs);
  }

  readMemory(): ReturnType<BenchPage['readMemory']> {
    return this.page.evaluate(() => bench.readMemory());
  }

  ledger(): Promise<{ readonly bytes: number; readonly buffers: number } | undefined> {
    return this.page.evaluate(() => bench.ledger());
  }

  measureFma(): Promise<number> {
    return this.page.evaluate(() => bench.measureFma());
  }

  adapterFacts(): ReturnType<BenchPage['adapterFacts']> {
    return this.page.evaluate(() => bench.adapterFacts());
  }

  inferBatchSize(): Promise<number> {
    return this.page.evaluate(() => bench.inferBatchSize);
  }

  finish(): ReturnType<BenchPage['close']> {
    return this.page.evaluate(() => bench.close());
  }

  /** Errors of the page, its scripts and its GPU devices. */
  async errors(): Promise<readonly string[]> {
    return [...this.complaints, ...(await this.page.evaluate(() => bench.gpuErrors()))];
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
