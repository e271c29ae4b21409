/** Keeps what tuning finds in the browser's IndexedDB. Rejects where there is none; the engine then does without. */
import type { TuningRecord, TuningStore } from '../engine/index.ts';

/** Changed when the records' form changes: those of another form are left behind. */
const databaseName = 'receptive-tuning-v1';
const storeName = 'kernels';

/** One database for all adapters and browsers' versions: the keys tell them apart. */
export function browserTuningStore(): TuningStore {
  let opened: Promise<IDBDatabase> | undefined;
  const begin = async (mode: IDBTransactionMode): Promise<IDBObjectStore> => {
    opened ??= openDatabase();
    return (await opened).transaction(storeName, mode).objectStore(storeName);
  };
  return {
    async load() {
      const store = await begin('readonly');
      const [keys, records] = await Promise.all([resultOf(store.getAllKeys()), resultOf<unknown[]>(store.getAll())]);
      // The engine believes none of it before it has looked.
      const entries = keys.flatMap((key, index) =>
        typeof key === 'string' ? [[key, records[index] as TuningRecord] as const] : [],
      );
      return new Map(entries);
    },
    async save(key, record) {
      await resultOf((await begin('readwrite')).put(record, key));
    },
    async clear() {
      await resultOf((await begin('readwrite')).clear());
    },
  };
}

async function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(databaseName, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(storeName));
  const database = await resultOf(opening);
  // Whoever deletes the site's data must not wait for this page to be closed.
  database.addEventListener('versionchange', () => database.close());
  return database;
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('tuning: the browser keeps nothing.')));
  });
}
