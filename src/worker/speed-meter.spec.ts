/*
 * Plan. A meter fed by a made machine: nothing until two reports are in, then what the machine does, from the first report's time
 * on; it follows a change of speed within its window, and forgets when told to. Beside it, how many steps come in at a
 * time.
 */
import { expect, test } from 'playwright/test';
import { SpeedMeter } from './speed-meter.ts';

const nothing = { imagesPerSecond: 0, msPerStep: 0 };

test('reads nothing until two reports have come in', () => {
  const meter = new SpeedMeter();
  expect(meter.read()).toEqual(nothing);
  meter.add(100, 5, 320);
  expect(meter.read()).toEqual(nothing);
  meter.add(100, 5, 320);
  expect(meter.read()).toEqual(nothing);
});

test('reads images and steps since the first report', () => {
  const meter = new SpeedMeter();
  meter.add(1000, 50, 9999);
  meter.add(1100, 10, 640);
  meter.add(1500, 30, 1888);
  expect(meter.read()).toEqual({ imagesPerSecond: (640 + 1888) * 2, msPerStep: 500 / 40 });
});

test('follows a change of speed within its window', () => {
  const meter = new SpeedMeter();
  for (let atMs = 0; atMs < 10_000; atMs += 250) meter.add(atMs, 25, 1600);
  expect(meter.read()).toEqual({ imagesPerSecond: 6400, msPerStep: 10 });
  for (let atMs = 10_000; atMs <= 14_500; atMs += 250) meter.add(atMs, 5, 320);
  expect(meter.read()).toEqual({ imagesPerSecond: 1280, msPerStep: 50 });
});

test('two reports are enough, however far apart', () => {
  const meter = new SpeedMeter();
  meter.add(0, 1, 64);
  meter.add(30_000, 1, 64);
  expect(meter.read().msPerStep).toBe(30_000);
});

test('forgets', () => {
  const meter = new SpeedMeter();
  meter.add(0, 1, 64);
  meter.add(100, 1, 64);
  meter.restart();
  expect(meter.read()).toEqual(nothing);
  meter.add(90_000, 1, 64);
  meter.add(90_050, 1, 64);
  expect(meter.read()).toEqual({ imagesPerSecond: 1280, msPerStep: 50 });
});

test('tells how many steps come in at a time', () => {
  const meter = new SpeedMeter();
  expect(meter.stepsPerReport).toBe(0);
  meter.add(0, 2, 128);
  meter.add(100, 10, 640);
  expect(meter.stepsPerReport).toBe(6);
});
