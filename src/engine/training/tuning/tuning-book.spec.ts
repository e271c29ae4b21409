/*
 * Plan. What is kept is found again by the same adapter, runtime and precision, in a later book on the same store, and by no
 * other; choices are asked for by mode. A store that fails, or holds what is no record, is as good as an empty one. Forgetting
 * empties book and store.
 */
import { expect, test } from 'playwright/test';
import type { AdapterDescription, TuningRecord, TuningStore } from '../../contract.ts';
import { createMemoryTuningStore } from './memory-tuning-store.ts';
import { TuningBook } from './tuning-book.ts';

const adapter: AdapterDescription = {
  vendor: 'maker',
  architecture: 'first',
  description: 'a chip',
  isSoftware: false,
  hasFloat16: true,
};
const record: TuningRecord = { choice: 'large', ways: ['small', 'large'], defaultMs: 2, choiceMs: 1 };

async function bookOn(store: TuningStore, other: Partial<AdapterDescription> = {}, runtime = 'browser 1') {
  const book = new TuningBook({ ...adapter, ...other }, store, runtime);
  await book.load();
  return book;
}

test('a later book on the same store knows, for the same adapter, runtime and precision only', async () => {
  const store = createMemoryTuningStore();
  const book = await bookOn(store);
  book.keep('kernel', 'f32', record);
  expect(book.find('kernel', 'f32')).toEqual(record);
  expect(book.find('kernel', 'f16')).toBeUndefined();
  const later = await bookOn(store);
  expect(later.find('kernel', 'f32')).toEqual(record);
  expect([...later.choicesFor('auto', 'f32')]).toEqual([['kernel', 'large']]);
  expect([...later.choicesFor('auto', 'f16')]).toEqual([]);
  for (const other of [{ vendor: 'other' }, { architecture: 'second' }, { description: 'another chip' }]) {
    expect([...(await bookOn(store, other)).choicesFor('auto', 'f32')]).toEqual([]);
  }
  expect((await bookOn(store, {}, 'browser 2')).find('kernel', 'f32')).toBeUndefined();
});

test('choices are those known, those given, or none', async () => {
  const store = createMemoryTuningStore();
  const book = await bookOn(store);
  book.keep('kernel', 'f32', record);
  expect([...book.choicesFor('off', 'f32')]).toEqual([]);
  expect([...book.choicesFor({ kernel: 'small' }, 'f32')]).toEqual([['kernel', 'small']]);
});

test('a store that fails is as good as an empty one', async () => {
  const fail = () => Promise.reject(new Error('private mode'));
  const book = await bookOn({ load: fail, save: fail, clear: fail });
  book.keep('kernel', 'f32', record);
  expect(book.find('kernel', 'f32')).toEqual(record);
  await book.forget();
  expect(book.find('kernel', 'f32')).toBeUndefined();
});

test('what is no record is passed over', async () => {
  const store = createMemoryTuningStore();
  const good = await bookOn(store);
  good.keep('kernel', 'f32', record);
  const key = [...(await store.load()).keys()][0] ?? '';
  for (const damaged of [undefined, null, 7, 'large', {}, { ...record, choice: 1 }, { ...record, ways: 'small' }]) {
    const load = () => Promise.resolve(new Map([[key, damaged]]) as unknown as ReadonlyMap<string, TuningRecord>);
    expect((await bookOn({ ...store, load })).find('kernel', 'f32')).toBeUndefined();
  }
});

test('forgetting empties book and store', async () => {
  const store = createMemoryTuningStore();
  const book = await bookOn(store);
  book.keep('kernel', 'f32', record);
  await book.forget();
  expect(book.find('kernel', 'f32')).toBeUndefined();
  expect((await store.load()).size).toBe(0);
});
