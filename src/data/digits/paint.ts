/** Paints a pen's path into an 8-bit image, anti-aliased. Knows neither digits nor chance. */
import type { InkLine } from './handwriting.ts';

/** Half the width in pixels over which the ink fades at a stroke's edge; chosen to give MNIST's histogram of greys. */
const softPx = 0.65;

/** A square image of bytes within a longer array. */
export interface Paper {
  readonly pixels: Uint8Array;
  readonly offset: number;
  readonly sizePx: number;
}

/** Draws `lines` on the paper; ink only ever adds. Pixel centres lie at whole coordinates. */
export function paintLines(lines: readonly InkLine[], paper: Paper): void {
  for (const line of lines) {
    for (let end = 1; end < line.radii.length; end++) paintSegment(line, end, paper);
  }
}

/** Inks what is nearer than the radius to the segment that ends at position `end` of the line. */
function paintSegment({ points, radii }: InkLine, end: number, { pixels, offset, sizePx }: Paper): void {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.slice(2 * end - 2, 2 * end + 2);
  const reach = (radii[end] ?? 0) + softPx;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(sizePx - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(sizePx - 1, Math.floor(Math.max(y0, y1) + reach));
  const [dx, dy] = [x1 - x0, y1 - y0];
  const inverseSquare = 1 / Math.max(1e-9, dx * dx + dy * dy);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) * inverseSquare));
      const [ex, ey] = [x - x0 - t * dx, y - y0 - t * dy];
      const square = ex * ex + ey * ey;
      if (square >= reach * reach) continue;
      const value = Math.round(255 * Math.min(1, (reach - Math.sqrt(square)) / (2 * softPx)));
      const at = offset + y * sizePx + x;
      if (value > (pixels[at] ?? 0)) pixels[at] = value;
    }
  }
}
