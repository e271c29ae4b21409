/** What is said of the machine, of speed and of how numbers are shown. The numbers come from the page. */
import { formatBytes, formatCompactCount, formatCount, formatDecimal } from '../format.ts';
import type { Term } from './term.ts';
import type { MachineTerm } from './term-name.ts';

export const machineWords: Readonly<Record<MachineTerm, Term>> = {
  'images-per-second': {
    title: 'Images per second',
    text: 'Training images that went forward and back in a second, measured over the last few seconds as the GPU reports its steps.',
    formula: ['batch size · 1000 / ms per step'],
    numbers: ({ state: { progress, hyperparameters } }) =>
      progress && progress.msPerStep > 0
        ? [
            `${hyperparameters.batchSize} · 1000 / ${formatDecimal(progress.msPerStep, 2)} = ${formatCount(progress.imagesPerSecond)}`,
          ]
        : [],
    related: ['step-time', 'batch-size'],
  },
  'step-time': {
    title: 'Time of a step',
    text: 'From one training step to the next, everything included: the GPU’s work, its pauses, and whatever else the GPU draws meanwhile.',
    formula: ['ms per step = elapsed time / steps'],
    numbers: ({ state: { progress } }) =>
      progress && progress.msPerStep > 0 ? [`${formatDecimal(progress.msPerStep, 2)} ms`] : [],
    related: ['images-per-second', 'dispatch', 'timestamp'],
  },
  gflops: {
    title: 'GFLOP/s',
    text: 'Billions of floating-point operations in a second; a multiply-add is two. Only the multiplications of layers are counted, so that the figure says how well they use the GPU.',
    formula: ['FLOP = 2 · multiply-adds', 'GFLOP/s = FLOP / time / 10⁹'],
    numbers: ({ state: { draft, hyperparameters } }) =>
      draft.model
        ? [
            `forward: 2 · ${formatCompactCount(draft.model.macs)} · ${hyperparameters.batchSize} = ${formatCompactCount(2 * draft.model.macs * hyperparameters.batchSize)} FLOP`,
          ]
        : [],
    related: ['mac', 'step-time'],
  },
  'gpu-memory': {
    title: 'GPU memory',
    text: 'What the page holds on the GPU: the data set, weights, the optimizer’s averages, and the activations and gradients of one batch. Every buffer is counted when it is made and when it is let go.',
    numbers: ({ state: { built } }) =>
      (built?.summary ?? [])
        .filter(({ bytes }) => bytes > 0)
        .map(({ name, bytes }) => `${name}: ${formatBytes(bytes)}`),
    related: ['batch-size', 'parameter'],
  },
  dispatch: {
    title: 'Dispatch',
    text: 'One piece of work for the GPU: a program, what it reads and writes, and how many invocations of it. A training step is a fixed list of them, made once.',
    related: ['submit', 'timestamp', 'step'],
  },
  submit: {
    title: 'Submit',
    text: 'A list of dispatches handed to the GPU at once. Several steps go into one, so that the GPU never waits for the page; how many follows the time they take.',
    formula: ['submits per step = 1 / steps in a submit'],
    related: ['dispatch', 'step'],
  },
  timestamp: {
    title: 'Timestamps',
    text: 'The GPU’s own clock, read before and after each dispatch. Browsers round it, most often to a tenth of a millisecond, so short dispatches are repeated until they can be told from nothing.',
    related: ['dispatch', 'step-time'],
  },
  autotuning: {
    title: 'Tuning',
    text: 'The same sums can be computed in several ways; which is fastest differs from GPU to GPU. While the network trains, the ways are timed, and those that give the same numbers faster are taken. They round differently, so a tuned run’s last bits differ.',
    numbers: ({ state: { tuning } }) => {
      const measured = tuning.kernels.filter(({ state }) => state === 'measured').length;
      return tuning.kernels.length > 0 ? [`${measured} of ${tuning.kernels.length} kernels measured`] : [];
    },
    related: ['dispatch', 'seed'],
  },
  'colour-scale': {
    title: 'Colour scale',
    text: 'One hue for what is below zero, another for what is above, the paper for zero itself. Both ends stand at the same distance from zero: the largest magnitude shown. Nothing is stretched, so equal colours are equal numbers within a scale.',
    formula: ['−max|x| … 0 … +max|x|'],
    numbers: ({ state: { mapScales } }) =>
      Object.entries(mapScales)
        .filter(([, limit]) => limit > 0)
        .slice(0, 8)
        .map(([id, limit]) => `${id}: ±${formatDecimal(limit, 3)}`),
    related: ['feature-map', 'weight'],
  },
  'maps-show': {
    title: 'What the maps show',
    text: 'Activations: what each layer makes of the chosen image. Filters: the weights that it has learned, one tile for each input channel and filter.',
    related: ['feature-map', 'kernel', 'colour-scale'],
  },
};
