/*
 * Plan. Labels as the engine gives them (docs/engine: layer, then what is computed; merged ones joined by a plus) with made-up
 * times: every millisecond lands in one row and one kind, merged dispatches share theirs by their arithmetic, a head is
 * half forward and half gradient, fused layers are told together, what is no layer's has a row of its own. The sum of the rows
 * is the sum of the dispatches; the operations are the model's. Without times there is no breakdown.
 */
import { expect, test } from 'playwright/test';
import { lectureModel } from '../../engine/model/presets.ts';
import { resolveModel } from '../../engine/model/resolve.ts';
import type { ResolvedModel } from '../../engine/model/resolved.ts';
import { StepWork } from '../../engine/model/step-work.ts';
import { breakDown, workKinds, type StepBreakdown } from './step-breakdown.ts';

const batchSize = 64;

function lecture(): ResolvedModel {
  const resolution = resolveModel(lectureModel);
  if (!resolution.ok) throw new Error('lecture: the model must be whole.');
  return resolution.model;
}

const dispatches = [
  { label: 'gather batch', ms: 0.5 },
  { label: 'conv2d_1+max_pooling2d_1 forward', ms: 2 },
  { label: 'conv2d_2 forward', ms: 8 },
  { label: 'max_pooling2d_2 maxForward', ms: 0.25 },
  { label: 'conv2d_3 forward', ms: 1 },
  { label: 'dense_1 forward', ms: 0.5 },
  { label: 'dense_2 head', ms: 0.4 },
  { label: 'dense_2 weightGradient + dense_1 weightGradient + dense_1 inputGradient', ms: 3 },
  { label: 'conv2d_3 weightGradient', ms: 1 },
  { label: 'conv2d_3 inputGradient', ms: 1 },
  { label: 'max_pooling2d_2 maxBackward', ms: 0.75 },
  { label: 'conv2d_2 weightGradient', ms: 6 },
  { label: 'conv2d_2 inputGradient', ms: 7 },
  { label: 'conv2d_1 weightGradient', ms: 2 },
  { label: 'optimizer rmsprop', ms: 0.2 },
  { label: 'weights sums', ms: 0.1 },
  { label: 'finish', ms: 0.05 },
];

function lectureBreakdown(): StepBreakdown {
  const breakdown = breakDown(lecture(), batchSize, dispatches);
  if (!breakdown) throw new Error('breakdown: there must be one. Received none.');
  return breakdown;
}

test('every millisecond is in one row and in one kind', () => {
  const { rows, ms, times } = lectureBreakdown();
  const total = dispatches.reduce((sum, one) => sum + one.ms, 0);
  expect(ms).toBeCloseTo(total, 9);
  expect(rows.reduce((sum, row) => sum + row.ms, 0)).toBeCloseTo(total, 9);
  expect(workKinds.reduce((sum, kind) => sum + times[kind], 0)).toBeCloseTo(total, 9);
  for (const row of rows) expect(workKinds.reduce((sum, kind) => sum + row.times[kind], 0)).toBeCloseTo(row.ms, 9);
});

test('rows are the layers in order, then what belongs to none', () => {
  const { rows } = lectureBreakdown();
  expect(rows.map(({ name }) => name)).toEqual([
    ...['conv2d_1', 'conv2d_2', 'max_pooling2d_2', 'conv2d_3', 'dense_1', 'dense_2'],
    ...['batch', 'optimizer', 'loss and metrics'],
  ]);
  const row = (name: string) => rows.find((one) => one.name === name);
  expect(row('conv2d_1')?.others).toEqual(['max_pooling2d_1']);
  expect(row('conv2d_2')?.times).toEqual({ forward: 8, inputGradient: 7, weightGradient: 6, other: 0 });
  expect(row('max_pooling2d_2')?.times).toEqual({ forward: 0.25, inputGradient: 0.75, weightGradient: 0, other: 0 });
  expect(row('optimizer')?.ms).toBeCloseTo(0.3, 9);
  expect(row('batch')?.times.other).toBe(0.5);
});

test('merged dispatches share their time by their arithmetic', () => {
  const { rows } = lectureBreakdown();
  const [wide, narrow] = ['dense_1', 'dense_2'].map((name) => rows.find((row) => row.name === name));
  // 576·64 multiplications beside 64·10, forward, by inputs and by weights alike.
  const unit = 3 / (2 * 576 * 64 + 64 * 10);
  expect(wide?.times.weightGradient).toBeCloseTo(576 * 64 * unit, 9);
  expect(wide?.times.inputGradient).toBeCloseTo(576 * 64 * unit, 9);
  expect(narrow?.times.weightGradient).toBeCloseTo(64 * 10 * unit, 9);
  expect(narrow?.times.forward).toBeCloseTo(0.2, 9);
});

test('the operations are those of the model', () => {
  expect(lectureBreakdown().flops).toBeCloseTo(new StepWork(lecture(), batchSize).total, 0);
});

test('without a clock there is no breakdown', () => {
  expect(breakDown(lecture(), batchSize, [{ label: 'finish' }])).toBeUndefined();
  expect(breakDown(lecture(), batchSize, [])).toBeUndefined();
});
