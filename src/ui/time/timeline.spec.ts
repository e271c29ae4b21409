/*
 * Plan: the timeline's arithmetic, from places to pixels and back.
 *  - Steps stand by their root: snapshots that thin out like that stand evenly.
 *  - A pointer means the nearest moment; right of where training stands, now.
 *  - Keys go snapshot by snapshot, to the ends, ten at a time, and back to now; at an end they stay.
 *  - Words: what is looked at and where training stands; the slider's value with epoch and loss.
 */
import { expect, test } from 'playwright/test';
import { initialState } from '../../app/reduce.ts';
import type { PlaygroundState } from '../../app/state.ts';
import type { Place } from '../../worker/protocol.ts';
import { momentWords, timeWords } from './time-text.ts';
import { epochStarts, momentOfKey, momentsOf, nearestMoment, shareOf } from './timeline.ts';

const place = (step: number, epoch = 0): Place => ({ step, epoch, stepInEpoch: step });
const run = { places: [0, 25, 100].map((step) => place(step)), nowStep: 144, endStep: 400 };

test('steps stand by their root', () => {
  expect([0, 25, 100, 400, 900].map((step) => shareOf(step, 400))).toEqual([0, 0.25, 0.5, 1, 1]);
  expect(shareOf(0, 0)).toBe(0);
});

test('a pointer means the nearest moment', () => {
  expect(nearestMoment(run, -1)).toEqual(place(0));
  expect(nearestMoment(run, 0.3)).toEqual(place(25));
  expect(nearestMoment(run, 0.54)).toEqual(place(100));
  // Now stands at 0.6.
  expect(nearestMoment(run, 0.56)).toBe('now');
  expect(nearestMoment(run, 0.9)).toBe('now');
});

test('a snapshot of now is now', () => {
  expect(momentsOf({ ...run, places: [...run.places, place(144)] })).toEqual([...run.places, 'now']);
});

test('keys go from moment to moment and stay at the ends', () => {
  const keys = (from: Place | undefined, ...pressed: readonly string[]) =>
    pressed.map((key) => momentOfKey(run, from, key));
  expect(keys(undefined, 'ArrowLeft', 'ArrowDown', 'Home', 'PageDown')).toEqual([
    place(100),
    place(100),
    place(0),
    place(0),
  ]);
  expect(keys(undefined, 'ArrowRight', 'End')).toEqual(['now', 'now']);
  expect(keys(place(25), 'ArrowLeft', 'ArrowRight', 'PageUp', 'End', 'Escape')).toEqual([
    place(0),
    place(100),
    'now',
    'now',
    'now',
  ]);
  expect(keys(place(0), 'ArrowLeft')).toEqual([place(0)]);
  // Nothing to escape from; and keys that mean something else.
  expect(keys(undefined, 'Escape', 'a', ' ')).toEqual([undefined, undefined, undefined]);
});

test('a snapshot that was let go meanwhile has neighbours all the same', () => {
  expect(momentOfKey(run, place(30), 'ArrowLeft')).toEqual(place(25));
});

test('epochs begin after each other', () => {
  expect(epochStarts(938, 4690)).toEqual([938, 1876, 2814, 3752, 4690]);
  expect(epochStarts(938, 117)).toEqual([]);
});

test('words for now, for then and for what is missing', () => {
  const initial = initialState();
  const at = (time: Partial<PlaygroundState['time']>): PlaygroundState => ({
    ...initial,
    loss: {
      ...initial.loss,
      train: [
        { step: 320, value: 0.2104 },
        { step: 1204, value: 0.1 },
      ],
    },
    time: { ...initial.time, roomBytes: 64_000_000, ...time },
  });
  expect(timeWords(at({}))).toBe('Snapshots are kept as training goes, to look back at.');
  expect(timeWords(at({ places: [place(0), place(1)], bytes: 1_500_000 }))).toBe('2 snapshots · 1.5 of 64\u00a0MB');
  expect(timeWords(at({ lookedAt: place(320) }))).toBe('You look at step 320, epoch 1; training stands at 1,204.');
  expect(timeWords(at({ lookedAt: place(0) }))).toBe('You look at the initial weights; training stands at 1,204.');
  expect(timeWords(at({ oversizeBytes: 72_000_000 }))).toContain('takes 72.0\u00a0MB');
  expect(momentWords(at({ lookedAt: place(320) }))).toBe('step 320, epoch 1, loss 0.210');
  expect(momentWords(at({ lookedAt: place(1000, 1) }))).toBe('step 1,000, epoch 2');
  expect(momentWords(at({}))).toBe('now: step 1,204, epoch 1, loss 0.100');
});
