/** The images that networks are measured on: MNIST from a folder, or generated digits, in the size a network takes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DataFileName, ImageSet } from '../../src/data/dataset-types.ts';
import { generateDigits } from '../../src/data/digits/generate.ts';
import { parseIdx } from '../../src/data/idx.ts';

const generatedCount = 16_384;
/** Enough for two batches of the largest, and small enough for a buffer of any device at 32×32×3. */
const enlargedCount = 16_384;
const generatorSeed = 1;

/** The training images, and where they are from, in words. */
export interface BenchData {
  readonly images: ImageSet;
  readonly origin: string;
}

/** MNIST's training images from `folder`; generated digits when there is no folder, or no MNIST in it. */
export function loadBenchData(folder: string | undefined): BenchData {
  const isThere = folder !== undefined && existsSync(join(folder, 'train-images-idx3-ubyte.gz'));
  if (!isThere) {
    return { images: generateDigits(generatorSeed, generatedCount), origin: `${generatedCount} generated digits` };
  }
  const payload = (name: DataFileName) => parseIdx(gunzipSync(readFileSync(join(folder, `${name}.gz`))));
  const images = payload('train-images-idx3-ubyte');
  const [count = 0, height = 0, width = 0] = images.header.dimensions;
  return {
    images: {
      images: images.payload,
      labels: payload('train-labels-idx1-ubyte').payload,
      shape: [count, height, width, 1],
      classes: 10,
    },
    origin: `MNIST, ${count} images`,
  };
}

/** The images in the middle of `[height, width]` zeros, every channel the same; as they are where they fit already. */
export function fitImages(set: ImageSet, shape: readonly number[]): ImageSet {
  const [size, fromHeight, fromWidth, fromChannels] = set.shape;
  const [height = 0, width = 0, channels = 0] = shape;
  if (height === fromHeight && width === fromWidth && channels === fromChannels) return set;
  const count = Math.min(size, enlargedCount);
  const [top, left] = [Math.floor((height - fromHeight) / 2), Math.floor((width - fromWidth) / 2)];
  const images = new Uint8Array(count * height * width * channels);
  for (let example = 0; example < count; example++) {
    for (let row = 0; row < fromHeight; row++) {
      for (let column = 0; column < fromWidth; column++) {
        const value = set.images[((example * fromHeight + row) * fromWidth + column) * fromChannels] ?? 0;
        const cell = (example * height + top + row) * width + left + column;
        images.fill(value, cell * channels, (cell + 1) * channels);
      }
    }
  }
  return { images, labels: set.labels.slice(0, count), shape: [count, height, width, channels], classes: set.classes };
}
