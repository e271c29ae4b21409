/*
 * Plan. Operations come back in the order opposite to that in which they were done, and again in theirs; a new one ends what could be
 * done again. Writes of one gesture on one filter are one operation, from the first numbers before to the last after, also
 * where their places differ; those of another gesture or filter are not. What cannot be taken back any more is forgotten.
 */
import { expect, test } from 'playwright/test';
import { SurgeryHistory, type NumbersOperation, type Operation } from './surgery-history.ts';

function written(
  gesture: number,
  changes: readonly (readonly [number, number, number])[],
  filter = 0,
): NumbersOperation {
  return {
    type: 'numbers',
    step: { kind: 'edited', address: { weight: 'conv2d_1/kernel', filter } },
    places: Uint32Array.from(changes, ([place]) => place),
    before: Float32Array.from(changes, ([, before]) => before),
    after: Float32Array.from(changes, ([, , after]) => after),
    gesture,
  };
}

const frozen: Operation = {
  type: 'hold',
  step: { kind: 'frozen', address: { weight: 'conv2d_1/kernel', filter: 0 } },
  before: { isFrozen: false, isOff: false },
  after: { isFrozen: true, isOff: false },
};

test('back and forth', () => {
  const history = new SurgeryHistory();
  const edit = written(1, [[4, 0, 1]]);
  history.add(edit);
  history.add(frozen);
  expect(history.undo()).toBe(frozen);
  expect(history.undo()).toBe(edit);
  expect(history.undo()).toBeUndefined();
  expect(history.redo()).toBe(edit);
  expect(history.next).toBe(frozen);
  history.add(written(2, [[0, 1, 2]]));
  expect(history.redo()).toBeUndefined();
});

test('a gesture is one operation', () => {
  const history = new SurgeryHistory();
  history.add(
    written(1, [
      [4, 0, 1],
      [2, 7, 8],
    ]),
  );
  history.add(
    written(1, [
      [4, 1, 0.1],
      [3, 5, 6],
    ]),
  );
  expect(history.last).toEqual(
    written(1, [
      [2, 7, 8],
      [3, 5, 6],
      [4, 0, 0.1],
    ]),
  );
  history.add(written(1, [[4, 0.1, 2]], 1));
  history.add(written(2, [[4, 2, 3]], 1));
  history.undo();
  history.undo();
  history.undo();
  expect(history.last).toBeUndefined();
});

test('what is gone is forgotten', () => {
  const history = new SurgeryHistory();
  history.add(written(1, [[0, 1, 2]]));
  history.add(frozen);
  expect(history.keep(({ type }) => type === 'hold')).toBe(true);
  expect(history.keep(() => true)).toBe(false);
  expect(history.undo()).toBe(frozen);
  expect(history.undo()).toBeUndefined();
});
