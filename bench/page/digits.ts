/** The images that all trainers see: MNIST as the benchmark's server hands it out, enlarged where a network wants more. */
import type { Batch, Digits } from './trainer.ts';

const side = 28;

async function bytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`digits: the server has them. Received status=${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Puts each image into the middle of a larger, black one and repeats it in every channel. */
function enlarge(images: Uint8Array, count: number, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const [height = 0, width = 0, channels = 0] = shape;
  const top = Math.floor((height - side) / 2);
  const left = Math.floor((width - side) / 2);
  const large = new Uint8Array(count * height * width * channels);
  for (let row = 0; row < count * side; row++) {
    const image = Math.floor(row / side);
    const start = (image * height + top + (row % side)) * width + left;
    for (let x = 0; x < side; x++) {
      large.fill(images[row * side + x] ?? 0, (start + x) * channels, (start + x + 1) * channels);
    }
  }
  return large;
}

/** Fetches the digits in the shape of a network's inputs. */
export async function fetchDigits(inputShape: readonly number[]): Promise<Digits> {
  const [height = 0, width = 0, channels = 0] = inputShape;
  const labels = await bytes('/digits/labels');
  const images = await bytes('/digits/images');
  const isAsTheyAre = height === side && width === side && channels === 1;
  return {
    labels,
    images: isAsTheyAre ? images : enlarge(images, labels.length, inputShape),
    shape: [labels.length, height, width, channels],
  };
}

/** Batch `index` of `size` examples as floats. */
export function batchOf({ images, labels, shape }: Digits, size: number, index: number): Batch {
  const [count, height, width, channels] = shape;
  const cells = height * width * channels;
  const first = (index % Math.floor(count / size)) * size;
  const floats = new Float32Array(size * cells);
  const start = first * cells;
  for (let cell = 0; cell < floats.length; cell++) floats[cell] = (images[start + cell] ?? 0) / 255;
  return { images: floats, labels: labels.slice(first, first + size) };
}

/** Mean cross-entropy of probabilities. */
export function crossEntropy(probabilities: Float32Array, labels: Uint8Array): number {
  const classes = probabilities.length / labels.length;
  const sum = labels.reduce((total, label, row) => {
    const probability = probabilities[row * classes + label] ?? 0;
    return total - Math.log(Math.max(probability, 1e-7));
  }, 0);
  return sum / labels.length;
}
