/** Plan. Drive a sketch by key presses: moving draws nothing until the pen is down; lifting, rubbing out, taking back and forth, and the borders of the grid. */
import { expect, test } from 'playwright/test';
import { PenKeys, type PenKey } from './pen-keys.ts';
import { StrokeSketch } from './stroke-sketch.ts';

function key(name: string, held: Partial<PenKey> = {}): PenKey {
  return { key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held };
}

function pen(): { sketch: StrokeSketch; press: (name: string, held?: Partial<PenKey>) => string; keys: PenKeys } {
  const sketch = new StrokeSketch();
  const keys = new PenKeys(sketch);
  return { sketch, keys, press: (name, held) => keys.press(key(name, held)) };
}

test('a lifted pen moves without drawing', () => {
  const { sketch, keys, press } = pen();
  expect(press('ArrowLeft')).toBe('moved');
  expect([keys.column, keys.row]).toEqual([13, 14]);
  expect(sketch.isEmpty).toBe(true);
});

test('Space puts the pen down where the cursor is, arrows draw on, Enter lifts it', () => {
  const { sketch, press } = pen();
  expect([press(' '), press('ArrowRight'), press('ArrowDown', { shiftKey: true }), press('Enter')]).toEqual([
    'drawn',
    'drawn',
    'drawn',
    'moved',
  ]);
  expect(sketch.strokes.map((stroke) => stroke.map(({ x, y }) => [x, y]))).toEqual([
    [
      [14.5, 14.5],
      [15.5, 14.5],
      [15.5, 18.5],
    ],
  ]);
  press('ArrowLeft');
  expect(sketch.strokes[0]).toHaveLength(3);
});

test('Escape lifts the pen, and is left to others when it is lifted already', () => {
  const { sketch, press } = pen();
  press(' ');
  expect(press('Escape')).toBe('moved');
  expect(sketch.isPenDown).toBe(false);
  expect(press('Escape')).toBe('ignored');
});

test('Control Z takes the last stroke back and lifts the pen', () => {
  const { sketch, press } = pen();
  for (const name of [' ', ' ', 'ArrowLeft', ' ']) press(name);
  expect(sketch.strokes).toHaveLength(2);
  expect(press('z', { ctrlKey: true })).toBe('drawn');
  expect(sketch.strokes).toHaveLength(1);
  expect(sketch.isPenDown).toBe(false);
});

test('Control Y and Control Shift Z make again what was taken back, until something else is drawn', () => {
  const { sketch, press } = pen();
  for (const name of [' ', ' ', 'ArrowLeft', ' ', ' ']) press(name);
  press('z', { ctrlKey: true });
  press('z', { ctrlKey: true });
  expect(sketch.isEmpty).toBe(true);
  expect([press('y', { ctrlKey: true }), press('Z', { ctrlKey: true, shiftKey: true })]).toEqual(['drawn', 'drawn']);
  expect(sketch.strokes).toHaveLength(2);
  press('z', { ctrlKey: true });
  press(' ');
  expect(sketch.canRedo).toBe(false);
});

test('the eraser rubs out the strokes it comes near and no others, and undo brings them back', () => {
  const { sketch, press } = pen();
  for (const name of [' ', 'ArrowRight', ' ']) press(name);
  for (let count = 0; count < 8; count += 1) press('ArrowUp');
  for (const name of [' ', 'ArrowRight', ' ', 'e']) press(name);
  expect([sketch.tool, sketch.isPenDown]).toEqual(['eraser', false]);
  for (const name of ['ArrowDown', ' ', 'ArrowDown', 'ArrowDown', ' ']) press(name);
  expect(sketch.strokes.map((stroke) => stroke[0]?.y)).toEqual([14.5]);
  press('z', { ctrlKey: true });
  expect(sketch.strokes).toHaveLength(2);
  sketch.clear();
  expect([sketch.isEmpty, sketch.canUndo]).toEqual([true, true]);
  sketch.restart();
  expect([sketch.canUndo, sketch.canRedo]).toEqual([false, false]);
});

test('the pen stays on the grid', () => {
  const { keys, press } = pen();
  for (let count = 0; count < 9; count += 1) press('ArrowUp', { shiftKey: true });
  for (let count = 0; count < 30; count += 1) press('ArrowRight');
  expect([keys.column, keys.row]).toEqual([27, 0]);
});

test('keys that are not for the pen are left alone', () => {
  const { press } = pen();
  expect([press('a'), press('Tab'), press('ArrowLeft', { altKey: true }), press('r', { ctrlKey: true })]).toEqual(
    new Array(4).fill('ignored'),
  );
});
