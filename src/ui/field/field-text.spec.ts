/*
 * Plan. The lecture's figures in words: 18×18 = 324 pixels, 41.3 % of the image; 7×7 = 49, 6.25 % without pooling; rows 26 and
 * 27 named. A window that hangs over the border counts what lies on padding. Lists of unseen rows stay short. What a gradient
 * says: the fewest pixels with half of it, the strongest, none.
 */
import { expect, test } from 'playwright/test';
import { fieldOfCell, unseenPixels } from '../../engine/model/cell-field.ts';
import type { ModelConfig } from '../../engine/model/config.ts';
import { lectureModel, lectureWithoutPoolingModel } from '../../engine/model/presets.ts';
import { resolveModel } from '../../engine/model/resolve.ts';
import type { ResolvedModel } from '../../engine/model/resolved.ts';
import { cellText, filterText } from './cell-text.ts';
import { fieldWords, gradientText, pixelsForHalf, unseenText } from './field-text.ts';

function resolved(config: ModelConfig): ResolvedModel {
  const resolution = resolveModel(config, { loss: 'meanSquaredError' });
  if (!resolution.ok) throw new Error(resolution.issues[0]?.message);
  return resolution.model;
}

function wordsAt(config: ModelConfig, layer: string, row: number, column: number) {
  const model = resolved(config);
  const cell = { layer, row, column, channel: 0 };
  const box = fieldOfCell(model, layer, cell).get('input');
  if (!box) throw new Error('field: there must be one. Received none.');
  return fieldWords(model, cell, box);
}

test('the lecture’s last convolution', () => {
  expect(wordsAt(lectureModel, 'conv2d_3', 1, 2)).toEqual({
    size: '18×18 = 324 pixels',
    share: '41.3\u00a0% of the image',
    place: 'rows 4–21, columns 8–25',
    padding: '',
  });
  expect(unseenText('conv2d_3', unseenPixels(resolved(lectureModel), 'conv2d_3'))).toBe(
    'No cell of conv2d_3 sees rows 26 and 27 or columns 26 and 27.',
  );
});

test('the same without pooling', () => {
  const { size, share } = wordsAt(lectureWithoutPoolingModel, 'conv2d_3', 9, 9);
  expect([size, share]).toEqual(['7×7 = 49 pixels', '6.25\u00a0% of the image']);
  expect(unseenText('conv2d_3', unseenPixels(resolved(lectureWithoutPoolingModel), 'conv2d_3'))).toBe('');
});

test('what hangs over the border lies on padding', () => {
  const same: ModelConfig = {
    inputShape: [10, 10, 1],
    layers: [{ type: 'conv2d', filters: 1, kernelSize: 5, padding: 'same' }, { type: 'flatten' }],
  };
  expect(wordsAt(same, 'conv2d_1', 0, 9)).toEqual({
    size: '3×3 = 9 pixels',
    share: '9.0\u00a0% of the image',
    place: 'rows 0–2, columns 7–9',
    padding: '2 rows and 2 columns of its window lie on padding.',
  });
  expect(wordsAt(same, 'conv2d_1', 1, 5).padding).toBe('1 row of its window lies on padding.');
  expect(wordsAt(same, 'conv2d_1', 5, 5).padding).toBe('');
});

test('lists of what nobody sees', () => {
  const rows = (...cells: readonly number[]) => unseenText('it', { rows: cells, columns: [] });
  expect(rows(3)).toBe('No cell of it sees row 3.');
  expect(rows(4, 5, 6)).toBe('No cell of it sees rows 4–6.');
  expect(rows(1, 3, 5)).toBe('No cell of it sees rows 1, 3 and 5.');
  expect(rows(1, 3, 5, 7, 9, 11, 13)).toBe('No cell of it sees 7 rows, the first 1, the last 13.');
});

test('what a gradient says', () => {
  const magnitudes = Float32Array.of(0, 0.25, 0, 2, 1, 0.5);
  const cell = { layer: 'it', row: 0, column: 0, channel: 0 };
  expect(pixelsForHalf(magnitudes)).toBe(1);
  expect(pixelsForHalf(Float32Array.of(1, 1, 1, 1))).toBe(2);
  expect(gradientText({ cell, magnitudes, peak: 2 }, 3)).toBe(
    'A single pixel has half of the effect. The strongest, row 1, column 0, moves its sum by 2 per unit.',
  );
  expect(gradientText({ cell, magnitudes: new Float32Array(4), peak: 0 }, 2)).toContain('No pixel moves it');
});

test('cells by name', () => {
  const cell = { layer: 'conv2d_2', row: 3, column: 7, channel: 5 };
  expect(cellText(cell, [11, 11, 64])).toBe('conv2d_2, map 5, row 3, column 7');
  expect(cellText(cell, [64])).toBe('conv2d_2, unit 5');
  expect(cellText({ ...cell, layer: '', channel: 0 }, [28, 28, 1])).toBe('input, row 3, column 7');
  expect(cellText({ ...cell, layer: '', channel: 2 }, [28, 28, 3])).toBe('input, channel 2, row 3, column 7');
  expect(filterText(cell, [11, 11, 64])).toBe('conv2d_2, filter 5');
});
