/** The ladder's last rung: a data set of generated digits, made a slice at a time so that it can be watched and cancelled. */
import { throwIfCancelled } from './data-error.ts';
import type { ImageSet, LoadedData } from './dataset-types.ts';
import { generateDigits } from './digits/generate.ts';

const trainCount = 12_000;
const testCount = 2_000;
/** Far beyond every training example's index, so that no test example is one. */
const firstTestIndex = 1_000_000_000;
const sliceCount = 250;

/**
 * 12,000 training and 2,000 test digits of the stream `seed`; `onProgress` is told the pixels made so far and in all.
 * @throws `AbortError` when cancelled.
 */
export async function generateData(
  seed: number,
  signal: AbortSignal,
  onProgress: (madeBytes: number, totalBytes: number) => void,
): Promise<LoadedData> {
  const total = trainCount + testCount;
  let made = 0;
  const makeSet = async (count: number, firstIndex: number): Promise<ImageSet> => {
    const { shape, classes } = generateDigits(seed, 0);
    const [, height, width, channels] = shape;
    const exampleBytes = height * width * channels;
    const images = new Uint8Array(count * exampleBytes);
    const labels = new Uint8Array(count);
    for (let start = 0; start < count; start += sliceCount) {
      const slice = generateDigits(seed, Math.min(sliceCount, count - start), firstIndex + start);
      images.set(slice.images, start * exampleBytes);
      labels.set(slice.labels, start);
      made += slice.labels.length;
      onProgress(made * exampleBytes, total * exampleBytes);
      // Lets a message that cancels arrive.
      await new Promise((resolve) => setTimeout(resolve));
      throwIfCancelled(signal);
    }
    return { images, labels, shape: [count, height, width, channels], classes };
  };
  throwIfCancelled(signal);
  return { rung: 'generated', train: await makeSet(trainCount, 0), test: await makeSet(testCount, firstTestIndex) };
}
