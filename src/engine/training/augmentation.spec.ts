/*
 * Plan. What is given is read, what is not changes nothing, and every broken field is an issue that names rule and value.
 * Motions stay within what is allowed, reach its ends, are centred, and are functions of seed, step and place alone: a
 * motion's draws are the words it says they are, so that one setting never moves the draws of another. Bounds on random
 * figures are five standard deviations. That the GPU moves images so is proved on it.
 */
import { expect, test } from 'playwright/test';
import { motionOf, resolveAugmentation, type ResolvedAugmentation } from './augmentation.ts';

const nothing: ResolvedAugmentation = { shift: 0, rotation: 0, zoom: 0, noise: 0, flip: false };
const everything: ResolvedAugmentation = { shift: 2, rotation: 15, zoom: 0.1, noise: 0.05, flip: true };

test('defaults change nothing, and what is given is read', () => {
  expect(resolveAugmentation({})).toEqual({ augmentation: nothing, issues: [] });
  expect(resolveAugmentation(everything)).toEqual({ augmentation: everything, issues: [] });
});

for (const [config, message] of [
  [3, 'augmentation: must be an object. Received augmentation=3.'],
  [{ shift: 1.5 }, 'augmentation: shift must be a whole number from 0 to 1024. Received shift=1.5.'],
  [{ shift: -1 }, 'augmentation: shift must be a whole number from 0 to 1024. Received shift=-1.'],
  [{ rotation: 181 }, 'augmentation: rotation must be a number from 0 to 180. Received rotation=181.'],
  [{ zoom: 1 }, 'augmentation: zoom must be a number from 0 to 0.9. Received zoom=1.'],
  [{ noise: NaN }, 'augmentation: noise must be a number from 0 to 10. Received noise=NaN.'],
  [{ flip: 1 }, 'augmentation: flip must be true or false. Received flip=1.'],
  [
    { rotate: 3 },
    'augmentation: there is no field "rotate"; it has shift, rotation, zoom, noise, flip. Received rotate=3.',
  ],
] as const) {
  test(`${JSON.stringify(config)} is refused`, () =>
    expect(resolveAugmentation(config).issues.map((issue) => issue.message)).toEqual([message]));
}

const motions = Array.from({ length: 4000 }, (_, place) => motionOf(everything, { seed: 3, step: 1, place }));
const limit = (15 * Math.PI) / 180;

test('motions fill what is allowed', () => {
  for (const axis of [0, 1] as const) {
    const shifts = motions.map(({ shift }) => shift[axis]);
    for (const shift of [-2, -1, 0, 1, 2]) {
      const share = shifts.filter((value) => value === shift).length / shifts.length;
      expect(Math.abs(share - 0.2)).toBeLessThan(5 * Math.sqrt(0.16 / shifts.length));
    }
    expect(new Set(shifts).size).toBe(5);
  }
  for (const [values, middle, reach] of [
    [motions.map(({ radians }) => radians), 0, limit],
    [motions.map(({ zoom }) => zoom), 1, 0.1],
  ] as const) {
    const distances = values.map((value) => value - middle);
    expect(Math.max(...distances.map(Math.abs))).toBeLessThanOrEqual(reach);
    expect(Math.min(Math.max(...distances), -Math.min(...distances))).toBeGreaterThan(0.99 * reach);
    const mean = distances.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan((5 * reach) / Math.sqrt(3 * values.length));
  }
  const flipped = motions.filter(({ isFlipped }) => isFlipped).length / motions.length;
  expect(Math.abs(flipped - 0.5)).toBeLessThan(2.5 / Math.sqrt(motions.length));
});

test('a motion is its seed’s, its step’s and its place’s', () => {
  const at = { seed: 3, step: 1, place: 4 };
  const others = [at, { ...at, seed: 4 }, { ...at, step: 2 }, { ...at, place: 5 }];
  expect(new Set(others.map((other) => JSON.stringify(motionOf(everything, other)))).size).toBe(others.length);
  expect(motionOf(everything, at)).toEqual(motions[4]);
});

test('what is switched off moves nothing, and does not move the draws of the rest', () => {
  const at = { seed: 3, step: 1, place: 4 };
  const still = motionOf(nothing, at);
  expect({ ...still, shift: still.shift.map(Math.abs), radians: Math.abs(still.radians) }).toEqual({
    shift: [0, 0],
    radians: 0,
    zoom: 1,
    isFlipped: false,
  });
  const all = motionOf(everything, at);
  expect(motionOf({ ...nothing, shift: 2 }, at).shift).toEqual(all.shift);
  expect(motionOf({ ...nothing, rotation: 15 }, at).radians).toBe(all.radians);
  expect(motionOf({ ...nothing, zoom: 0.1 }, at).zoom).toBe(all.zoom);
  expect(motionOf({ ...nothing, flip: true }, at).isFlipped).toBe(all.isFlipped);
});
