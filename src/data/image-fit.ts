/** An image made to fit a network whose input has another size: padded or shrunk, never stretched. Pure arithmetic. */

/** `[height, width, channels]`. */
export type ImageShape = readonly [number, number, number];

type Floats = Float32Array<ArrayBuffer>;

/** True when two images have the same height, width and channels. */
export function isSameShape(a: ImageShape, b: ImageShape): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

/**
 * The image `from` as an image `to`: shrunk by whole-area averages where it is too large, set in the middle of zeros where it is
 * smaller. One channel fills many alike; many become one as their mean.
 */
export function fitImage(pixels: Float32Array, from: ImageShape, to: ImageShape): Floats {
  const recoloured = fitChannels(pixels, from, to[2]);
  const coloured: ImageShape = [from[0], from[1], to[2]];
  const scale = Math.max(1, from[0] / to[0], from[1] / to[1]);
  if (scale === 1) return pad(recoloured, coloured, to);
  const shrunkShape: ImageShape = [
    Math.min(to[0], Math.round(from[0] / scale)),
    Math.min(to[1], Math.round(from[1] / scale)),
    to[2],
  ];
  const frame = { left: 0, top: 0, cellWidth: from[1] / shrunkShape[1], cellHeight: from[0] / shrunkShape[0] };
  return pad(averageAreas(recoloured, coloured, frame, shrunkShape), shrunkShape, to);
}

/** Where an averaged image's cells lie in the image they are taken from, in its pixels. */
export interface AreaFrame {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** An image whose every pixel is the mean over its area of another's, which is zero outside. The channels are the same. */
export function averageAreas(pixels: Float32Array, from: ImageShape, frame: AreaFrame, to: ImageShape): Floats {
  const [height, width, channels] = to;
  const averaged = new Float32Array(height * width * channels);
  const rows = Array.from({ length: height }, (_, row) =>
    covered(frame.top + row * frame.cellHeight, frame.cellHeight),
  );
  const columns = Array.from({ length: width }, (_, column) =>
    covered(frame.left + column * frame.cellWidth, frame.cellWidth),
  );
  rows.forEach((rowShares, row) => {
    columns.forEach((columnShares, column) => {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (const [y, rowShare] of rowShares) {
          if (y < 0 || y >= from[0]) continue;
          for (const [x, columnShare] of columnShares) {
            if (x < 0 || x >= from[1]) continue;
            sum += rowShare * columnShare * (pixels[(y * from[1] + x) * channels + channel] ?? 0);
          }
        }
        averaged[(row * width + column) * channels + channel] = sum;
      }
    });
  });
  return averaged;
}

/** The pixels that a span of a row touches, each with its share of the span. */
function covered(start: number, length: number): readonly (readonly [number, number])[] {
  const touched: (readonly [number, number])[] = [];
  for (let pixel = Math.floor(start); pixel < start + length; pixel++) {
    const share = Math.min(start + length, pixel + 1) - Math.max(start, pixel);
    if (share > 0) touched.push([pixel, share / length]);
  }
  return touched;
}

function fitChannels(pixels: Float32Array, [height, width, channels]: ImageShape, wanted: number): Float32Array {
  if (channels === wanted) return pixels;
  const fitted = new Float32Array(height * width * wanted);
  for (let place = 0; place < height * width; place++) {
    const colours = pixels.subarray(place * channels, (place + 1) * channels);
    const mean = colours.reduce((sum, value) => sum + value, 0) / channels;
    for (let channel = 0; channel < wanted; channel++) fitted[place * wanted + channel] = mean;
  }
  return fitted;
}

function pad(pixels: Float32Array, [height, width, channels]: ImageShape, to: ImageShape): Floats {
  const padded = new Float32Array(to[0] * to[1] * channels);
  const top = Math.floor((to[0] - height) / 2);
  const left = Math.floor((to[1] - width) / 2);
  for (let row = 0; row < height; row++) {
    const line = pixels.subarray(row * width * channels, (row + 1) * width * channels);
    padded.set(line, ((top + row) * to[1] + left) * channels);
  }
  return padded;
}
