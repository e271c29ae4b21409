/** Plan. The five lines in order, then each state of the data: waiting, climbing, in use while another loads, skipped, failed. */
import { expect, test } from 'playwright/test';
import type { DataState } from '../app/state.ts';
import { describeData, describeLadder, type LadderLine } from './data-ladder.ts';

const waiting: DataState = { status: 'waiting', skipped: [], checkedFiles: [], missingFiles: [] };
const sizes = { train: 60_000, validation: 2000, test: 10_000 };
const noCopy = { rung: 'cache', reason: 'This browser keeps no copy of the data yet.' } as const;

function line(data: DataState, rung: LadderLine['rung']): LadderLine | undefined {
  return describeLadder(data).find((each) => each.rung === rung);
}

test('the ladder stands in the order it is climbed, and every place but the own files can be asked for', () => {
  const lines = describeLadder({ ...waiting, status: 'cancelled' });
  expect(lines.map(({ rung }) => rung)).toEqual(['cache', 'site', 'mirror', 'files', 'generated']);
  expect(lines.map(({ action }) => action)).toEqual(['Use', 'Use', 'Use', undefined, 'Use']);
});

test('without a GPU nothing is offered that could not be used', () => {
  expect(describeLadder(waiting).every(({ action }) => action === undefined)).toBe(true);
  expect(describeData(waiting)).toContain('without a GPU');
});

test('while it climbs, the rung being tried says so, skipped ones say why, and none can be asked for', () => {
  const data: DataState = { ...waiting, status: 'loading', skipped: [noCopy] };
  expect(line(data, 'cache')).toMatchObject({ status: 'skipped', note: noCopy.reason });
  expect(line(data, 'site')).toMatchObject({ status: 'loading' });
  expect(describeLadder(data).every(({ action }) => action === undefined)).toBe(true);
  expect(describeData(data)).toBe('Loading: This site.');
});

test('progress is shown on its own rung, with the file, beside the data still in use', () => {
  const progress = { rung: 'mirror', file: 'train-images-idx3-ubyte', loadedBytes: 5, totalBytes: 10 } as const;
  const data: DataState = { ...waiting, status: 'loading', rung: 'generated', sizes, progress };
  expect(line(data, 'mirror')).toMatchObject({ status: 'loading', note: 'train-images-idx3-ubyte', progress });
  expect(line(data, 'generated')).toMatchObject({ status: 'inUse', note: '60,000 training and 10,000 test images.' });
});

test('once there are data, others can be asked for, and those skipped tried again', () => {
  const data: DataState = { ...waiting, status: 'ready', rung: 'site', sizes, skipped: [noCopy] };
  expect(line(data, 'cache')?.action).toBe('Try again');
  expect(line(data, 'mirror')?.action).toBe('Use');
  expect(line(data, 'site')?.action).toBeUndefined();
  expect(describeData(data)).toBe('In use: This site. 60,000 training and 10,000 test images.');
});

test('a failure says what happened', () => {
  expect(describeData({ ...waiting, status: 'failed', message: 'The disk is full.' })).toBe('The disk is full.');
});
