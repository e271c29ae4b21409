/** Keeps what tuning finds in the browser's IndexedDB. Rejects where there is none; the engine then does without. */
import type { TuningRecord, TuningStore } from '../engine/index.ts';

/** Changed when the records' form changes: those of another form are left behind. */
const databaseName = 'receptive-tuning-v1';
const storeName = 'kernels';

/** One database for all adapters and browsers' versions: the keys tell them apart. */
export function browserTuningStore(): TuningStore {
  let opened: Promise<IDBDatabase> | undefined;
  const perform = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    opened ??= openDatabase();
    const transaction = (await opened).transaction(storeName, mode);
    return resultOf(work(transaction.objectStore(storeName)));
  };
  return {
    async load() {
      const keys = await perform('readonly', (store) => store.getAllKeys());
      const records = await perform<unknown[]>('readonly', (store) => store.getAll());
      // The engine believes none of it before it has looked.
      return new Map(keys.map((key, index) => [String(key), records[index] as TuningRecord]));
    },
    async save(key, record) {
      await perform('readwrite', (store) => store.put(record, key));
    },
    async clear() {
      await perform('readwrite', (store) => store.clear());
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
