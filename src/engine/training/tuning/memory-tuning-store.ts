/** A store for what tuning finds that lasts as long as the process: for Node, for specs. */
import type { TuningRecord, TuningStore } from '../../contract.ts';

/** An empty store in memory. */
export function createMemoryTuningStore(): TuningStore {
  const records = new Map<string, TuningRecord>();
  return {
    load: () => Promise.resolve(new Map(records)),
    save: (key, record) => {
      records.set(key, record);
      return Promise.resolve();
    },
    clear: () => {
      records.clear();
      return Promise.resolve();
    },
  };
}
