/** The data set in use and the one on its way: climbs the ladder, takes dropped files, keeps the test images at hand. */
import type { DataFileName, DataRung, ImageSet, LoadedData } from '../data/dataset-types.ts';
import { loadData } from '../data/load-data.ts';
import { acceptFile, assembleFiles } from '../data/own-files.ts';
import { browserStore, keepFiles } from '../data/store.ts';
import type { Dataset, Engine } from '../engine/index.ts';
import type { Report } from './protocol.ts';

/** Test images that the live validation curve is measured on. */
const validationSize = 1000;

/** A data set on the GPU. */
export interface DataInUse {
  readonly train: Dataset;
  readonly test: Dataset;
  readonly validation: Dataset;
}

export class DataRoom {
  #inUse: DataInUse | undefined;
  #loaded: LoadedData | undefined;
  #loading: AbortController | undefined;
  readonly #dropped = new Map<DataFileName, Uint8Array>();

  constructor(
    private readonly baseUrl: string,
    private readonly seed: number,
    private readonly report: (report: Report) => void,
    /** Called with the new data on the GPU, before the old are disposed. */
    private readonly onReady: (data: DataInUse) => Promise<void>,
    private readonly engine: () => Engine | undefined,
  ) {}

  get inUse(): DataInUse | undefined {
    return this.#inUse;
  }

  /** Climbs the ladder; a load under way gives way. What is in use stays in use until the new data are there. */
  async load(startAt?: DataRung): Promise<void> {
    this.cancel();
    const loading = new AbortController();
    this.#loading = loading;
    try {
      const loaded = await loadData({
        baseUrl: this.baseUrl,
        ...(startAt && { startAt }),
        seed: this.seed,
        signal: loading.signal,
        callbacks: {
          onProgress: (progress) => this.report({ type: 'dataProgress', ...progress }),
          onSkipped: (skipped) => this.report({ type: 'dataSkipped', ...skipped }),
        },
      });
      await this.#use(loaded);
    } catch (error) {
      if (loading.signal.aborted) return;
      this.report({
        type: 'failed',
        code: 'dataFailed',
        message: error instanceof Error ? error.message : String(error),
      });
    } finally {
      if (this.#loading === loading) this.#loading = undefined;
    }
  }

  cancel(): void {
    this.#loading?.abort();
    this.#loading = undefined;
  }

  async drop(files: readonly { name: string; bytes: ArrayBuffer }[]): Promise<void> {
    for (const { name, bytes } of files) {
      const verdict = await acceptFile(this.#dropped, name, bytes);
      this.report({ type: 'fileChecked', name, ...verdict });
    }
    const loaded = assembleFiles(this.#dropped);
    if (!loaded) return;
    this.cancel();
    const kept = new Map(this.#dropped);
    this.#dropped.clear();
    await this.#use(loaded);
    await keepFiles(browserStore(this.baseUrl), kept);
  }

  /** The test images at hand; undefined while there are no data. */
  get testSet(): ImageSet | undefined {
    return this.#loaded?.test;
  }

  /** Pixels 0…1 and label of a test example; undefined while there are no data. */
  example(index: number): { pixels: Float32Array<ArrayBuffer>; label: number } | undefined {
    const test = this.#loaded?.test;
    const label = test?.labels[index];
    if (!test || label === undefined) return undefined;
    const cells = test.images.length / test.shape[0];
    const pixels = Float32Array.from(test.images.subarray(index * cells, (index + 1) * cells), (byte) => byte / 255);
    return { pixels, label };
  }

  /** Uploads the data again, to the engine there is now. */
  async restore(): Promise<void> {
    this.#inUse = undefined;
    if (this.#loaded) await this.#use(this.#loaded);
  }

  async #use(loaded: LoadedData): Promise<void> {
    this.#loaded = loaded;
    const engine = this.engine();
    if (!engine) return;
    const train = engine.upload(loaded.train);
    const test = engine.upload(loaded.test);
    const validation = test.take(Math.min(validationSize, test.size));
    const before = this.#inUse;
    this.#inUse = { train, test, validation };
    await this.onReady(this.#inUse);
    before?.train.dispose();
    before?.test.dispose();
    this.report({
      type: 'dataReady',
      rung: loaded.rung,
      trainSize: train.size,
      testSize: test.size,
      validationSize: validation.size,
    });
  }
}
