import { expect, test } from 'playwright/test';
import type { AdapterDescription } from '../engine/index.ts';
import type { Report } from './protocol.ts';
import { ReportWire, type WireTimes } from './report-wire.ts';

const training: Report = { type: 'phase', phase: 'training', origin: 'trained' };
const paused: Report = { type: 'phase', phase: 'paused', origin: 'trained' };
const prediction: Report = { type: 'prediction', probabilities: [1] };
const scales: Report = { type: 'mapScales', scales: {} };
const ready = (isSoftware: boolean): Report => ({ type: 'ready', adapter: { isSoftware } as AdapterDescription });

/** A wire, and the types of every message's reports. */
function openWire(times: WireTimes) {
  const messages: string[][] = [];
  const wire = new ReportWire((reports) => messages.push(reports.map(({ type }) => type)), times);
  return { wire, messages };
}

test('where the CPU computes, what comes while it trains goes in one message, in order', async () => {
  const { wire, messages } = openWire({ bundleMs: 10, answerMs: 0 });
  for (const report of [ready(true), training, prediction, scales]) wire.post(report);
  expect(messages).toEqual([['ready']]);
  await expect.poll(() => messages).toEqual([['ready'], ['phase', 'prediction', 'mapScales']]);
});

test('on a graphics card every report goes at once', () => {
  const { wire, messages } = openWire({ bundleMs: 1e6, answerMs: 0 });
  for (const report of [ready(false), training, prediction]) wire.post(report);
  expect(messages).toEqual([['ready'], ['phase'], ['prediction']]);
});

test('what a person asks brings the held reports, and answers follow at once', () => {
  const { wire, messages } = openWire({ bundleMs: 1e6, answerMs: 1e6 });
  for (const report of [ready(true), training]) wire.post(report);
  wire.follow({ type: 'pause' });
  wire.post(prediction);
  expect(messages).toEqual([['ready'], ['phase'], ['prediction']]);
});

test('at rest and in slow motion nothing waits', () => {
  const { wire, messages } = openWire({ bundleMs: 1e6, answerMs: 0 });
  for (const report of [ready(true), training, paused, prediction]) wire.post(report);
  expect(messages).toEqual([['ready'], ['phase', 'phase'], ['prediction']]);
  wire.follow({ type: 'setPace', stepsPerSecond: 2 });
  for (const report of [training, scales]) wire.post(report);
  expect(messages.slice(3)).toEqual([['phase'], ['mapScales']]);
});
