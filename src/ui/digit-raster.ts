/** From pen strokes to the 28 × 28 pixels of a digit, prepared as MNIST's own digits were. Pure: no canvas, no DOM. */
import { boxSize, centerOfMass, digitSize, massCenter } from '../app/digit-grid.ts';

/** A place of the pen: x and y in pixels of the 28 × 28 grid, 0…28 from the top left; pressure 0…1, 0.5 when unknown. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/** One line drawn without lifting the pen; a single point is a dot. */
export type Stroke = readonly StrokePoint[];

export interface RasterOptions {
  /** Scales and moves the drawing as MNIST's digits were; otherwise it stays where it was drawn. */
  readonly isCentered: boolean;
  /** Width of the line in pixels of the result; MNIST's are 2 to 3.5. */
  readonly thickness: number;
}

/** The width of a line in the middle of MNIST's range (its narrow ones measure 2.6 px on average). */
export const defaultThickness = 2.6;

/** Pixels over which the edge of a line fades. */
const edge = 1.2;
/** A drawing smaller than this, in pixels, is a dot and is not blown up to the whole box. */
const smallestExtent = 2;

interface Placement {
  readonly scale: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Draws strokes into `[28, 28]` pixels 0…1, row by row. The same strokes always give the same pixels. */
export function rasterizeDigit(strokes: readonly Stroke[], options: RasterOptions): Float32Array<ArrayBuffer> {
  const bounds = boundsOf(strokes);
  if (bounds === undefined) return new Float32Array(digitSize * digitSize);
  if (!options.isCentered) return draw(strokes, { scale: 1, shiftX: 0, shiftY: 0 }, options.thickness);
  const boxed = fitIntoBox(bounds, options.thickness);
  const center = centerOfMass(draw(strokes, boxed, options.thickness));
  const reach = options.thickness / 2 + edge / 2;
  return draw(
    strokes,
    {
      scale: boxed.scale,
      shiftX: keepInside(boxed.shiftX + massCenter - center.x, bounds.left, bounds.right, boxed.scale, reach),
      shiftY: keepInside(boxed.shiftY + massCenter - center.y, bounds.top, bounds.bottom, boxed.scale, reach),
    },
    options.thickness,
  );
}

/** How much a pen's pressure widens its line: 1 at 0.5, where a mouse is. */
export function widthFactor(pressure: number): number {
  return 0.55 + 0.9 * Math.min(1, Math.max(0, pressure));
}

function boundsOf(strokes: readonly Stroke[]): Bounds | undefined {
  const points = strokes.flat();
  if (points.length === 0) return undefined;
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  return bounds;
}

/** Scales the longer side, ink included, to the box and puts the box in the middle of the grid. */
function fitIntoBox(bounds: Bounds, thickness: number): Placement {
  const extent = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top, smallestExtent);
  const scale = (boxSize - thickness - edge) / extent;
  return {
    scale,
    shiftX: digitSize / 2 - (scale * (bounds.left + bounds.right)) / 2,
    shiftY: digitSize / 2 - (scale * (bounds.top + bounds.bottom)) / 2,
  };
}

/** A very lopsided drawing stops at the border of the grid instead of losing ink there. */
function keepInside(shift: number, low: number, high: number, scale: number, reach: number): number {
  return Math.min(digitSize - reach - scale * high, Math.max(reach - scale * low, shift));
}

function draw(strokes: readonly Stroke[], placement: Placement, thickness: number): Float32Array<ArrayBuffer> {
  const pixels = new Float32Array(digitSize * digitSize);
  const place = (point: StrokePoint): StrokePoint => ({
    x: point.x * placement.scale + placement.shiftX,
    y: point.y * placement.scale + placement.shiftY,
    pressure: (thickness / 2) * widthFactor(point.pressure),
  });
  for (const stroke of strokes) {
    let previous: StrokePoint | undefined;
    for (const point of stroke) {
      const placed = place(point);
      drawSegment(pixels, previous ?? placed, placed);
      previous = placed;
    }
  }
  return pixels;
}

/** Covers what lies within the line's half width, here in `pressure`; lines lie over one another, they don't add up. */
function drawSegment(pixels: Float32Array, from: StrokePoint, to: StrokePoint): void {
  const reach = Math.max(from.pressure, to.pressure) + edge / 2;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const lengthSquared = dx * dx + dy * dy;
  const lastRow = Math.min(digitSize - 1, Math.floor(Math.max(from.y, to.y) + reach));
  const lastColumn = Math.min(digitSize - 1, Math.floor(Math.max(from.x, to.x) + reach));
  const firstColumn = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  for (let row = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach)); row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const [x, y] = [column + 0.5 - from.x, row + 0.5 - from.y];
      const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / lengthSquared));
      const distance = Math.hypot(x - along * dx, y - along * dy);
      const halfWidth = from.pressure + along * (to.pressure - from.pressure);
      const covered = Math.min(1, 0.5 + (halfWidth - distance) / edge);
      const index = row * digitSize + column;
      if (covered > (pixels[index] ?? 0)) pixels[index] = covered;
    }
  }
}
