/** What is said of gradients by the pixels. Words and formulas; the numbers come from what the page has worked out. */
import { climbTarget } from '../../app/climb-slice.ts';
import { shownSaliency } from '../../app/saliency-slice.ts';
import { formatCount, formatDecimal } from '../format.ts';
import type { Term } from './term.ts';
import type { SaliencyTerm } from './term-name.ts';

const largest = (plane: Float32Array): number => plane.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const total = (plane: Float32Array): number => plane.reduce((sum, value) => sum + value, 0);

export const saliencyWords: Readonly<Record<SaliencyTerm, Term>> = {
  saliency: {
    title: 'Saliency',
    text: 'The gradient of a class’s score by the pixels: where a little more ink would raise or lower it most. The score is the sum before the softmax. Times the pixel, it tells what the ink that is there contributes.',
    formula: ['∂ z[class] / ∂ pixel', 'pixel · ∂ z[class] / ∂ pixel'],
    numbers: ({ state }) => {
      const traced = shownSaliency(state);
      if (!traced) return [];
      const { unit, score, gradient, product } = traced;
      return [
        `z[${unit}] = ${formatDecimal(score, 2)}`,
        `largest |∂ z[${unit}] / ∂ pixel| = ${formatDecimal(largest(gradient), 3)}`,
        `Σ pixel · ∂ z[${unit}] / ∂ pixel = ${formatDecimal(total(product), 2)}`,
      ];
    },
    related: ['gradient', 'gradient-ascent', 'effective-field'],
  },
  'gradient-ascent': {
    title: 'Gradient ascent',
    text: 'Training goes downhill in the weights. Here the weights stay, and the pixels go uphill: from grey, in the direction that makes one sum grow fastest, each step of equal size. What does not matter fades back to grey. What comes out is what the filter looks for, not an image that ever was.',
    formula: ['x ← x + 0.05 · g / rms(g),  g = ∂ sum / ∂ x', 'x ← ½ + 0.97 · (x − ½), kept within 0 … 1'],
    numbers: ({ state }) => {
      const target = climbTarget(state);
      const { progress } = state.climb;
      if (!target || !progress) return [];
      const { steps, before, value } = progress;
      const name = `${target.layer.name}, channel ${target.channel}`;
      return [`${name}: ${formatDecimal(before, 2)} → ${formatDecimal(value, 2)} in ${formatCount(steps)} steps`];
    },
    related: ['gradient', 'saliency', 'receptive-field'],
  },
};
