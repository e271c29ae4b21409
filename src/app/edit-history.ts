/** What was done to the model and what was undone, to be taken back step by step. Pure; knows no shapes. */
import type { ModelConfig } from '../engine/model/config.ts';
import { graphOf, type LayerNode } from './layer-graph.ts';

/** A model as it was, and in few words the edit between it and the next one. */
export interface HistoryEntry {
  readonly config: ModelConfig;
  readonly label: string;
}

/** The models before and after the settled one, nearest last. */
export interface EditHistory {
  readonly past: readonly HistoryEntry[];
  readonly future: readonly HistoryEntry[];
  /** The model after the last finished edit. */
  readonly settled: ModelConfig;
}

const mostEntries = 200;

/** A history in which nothing has been done. */
export function freshHistory(settled: ModelConfig): EditHistory {
  return { past: [], future: [], settled };
}

/** The history once `config` is settled; what was undone before is gone. */
export function withEdit(history: EditHistory, config: ModelConfig): EditHistory {
  const { past, settled } = history;
  if (JSON.stringify(config) === JSON.stringify(settled)) return history;
  const entry = { config: settled, label: describeEdit(settled, config) };
  return { past: [...past, entry].slice(-mostEntries), future: [], settled: config };
}

/** One edit taken back; undefined where there is none. */
export function undone({ past, future, settled }: EditHistory): EditHistory | undefined {
  const entry = past.at(-1);
  if (!entry) return undefined;
  return {
    past: past.slice(0, -1),
    future: [...future, { config: settled, label: entry.label }],
    settled: entry.config,
  };
}

/** One edit done again; undefined where none was taken back. */
export function redone({ past, future, settled }: EditHistory): EditHistory | undefined {
  const entry = future.at(-1);
  if (!entry) return undefined;
  return {
    past: [...past, { config: settled, label: entry.label }],
    future: future.slice(0, -1),
    settled: entry.config,
  };
}

/** What makes the second model of the first, in few words: `filters of conv2d_1`, `removal of dense_1`. */
export function describeEdit(before: ModelConfig, after: ModelConfig): string {
  if (before.name !== after.name) return `choice of ${after.name ?? 'another network'}`;
  const [old, now] = [graphOf(before), graphOf(after)];
  const added = missing(now, old);
  const removed = missing(old, now);
  if (added.length === 1 && removed.length === 1 && old.length === now.length)
    return `change of ${removed[0]} to ${added[0]}`;
  if (added.length > 0 && removed.length === 0) return `new ${added.join(', ')}`;
  if (removed.length > 0 && added.length === 0) return `removal of ${removed.join(', ')}`;
  if (old.some(({ name }, index) => name !== now[index]?.name)) return 'order of the layers';
  const fields = now.flatMap((node, index) =>
    changedFields(old[index], node).map((field) => ({ field, name: node.name })),
  );
  const names = new Set(fields.map(({ name }) => name));
  if (names.size !== 1) return 'edit of the layers';
  return `${fields.map(({ field }) => field).join(', ')} of ${[...names].join()}`;
}

function missing(nodes: readonly LayerNode[], others: readonly LayerNode[]): readonly string[] {
  const known = new Set(others.map(({ name }) => name));
  return nodes.map(({ name }) => name).filter((name) => !known.has(name));
}

function changedFields(before: LayerNode | undefined, after: LayerNode): readonly string[] {
  const [old, now] = [new Map(Object.entries(before?.layer ?? {})), new Map(Object.entries(after.layer))];
  const fields = [...new Set([...old.keys(), ...now.keys()])];
  const changed = fields.filter((field) => JSON.stringify(old.get(field)) !== JSON.stringify(now.get(field)));
  return before?.sources.join() === after.sources.join() ? changed : [...changed, 'inputs'];
}

/** The model that the present one was made of by edits: the preset last chosen. */
export function startOfEdits({ past, settled }: EditHistory): ModelConfig {
  const others = past.findLastIndex(({ config }) => config.name !== settled.name);
  return past[others + 1]?.config ?? settled;
}
