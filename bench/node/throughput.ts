/** How many images a second a network trains on and looks at, as a person would use it: by `fit` and `predict`. */
import type { Dataset, Network } from '../../src/engine/index.ts';
import { roundedSpread } from './spread.ts';

/** Of one `predict` beside one slice of training. */
const inferShare = 0.25;

/** Endless epochs of `steps` steps in all, in milliseconds. */
async function timeSteps(network: Network, data: Dataset, steps: number): Promise<number> {
  const startMs = performance.now();
  const { outcome } = await network.fit(data, { epochs: Number.MAX_SAFE_INTEGER, maxSteps: steps }).finished;
  if (outcome === 'nonFinite') throw new Error(`training: every loss must be finite. Received outcome=${outcome}.`);
  return performance.now() - startMs;
}

/** Slices of training, each long enough to hide its beginning and end. */
export async function measureTraining(network: Network, data: Dataset, rounds: number, sliceMs: number) {
  let steps = 1;
  let ms = await timeSteps(network, data, steps);
  // The first steps are slower than those that follow, so a slice's length is found by lengthening.
  while (ms < sliceMs / 2) {
    steps = Math.ceil(steps * Math.min(8, Math.max(1.5, (0.75 * sliceMs) / ms)));
    ms = await timeSteps(network, data, steps);
  }
  const stepsPerSlice = Math.max(1, Math.round((steps * sliceMs) / ms));
  const msPerStep: number[] = [];
  for (let round = 0; round < rounds; round++) {
    msPerStep.push((await timeSteps(network, data, stepsPerSlice)) / stepsPerSlice);
  }
  return {
    msPerStep: roundedSpread(msPerStep),
    trainImagesPerSecond: roundedSpread(msPerStep.map((one) => (1000 * network.batchSize) / one)),
  };
}

/** `predict` on whole batches of images, 0…1. */
export async function measureInference(
  network: Network,
  images: Float32Array<ArrayBuffer>,
  rounds: number,
  sliceMs: number,
) {
  const { batchSize } = network;
  const batchCells = batchSize * network.model.inputShape.reduce((product, size) => product * size, 1);
  const available = Math.floor(images.length / batchCells);
  const time = async (batches: number) => {
    const inputs = images.subarray(0, batches * batchCells);
    const startMs = performance.now();
    await network.predict(inputs);
    return performance.now() - startMs;
  };
  await time(1);
  const firstMs = await time(1);
  const wanted = Math.round((sliceMs * inferShare) / firstMs);
  const batches = Math.max(1, Math.min(wanted, available));
  const perSecond: number[] = [];
  for (let round = 0; round < rounds; round++) perSecond.push((1000 * batches * batchSize) / (await time(batches)));
  return roundedSpread(perSecond);
}
