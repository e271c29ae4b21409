/*
 * Plan. Nothing is asked of the worker until the effective field is wanted; then the gradient of the active cell is, once per
 * cell, none for a pixel of the input, and the asking ends with the wish. A gradient counts only for the cell in hand.
 */
import { expect, test } from 'playwright/test';
import { followMessages, type Followed } from '../../e2e/support/followed-messages.ts';
import { activeGradient } from './field-slice.ts';
import type { Message } from './intent.ts';

const cell = { layer: 'conv2d_3', row: 1, column: 2, channel: 5 };
const effective: Message = { type: 'fieldKindChosen', kind: 'effective' };

const follow = (...messages: readonly Message[]): Followed => followMessages(messages, ['traceGradient']);

test('the theoretical field asks for nothing', () => {
  expect(follow({ type: 'cellHovered', cell }, { type: 'cellPinned', cell }).asked).toEqual([]);
});

test('the effective field follows the active cell', () => {
  const other = { ...cell, channel: 6 };
  const { asked } = follow(
    { type: 'cellPinned', cell },
    effective,
    { type: 'cellHovered', cell: other },
    { type: 'cellHovered', cell: { ...other } },
    { type: 'cellHovered', cell: { ...other, layer: '' } },
    { type: 'cellHovered' },
    { type: 'fieldKindChosen', kind: 'theoretical' },
  );
  expect(asked).toEqual([
    { type: 'traceGradient', cell },
    { type: 'traceGradient', cell: other },
    { type: 'traceGradient' },
    { type: 'traceGradient', cell },
    { type: 'traceGradient' },
  ]);
});

test('a gradient counts for its cell, while it is wanted', () => {
  const traced: Message = { type: 'gradientTraced', cell, magnitudes: Float32Array.of(1, 2), peak: 2 };
  expect(activeGradient(follow({ type: 'cellPinned', cell }, effective, traced).state)?.peak).toBe(2);
  expect(activeGradient(follow({ type: 'cellPinned', cell }, traced).state)).toBeUndefined();
  const elsewhere: Message = { type: 'cellHovered', cell: { ...cell, row: 0 } };
  expect(activeGradient(follow({ type: 'cellPinned', cell }, effective, traced, elsewhere).state)).toBeUndefined();
});
