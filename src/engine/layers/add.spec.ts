/*
 * Plan. Up to six sources are one op. More are a chain: every op but the last fills a value of its own, which the next one reads
 * first; over all ops every source is read once, in order; no dispatch reads more than six. A layer that is given twice
 * is read twice.
 */
import { expect, test } from 'playwright/test';
import { addOps } from './add.ts';
import { plainValue } from './op.ts';

const shape = [3, 5, 7];
const result = plainValue('sum', shape);
const sourcesOf = (count: number) => Array.from({ length: count }, (_, index) => plainValue(`source${index}`, shape));
const idsRead = (count: number) =>
  addOps('sum', sourcesOf(count), result).map(({ sources }) => sources.map(({ id }) => id));

for (const count of [2, 3, 6]) {
  test(`${count} sources are one op`, () => {
    expect(idsRead(count)).toEqual([sourcesOf(count).map(({ id }) => id)]);
  });
}

test('seven sources are two ops, the second one reads the sum of six', () => {
  expect(idsRead(7)).toEqual([
    ['source0', 'source1', 'source2', 'source3', 'source4', 'source5'],
    ['sum/sum1', 'source6'],
  ]);
});

test('however many: read in order, six at most at a time, the last op fills the result', () => {
  for (let count = 2; count <= 40; count++) {
    const ops = addOps('sum', sourcesOf(count), result);
    const read = ops.flatMap(({ sources }, index) => (index === 0 ? sources : sources.slice(1)));
    expect(read.map(({ id }) => id)).toEqual(sourcesOf(count).map(({ id }) => id));
    ops.forEach((op, index) => {
      expect(op.sources.length).toBeLessThanOrEqual(6);
      expect(op.result.shape).toEqual(shape);
      expect(op.passesGradient).toBe(true);
      if (index > 0) expect(op.sources[0]).toBe(ops[index - 1]?.result);
    });
    expect(ops.at(-1)?.result).toBe(result);
    expect(new Set(ops.map((op) => op.result.id)).size).toBe(ops.length);
  }
});

test('a layer given twice is read twice', () => {
  const [source] = sourcesOf(1);
  if (!source) throw new Error('there must be a source');
  expect(addOps('sum', [source, source], result).map(({ sources }) => sources)).toEqual([[source, source]]);
});
