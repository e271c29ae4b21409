/**
 * Plan: the page's own store, in a real browser's IndexedDB. What one store has saved another one loads, the last of two records
 * of a key; cleared, it is empty, and goes on to be used. Where the browser keeps nothing, every method rejects, which is
 * what the engine takes for an empty store.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';

useEnginePage();

test('what is saved is loaded by another store, until it is cleared', async () => {
  const { loaded, cleared, again } = await page.evaluate(async () => {
    const record = { choice: 'large', ways: ['small', 'large'], defaultMs: 2, choiceMs: 1 };
    const store = proof.browserTuningStore();
    await store.save('a', { ...record, choice: 'small' });
    await store.save('a', record);
    await store.save('b', { ...record, choiceMs: 0.5 });
    const loaded = [...(await proof.browserTuningStore().load())];
    await store.clear();
    const cleared = [...(await proof.browserTuningStore().load())];
    await store.save('c', record);
    return { loaded, cleared, again: [...(await store.load()).keys()] };
  });
  expect(loaded).toEqual([
    ['a', { choice: 'large', ways: ['small', 'large'], defaultMs: 2, choiceMs: 1 }],
    ['b', { choice: 'large', ways: ['small', 'large'], defaultMs: 2, choiceMs: 0.5 }],
  ]);
  expect(cleared).toEqual([]);
  expect(again).toEqual(['c']);
});

test('where nothing can be kept, every method rejects', async () => {
  const outcomes = await page.evaluate(async () => {
    const open = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'open');
    if (!open) throw new Error('IDBFactory: it must have open. Received undefined.');
    Object.defineProperty(IDBFactory.prototype, 'open', {
      ...open,
      value: () => {
        throw new DOMException('no storage here', 'SecurityError');
      },
    });
    const store = proof.browserTuningStore();
    const record = { choice: 'large', ways: ['large'], defaultMs: 1, choiceMs: 1 };
    const settled = await Promise.allSettled([store.load(), store.save('a', record), store.clear()]);
    Object.defineProperty(IDBFactory.prototype, 'open', open);
    return settled.map(({ status }) => status);
  });
  expect(outcomes).toEqual(['rejected', 'rejected', 'rejected']);
});
