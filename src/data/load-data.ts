/** Climbs the ladder of places the data may come from, telling of every rung tried. Knows none of the file formats. */
import { DataError, cancelledError, throwIfCancelled } from './data-error.ts';
import type { DataCallbacks, DataFileName, DataRung, LoadedData } from './dataset-types.ts';
import { download } from './download.ts';
import type { Patience } from './download.ts';
import { isGzip } from './first-bytes.ts';
import { generateData } from './generated-data.ts';
import { downloadOrder, mirrorUrl, mnistFiles, siteUrl } from './mnist-files.ts';
import { openMnistFile } from './open-file.ts';
import { assembleFiles } from './own-files.ts';
import { browserStore, keepFiles } from './store.ts';
import type { DataStore } from './store.ts';
import { DownloadTally } from './tally.ts';

export interface LoadOptions {
  /** The page's address; the site's own copy lies under it. */
  readonly baseUrl: string;
  /** The rung to begin with; `cache` by default. */
  readonly startAt?: DataRung;
  readonly signal: AbortSignal;
  readonly callbacks: DataCallbacks;
  /** Of the generated digits, an unsigned 32-bit integer. */
  readonly seed: number;
  /** The platform's by default. */
  readonly fetch?: typeof fetch;
  /** The browser's by default; null for none. */
  readonly store?: DataStore | null;
  readonly patience?: Patience;
}

const ladder = ['cache', 'site', 'mirror', 'generated'] as const;
type Rung = (typeof ladder)[number];

/** A network that swallows packets must not keep anyone waiting; a slow one may take its time between bytes. */
const defaultPatience: Patience = { firstByteMs: 6000, stallMs: 15_000 };

/**
 * The data of the first rung that has them, kept for the next visit when they came over the network.
 * @throws `AbortError` when cancelled; DataError `badArgument` for a rung that cannot be climbed.
 */
export async function loadData(options: LoadOptions): Promise<LoadedData> {
  const { signal, callbacks, startAt = 'cache' } = options;
  const start = ladder.findIndex((rung) => rung === startAt);
  if (start < 0) {
    throw new DataError(
      'badArgument',
      `loadData: startAt must be one of ${ladder.join(', ')}. Received startAt=${startAt}.`,
    );
  }
  const store = options.store === undefined ? browserStore(options.baseUrl) : (options.store ?? undefined);
  for (const rung of ladder.slice(start)) {
    throwIfCancelled(signal);
    try {
      return await climb(rung, options, store);
    } catch (error) {
      if (signal.aborted) throw cancelledError();
      if (rung === 'generated') throw error;
      callbacks.onSkipped?.({ rung, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw cancelledError();
}

async function climb(rung: Rung, options: LoadOptions, store: DataStore | undefined): Promise<LoadedData> {
  if (rung === 'generated') {
    return generateData(options.seed, options.signal, (loadedBytes, totalBytes) => {
      options.callbacks.onProgress?.({ rung, loadedBytes, totalBytes });
    });
  }
  if (rung === 'cache') return readKept(options, store);
  return downloadAll(rung, options, store);
}

async function readKept(options: LoadOptions, store: DataStore | undefined): Promise<LoadedData> {
  if (store === undefined) throw new DataError('unreachable', 'This browser lends the page no place to keep data.');
  const tally = new DownloadTally('cache', options.callbacks);
  const kept = new Map<DataFileName, Uint8Array>();
  for (const file of downloadOrder) {
    const raw = await store.get(file);
    throwIfCancelled(options.signal);
    if (raw === undefined) throw new DataError('unreachable', 'This browser keeps no copy of the data yet.');
    tally.finish(file, raw.length, true);
    try {
      kept.set(file, await openMnistFile(file, raw, options.signal));
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      await store.clear();
      throw new DataError(error.code, `The copy kept in this browser is unusable and was removed: ${error.message}.`);
    }
  }
  return requireAll(kept, 'cache');
}

async function downloadAll(
  rung: 'site' | 'mirror',
  options: LoadOptions,
  store: DataStore | undefined,
): Promise<LoadedData> {
  const tally = new DownloadTally(rung, options.callbacks);
  const raws = new Map<DataFileName, Uint8Array>();
  const opened = new Map<DataFileName, Uint8Array>();
  for (const file of downloadOrder) {
    const url = rung === 'site' ? siteUrl(options.baseUrl, file) : mirrorUrl(file);
    const place = rung === 'site' ? 'This site' : new URL(url).host;
    const raw = await download({
      fetch: options.fetch ?? fetch,
      url,
      place,
      file: `${file}.gz`,
      largestBytes: mnistFiles[file].sizeBytes,
      patience: options.patience ?? defaultPatience,
      signal: options.signal,
      onBytes: (loaded, isCompressed, announced) => tally.record(file, loaded, isCompressed, announced),
    });
    tally.finish(file, raw.length, isGzip(raw));
    raws.set(file, raw);
    opened.set(file, await openDownload(file, raw, place, options.signal));
  }
  const data = requireAll(opened, rung);
  await keepFiles(store, raws, options.signal);
  throwIfCancelled(options.signal);
  return data;
}

async function openDownload(
  file: DataFileName,
  raw: Uint8Array<ArrayBuffer>,
  place: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    return await openMnistFile(file, raw, signal);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(error.code, `${place} sent ${file}.gz, but it is ${error.message}.`);
  }
}

function requireAll(files: ReadonlyMap<DataFileName, Uint8Array>, rung: Rung): LoadedData {
  const data = assembleFiles(files, rung);
  if (data === undefined)
    throw new DataError('unreachable', `loadData: all four files are needed. Received ${files.size}.`);
  return data;
}
