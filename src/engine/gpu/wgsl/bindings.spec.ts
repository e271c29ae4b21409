/*
 * Plan. The three kinds of buffer with their types and what they hold, in any spacing; a number given twice is an error that names it; names are
 * picked in the order asked for, and an unknown one is an error that lists those there are.
 */
import { expect, test } from 'playwright/test';
import { pickBindings, readBindings } from './bindings.ts';

const source = `
@group(0) @binding(0) var<uniform> batch: Batch;
@group(0) @binding(3) var<storage, read> kernel: array<f32>;
@group(0)@binding(12)  var< storage , read_write > outputs : array<vec4f>;
@group(0) @binding(4) var<storage> bias: array<f32>;
var<workgroup> sums: array<f32, 64>;
`;

test('reads names, numbers, types and what is held', () => {
  expect([...readBindings(source, 'made.wgsl').values()]).toEqual([
    { name: 'batch', binding: 0, type: 'uniform', holds: 'Batch' },
    { name: 'kernel', binding: 3, type: 'read-only-storage', holds: 'array<f32>' },
    { name: 'outputs', binding: 12, type: 'storage', holds: 'array<vec4f>' },
    { name: 'bias', binding: 4, type: 'read-only-storage', holds: 'array<f32>' },
  ]);
  expect(readBindings('const binding = 1;', 'made.wgsl').size).toBe(0);
});

test('refuses a number that stands twice', () => {
  const twice = source.replace('binding(4)', 'binding(3)');
  expect(() => readBindings(twice, 'made.wgsl')).toThrow('made.wgsl: binding numbers must differ. Received 3 twice.');
});

test('picks by name, in the order asked for', () => {
  const declarations = readBindings(source, 'made.wgsl');
  const names = pickBindings(declarations, ['outputs', 'batch'], 'made.wgsl').map(({ name }) => name);
  expect(names).toEqual(['outputs', 'batch']);
  expect(() => pickBindings(declarations, ['outputs', 'kernal'], 'made.wgsl')).toThrow(
    'made.wgsl: has no binding "kernal"; it has batch, kernel, outputs, bias.',
  );
});
