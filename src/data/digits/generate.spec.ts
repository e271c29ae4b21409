/*
 * Plan. The stream's promises: example i depends on (seed, i) only, the same twice, others under another seed, every
 * ten examples hold each digit once. Then likeness to MNIST, measured and not looked at: the mean, the share of inked
 * pixels, the centre of mass and each digit's ink against the real training images; and two nearest-neighbour
 * classifiers on halved images, one that knows only real digits and reads generated ones (measured 94 %), one the other
 * way round (measured 90 %). The control is the chance level that shuffled labels give.
 */
import { expect, test } from 'playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { mnistFolder } from '../../../e2e/support/mnist.ts';
import { parseIdx } from '../idx.ts';
import { generateDigits } from './generate.ts';

interface Digits {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

function realDigits(count: number): Digits {
  const payload = (file: string): Uint8Array =>
    parseIdx(gunzipSync(readFileSync(join(mnistFolder(), `train-${file}-ubyte.gz`)))).payload;
  return { images: payload('images-idx3').subarray(0, count * 784), labels: payload('labels-idx1').subarray(0, count) };
}

test('example i depends on the seed and on i only', () => {
  const many = generateDigits(7, 200);
  const few = generateDigits(7, 10, 100);
  expect(few.images).toEqual(many.images.slice(100 * 784, 110 * 784));
  expect(few.labels).toEqual(many.labels.slice(100, 110));
  expect(generateDigits(7, 200).images).toEqual(many.images);
  expect(generateDigits(8, 200).images).not.toEqual(many.images);
  expect(generateDigits(7, 10, 1_000_000_000).images).not.toEqual(generateDigits(7, 10).images);
  expect(generateDigits(7, 0).shape).toEqual([0, 28, 28, 1]);
});

test('no two examples are equal, and every ten hold each digit once', () => {
  const { images, labels } = generateDigits(1, 3000);
  const prints = new Set<string>();
  for (let i = 0; i < 3000; i++) prints.add(Buffer.from(images.subarray(i * 784, (i + 1) * 784)).toString('base64'));
  expect(prints.size).toBe(3000);
  for (let start = 0; start < 3000; start += 10) {
    expect([...labels.subarray(start, start + 10)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});

/** Mean grey, share of pixels with ink, mean centre of mass, and the mean ink of each digit in full pixels. */
function inkOf({ images, labels }: Digits) {
  let [grey, inked, centreX, centreY] = [0, 0, 0, 0];
  const ink = new Array<number>(10).fill(0);
  const counts = new Array<number>(10).fill(0);
  labels.forEach((label, i) => {
    let [mass, massX, massY] = [0, 0, 0];
    images.subarray(i * 784, (i + 1) * 784).forEach((value, p) => {
      mass += value;
      massX += value * (p % 28);
      massY += value * Math.floor(p / 28);
      if (value > 0) inked++;
    });
    grey += mass;
    centreX += massX / mass / labels.length;
    centreY += massY / mass / labels.length;
    ink[label]! += mass / 255;
    counts[label]!++;
  });
  const pixels = images.length;
  return {
    grey: grey / pixels / 255,
    inked: inked / pixels,
    centreX,
    centreY,
    ink: ink.map((sum, d) => sum / counts[d]!),
  };
}

test('the ink is spread as in MNIST', () => {
  const real = inkOf(realDigits(5000));
  const generated = inkOf(generateDigits(3, 5000));
  expect(Math.abs(generated.grey - real.grey)).toBeLessThan(0.012);
  expect(Math.abs(generated.inked - real.inked)).toBeLessThan(0.02);
  expect(Math.abs(generated.centreX - 14)).toBeLessThan(0.2);
  expect(Math.abs(generated.centreY - 14)).toBeLessThan(0.2);
  generated.ink.forEach((ink, digit) =>
    expect(Math.abs(ink / real.ink[digit]! - 1), `digit ${digit}`).toBeLessThan(0.1),
  );
});

/** Means over 2 × 2 pixels: 14 × 14 values an image. */
function halve(images: Uint8Array): Float32Array {
  const half = new Float32Array(images.length / 4);
  for (let i = 0; i < half.length; i++) {
    const corner = Math.floor(i / 196) * 784 + Math.floor((i % 196) / 14) * 56 + (i % 14) * 2;
    half[i] = (images[corner]! + images[corner + 1]! + images[corner + 28]! + images[corner + 29]!) / 1020;
  }
  return half;
}

/** The share of `asked` whose nearest neighbour among `known` has the same label. */
function nearestNeighbourAccuracy(known: Digits, asked: Digits): number {
  const [from, to] = [halve(known.images), halve(asked.images)];
  let right = 0;
  asked.labels.forEach((label, q) => {
    let [nearest, answer] = [Infinity, -1];
    for (let k = 0; k < known.labels.length; k++) {
      let distance = 0;
      for (let p = 0; p < 196 && distance < nearest; p++) {
        const difference = from[k * 196 + p]! - to[q * 196 + p]!;
        distance += difference * difference;
      }
      if (distance < nearest) [nearest, answer] = [distance, known.labels[k]!];
    }
    if (answer === label) right++;
  });
  return right / asked.labels.length;
}

test('who has only seen real digits reads the generated ones, and the other way round', () => {
  const real = realDigits(6000);
  const known = { images: real.images.subarray(0, 5000 * 784), labels: real.labels.subarray(0, 5000) };
  const unseen = { images: real.images.subarray(5000 * 784), labels: real.labels.subarray(5000) };
  expect(nearestNeighbourAccuracy(known, generateDigits(5, 1000))).toBeGreaterThan(0.9);
  expect(nearestNeighbourAccuracy(generateDigits(5, 5000), unseen)).toBeGreaterThan(0.85);
  const shuffled = { images: known.images, labels: known.labels.map((_, i) => known.labels[(i + 1) % 5000]!) };
  expect(nearestNeighbourAccuracy(shuffled, generateDigits(5, 300))).toBeLessThan(0.3);
});
