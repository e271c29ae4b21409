/** Keeps the four files in the browser between visits. Trusts nothing it gives back: the reader verifies. */
import type { DataFileName } from './dataset-types.ts';
import { isGzip } from './first-bytes.ts';

/** Where verified files are kept; every method may reject, for instance when the quota is used up. */
export interface DataStore {
  get(file: DataFileName): Promise<Uint8Array<ArrayBuffer> | undefined>;
  put(file: DataFileName, bytes: Uint8Array): Promise<void>;
  clear(): Promise<void>;
}

/** The name of the browser's cache that holds the files; whatever cleans old caches must spare it. */
export const dataCacheName = 'receptive-mnist-v1';

/**
 * The browser's store, or undefined where there is none. The Cache API and not OPFS: it reports a used-up quota as an
 * error, where Chromium's synchronous file handles have been seen to write nothing and say nothing.
 */
export function browserStore(baseUrl: string): DataStore | undefined {
  if (!('caches' in globalThis)) return undefined;
  const address = (file: DataFileName): string => new URL(`kept-data/${file}.gz`, baseUrl).href;
  return {
    async get(file) {
      if (!(await caches.has(dataCacheName))) return undefined;
      const kept = await (await caches.open(dataCacheName)).match(address(file));
      return kept === undefined ? undefined : new Uint8Array(await kept.arrayBuffer());
    },
    async put(file, bytes) {
      const headers = { 'content-type': 'application/octet-stream' };
      const content = new Blob([new Uint8Array(bytes)]);
      const body = isGzip(bytes) ? content : content.stream().pipeThrough(new CompressionStream('gzip'));
      await (await caches.open(dataCacheName)).put(address(file), new Response(body, { headers }));
    },
    async clear() {
      await caches.delete(dataCacheName);
    },
  };
}

/** Keeps all files or none; true when they are kept. A store that refuses is no error: the data are only not kept. */
export async function keepFiles(
  store: DataStore | undefined,
  files: ReadonlyMap<DataFileName, Uint8Array>,
  signal?: AbortSignal,
): Promise<boolean> {
  if (store === undefined) return false;
  try {
    await store.clear();
    for (const [file, bytes] of files) {
      if (signal?.aborted) break;
      await store.put(file, bytes);
    }
    if (!signal?.aborted) return true;
  } catch {
    // Quota, private browsing, a policy: the half that was kept is taken back below.
  }
  await store.clear().catch(() => undefined);
  return false;
}
