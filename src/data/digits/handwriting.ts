/** One digit as a pen's path in pixels: a blend of skeletons, smoothed, slanted, warped and centred. Paints nothing. */
import type { Draws } from './draws.ts';
import { skeletons } from './skeletons.ts';
import type { Stroke } from './skeletons.ts';

/** A stroke as the pen draws it: positions x₀, y₀, x₁, y₁ … in pixels, and the pen's radius at each position. */
export interface InkLine {
  readonly points: number[];
  readonly radii: number[];
}

/** MNIST scales every digit into a box of this many pixels, within an image of 28 × 28. */
const boxPx = 20;
const centrePx = 14;
const samplesPerSegment = 5;

/** The pen's median radius for each digit, such that the digit holds as much ink as MNIST's does on average. */
const medianRadiiPx = [1.42, 1.39, 1.27, 1.28, 1.25, 1.28, 1.17, 1.37, 1.21, 1.15];

/** Positive weights with sum 1; the square lets single extremes dominate often enough to be seen. */
function blendWeights(draws: Draws, count: number): number[] {
  const raw = Array.from({ length: count }, () => Math.log(1 - draws.uniform()) ** 2);
  const sum = raw.reduce((total, weight) => total + weight, 0) || 1;
  return raw.map((weight) => weight / sum);
}

/** Chooses a family of the digit, blends its extremes and lets the hand miss each point a little. */
function blendSkeleton(draws: Draws, digit: number): number[][] {
  const families = skeletons[digit] ?? [];
  const family = families[draws.pick(families.map(({ weight }) => weight))];
  if (family === undefined) throw new RangeError(`digits: a digit must be 0…9. Received digit=${digit}.`);
  const weights = blendWeights(draws, family.extremes.length);
  const first = family.extremes[0] ?? [];
  const missBy = draws.between(0.8, 3);
  return first.map((stroke, s) => {
    const blended = stroke.map((_, c) =>
      family.extremes.reduce((sum, extreme, e) => sum + (weights[e] ?? 0) * (extreme[s]?.[c] ?? 0), 0),
    );
    return missPoints(draws, blended, missBy);
  });
}

function missPoints(draws: Draws, points: Stroke, missBy: number): number[] {
  const missed: number[] = [];
  for (let c = 0; c < points.length; c += 2) {
    const x = points[c] ?? 0;
    const y = points[c + 1] ?? 0;
    const isCorner = c > 0 && Math.hypot(x - (points[c - 2] ?? 0), y - (points[c - 1] ?? 0)) < 1e-6;
    if (isCorner) missed.push(missed[c - 2] ?? 0, missed[c - 1] ?? 0);
    else missed.push(x + missBy * draws.normal(), y + missBy * draws.normal());
  }
  return missed;
}

/** Samples the Catmull-Rom spline through the points. */
function smoothStroke(points: Stroke): number[] {
  const count = points.length / 2;
  const at = (p: number, axis: number): number => points[2 * Math.min(count - 1, Math.max(0, p)) + axis] ?? 0;
  const smooth: number[] = [at(0, 0), at(0, 1)];
  for (let p = 0; p + 1 < count; p++) {
    for (let k = 1; k <= samplesPerSegment; k++) {
      const t = k / samplesPerSegment;
      for (const axis of [0, 1]) {
        const [a, b, c, d] = [at(p - 1, axis), at(p, axis), at(p + 1, axis), at(p + 2, axis)];
        const slope = c - a;
        const bend = 2 * a - 5 * b + 4 * c - d;
        smooth.push(b + 0.5 * t * (slope + t * (bend + t * (3 * (b - c) + d - a))));
      }
    }
  }
  return smooth;
}

/** A map of the plane onto itself: slant, turn and stretch, then three gentle waves that bend everything on them. */
function deformation(draws: Draws): (points: number[]) => void {
  const slant = 0.12 + 0.26 * draws.normal();
  const turn = 0.09 * draws.normal();
  const stretch = Math.exp(0.17 * draws.normal());
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const waves = Array.from({ length: 3 }, () => {
    const length = draws.between(70, 180);
    const heading = draws.between(0, 2 * Math.PI);
    const lift = draws.between(0, 2 * Math.PI);
    const height = length * 0.026 * draws.normal();
    const pace = (2 * Math.PI) / length;
    return {
      kx: pace * Math.cos(heading),
      ky: pace * Math.sin(heading),
      phase: draws.between(0, 2 * Math.PI),
      dx: height * Math.cos(lift),
      dy: height * Math.sin(lift),
    };
  });
  return (points) => {
    for (let c = 0; c < points.length; c += 2) {
      const y0 = (points[c + 1] ?? 0) - 50;
      const x0 = ((points[c] ?? 0) - 40) * stretch - slant * y0;
      const [x1, y1] = [cos * x0 - sin * y0, sin * x0 + cos * y0];
      let [x, y] = [x1, y1];
      for (const wave of waves) {
        const swing = Math.sin(wave.kx * x1 + wave.ky * y1 + wave.phase);
        x += wave.dx * swing;
        y += wave.dy * swing;
      }
      points[c] = x;
      points[c + 1] = y;
    }
  };
}

/** The pen presses unevenly: the radius swells along the stroke and thins a little at its ends. */
function pressedRadii(draws: Draws, count: number, radiusPx: number): number[] {
  const swell = draws.between(0, 0.18);
  const pace = draws.between(1, 3);
  const phase = draws.between(0, 2 * Math.PI);
  const taper = draws.between(0, 0.3);
  return Array.from({ length: count }, (_, i) => {
    const t = i / (count - 1);
    const end = Math.min(1, 6 * Math.min(t, 1 - t));
    const rough = 0.07 * draws.normal();
    return radiusPx * (1 + rough + swell * Math.sin(pace * Math.PI * t + phase) - taper * (1 - end));
  });
}

/** Scales the path into the box and puts its ink's centre of mass in the middle, as MNIST's makers did. */
function fitIntoBox(lines: readonly InkLine[], radiusPx: number, scale: number, shiftX: number, shiftY: number): void {
  const xs = lines.flatMap(({ points }) => points.filter((_, c) => c % 2 === 0));
  const ys = lines.flatMap(({ points }) => points.filter((_, c) => c % 2 === 1));
  const extent = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const pxPerUnit = (scale * (boxPx - 2 * radiusPx)) / extent;
  let [mass, massX, massY] = [0, 0, 0];
  for (const { points, radii } of lines) {
    for (let c = 2; c < points.length; c += 2) {
      const [x0, y0, x1, y1] = [points[c - 2] ?? 0, points[c - 1] ?? 0, points[c] ?? 0, points[c + 1] ?? 0];
      const ink = Math.hypot(x1 - x0, y1 - y0) * (radii[c / 2] ?? 0);
      mass += ink;
      massX += (ink * (x0 + x1)) / 2;
      massY += (ink * (y0 + y1)) / 2;
    }
  }
  for (const { points } of lines) {
    for (let c = 0; c < points.length; c += 2) {
      points[c] = centrePx + shiftX + ((points[c] ?? 0) - massX / mass) * pxPerUnit;
      points[c + 1] = centrePx + shiftY + ((points[c + 1] ?? 0) - massY / mass) * pxPerUnit;
    }
  }
}

/** Writes `digit` once, in the hand that `draws` decides. */
export function writeDigit(draws: Draws, digit: number): InkLine[] {
  const radiusPx = Math.min(2.3, Math.max(0.75, (medianRadiiPx[digit] ?? 1.3) * Math.exp(0.25 * draws.normal())));
  const deform = deformation(draws);
  const lines = blendSkeleton(draws, digit).map((stroke) => {
    const points = smoothStroke(stroke);
    deform(points);
    return { points, radii: pressedRadii(draws, points.length / 2, radiusPx) };
  });
  fitIntoBox(lines, radiusPx, draws.between(0.92, 1), 0.35 * draws.normal(), 0.35 * draws.normal());
  return lines;
}
