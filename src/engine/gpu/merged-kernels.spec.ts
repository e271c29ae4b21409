/*
 * Plan. Programs of made-up kernels over few tensors and slices, by the hundred from a seed: merged, the same kernels run, each
 * once; of any two of which one writes what the other reads or writes, the first is still the first, and never in the
 * same dispatch; no dispatch binds more than eight storage buffers, a buffer both to read and to write, or several sizes of
 * workgroup. Single rows say what is shared, what stays alone, and that ways go on being ways.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import type { BufferSlice, Kernel, PlannedTensor } from './kernel.ts';
import { mergeIndependent, type MergeOptions } from './merged-kernels.ts';

/** Reads r0 to r3, writes w0 and w1. */
const source = `
${[0, 1, 2, 3].map((i) => `@group(0) @binding(${i}) var<storage, read> r${i}: array<f32>;`).join('\n')}
${[0, 1].map((i) => `@group(0) @binding(${i + 4}) var<storage, read_write> w${i}: array<f32>;`).join('\n')}
@group(0) @binding(6) var<uniform> batch: Batch;`;

const sources: Readonly<Record<string, string>> = {
  made: source,
  struct: source.replaceAll('array<f32>', 'array<Cell>'),
  memory: `${source}\nvar<workgroup> sums: array<f32, 4>;`,
};

const options: MergeOptions = {
  sourceOf: (shader) => sources[shader] ?? '',
  isMergeable: () => true,
  choices: new Map(),
};

function kernelOf(label: string, bindings: Kernel['bindings'], rest: Partial<Kernel> = {}): Kernel {
  return {
    ...{ label, shader: 'made', entryPoint: 'main', constants: {}, bindings, invocations: 10, workgroupSize: 4 },
    ...rest,
  };
}

const tensor = (label: string): PlannedTensor => ({ label, sizeBytes: 4 });
const partsOf = (kernel: Kernel): readonly Kernel[] => kernel.parts?.map((part) => part.kernel) ?? [kernel];
const labels = (kernels: readonly Kernel[]): string[] => kernels.map(({ label }) => label);

function touch(first: Kernel, second: Kernel): boolean {
  const uses = (kernel: Kernel) =>
    Object.entries(kernel.bindings).map(([name, held]) => ({ writes: name.startsWith('w'), held }));
  return uses(first).some((a) => uses(second).some((b) => (a.writes || b.writes) && isSameMemory(a.held, b.held)));
}

function isSameMemory(a: PlannedTensor | BufferSlice, b: PlannedTensor | BufferSlice): boolean {
  if (!('buffer' in a) || !('buffer' in b)) return a === b;
  return a.buffer === b.buffer && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

test('whatever is merged, nothing is read or written out of turn', () => {
  const { below } = seededDraws(5);
  let dispatches = 0;
  let kernels = 0;
  for (let round = 0; round < 40; round++) {
    const buffer = { label: 'shared' } as GPUBuffer;
    const memory = [
      ...Array.from({ length: 8 }, (_, index) => tensor(`t${index}`)),
      ...[0, 256, 512].map((offset): BufferSlice => ({ buffer, offset, size: 256 })),
    ];
    const program = Array.from({ length: 12 }, (_, index) => {
      const w0 = memory[below(memory.length)] ?? tensor('none');
      // What a kernel writes lies in another buffer than what it reads.
      const free = memory.filter((held) => held !== w0 && !('buffer' in w0 && 'buffer' in held));
      const take = () => free.splice(below(free.length), 1)[0] ?? tensor('none');
      const reads = ['r0', 'r1', ...(below(2) === 0 ? ['r2'] : [])];
      const bindings = { w0, ...Object.fromEntries(reads.map((name) => [name, take()])) };
      return kernelOf(`k${index}`, bindings, { workgroupSize: below(5) === 0 ? 8 : 4 });
    });
    const merged = mergeIndependent(program, options);
    dispatches += merged.length;
    kernels += program.length;
    const order = merged.flatMap(partsOf);
    expect(new Set(order)).toEqual(new Set(program));
    expect(order).toHaveLength(program.length);
    const dispatchOf = (kernel: Kernel) => merged.findIndex((one) => partsOf(one).includes(kernel));
    program.forEach((second, index) => {
      for (const first of program.slice(0, index)) {
        if (touch(first, second)) expect(dispatchOf(first)).toBeLessThan(dispatchOf(second));
      }
    });
    for (const dispatch of merged.filter(({ parts }) => parts)) {
      expect(Object.keys(dispatch.bindings).length).toBeLessThanOrEqual(8);
      expect(new Set(partsOf(dispatch).map(({ workgroupSize }) => workgroupSize)).size).toBe(1);
      expect(dispatch.invocations).toBe(12 * partsOf(dispatch).length * (dispatch.workgroupSize === 8 ? 4 / 3 : 1));
      const buffers = Object.entries(dispatch.bindings).flatMap(([name, held]) => ('buffer' in held ? [name[0]] : []));
      expect(new Set(buffers).size).toBeLessThanOrEqual(1);
    }
  }
  expect(dispatches).toBeLessThan(0.9 * kernels);
});

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(tensor) as [PlannedTensor, PlannedTensor, PlannedTensor, PlannedTensor];

test('what is held to be the same is bound once; structs and uniforms are each kernel’s own', () => {
  const uniform: BufferSlice = { buffer: {} as GPUBuffer, offset: 0, size: 4 };
  const pair = (shader: string) =>
    mergeIndependent(
      [
        kernelOf('one', { r0: a, w0: b, batch: uniform }, { shader }),
        kernelOf('two', { r3: a, w1: c, batch: uniform }, { shader }),
      ],
      options,
    )[0]!;
  expect(Object.keys(pair('made').bindings)).toEqual(['r0_of1', 'w0_of1', 'batch_of1', 'w1_of2', 'batch_of2']);
  expect(pair('made').parts?.[1]?.names).toEqual({ r3: 'r0_of1', w1: 'w1_of2', batch: 'batch_of2' });
  expect(Object.keys(pair('struct').bindings)).toHaveLength(6);
});

test('a later kernel joins an earlier dispatch, past one that has nothing to do with it', () => {
  const program = [
    kernelOf('one', { r0: a, w0: b }),
    kernelOf('two', { r0: b, w0: c }),
    kernelOf('three', { r0: a, w0: d }),
  ];
  expect(labels(mergeIndependent(program, options))).toEqual(['one + three', 'two']);
});

test('some stay alone: those that shall, those of another workgroup, a second with workgroup memory', () => {
  const one = kernelOf('one', { r0: a, w0: b });
  const two = kernelOf('two', { r0: a, w0: c });
  const merge = (first: Kernel, second: Kernel, given = options) => labels(mergeIndependent([first, second], given));
  expect(merge(one, two)).toEqual(['one + two']);
  expect(merge(one, two, { ...options, isMergeable: ({ label }) => label !== 'two' })).toEqual(['one', 'two']);
  expect(merge(one, { ...two, workgroupSize: 8 })).toEqual(['one', 'two']);
  expect(merge(one, { ...two, shader: 'memory' })).toEqual(['one + two']);
  expect(merge({ ...one, shader: 'memory' }, { ...two, shader: 'memory' })).toEqual(['one', 'two']);
});

test('nine storage buffers are two dispatches', () => {
  const wide = (label: string, at: number) =>
    kernelOf(label, Object.fromEntries(['r0', 'r1', 'r2', 'w0'].map((name) => [name, tensor(`${name}${at}`)])));
  expect(labels(mergeIndependent([wide('one', 1), wide('two', 2)], options))).toEqual(['one + two']);
  const third = kernelOf('three', { w1: tensor('w') });
  expect(labels(mergeIndependent([wide('one', 1), wide('two', 2), third], options))).toEqual(['one + two', 'three']);
});

test('what can go several ways still can, one at a time, and goes the way chosen', () => {
  const made = (label: string, held: PlannedTensor, ways: readonly string[]): Kernel => {
    const way = (choice: string): Kernel =>
      kernelOf(label, { r0: a, w0: held }, { constants: { way: ways.indexOf(choice) } });
    const candidates = () => ways.map((choice) => ({ choice, kernel: way(choice) }));
    return { ...way(ways[0]!), tuning: { key: `key of ${label}`, choice: ways[0]!, candidates } };
  };
  const program = [made('one', b, ['x', 'y', 'z']), kernelOf('two', { w0: c }), made('three', d, ['p', 'q'])];
  const [merged] = mergeIndependent(program, options);
  const tuning = merged?.tuning;
  expect(tuning?.key).toBe('key of one + two + key of three');
  expect(tuning?.choice).toBe('x +  + p');
  const all = tuning?.candidates() ?? [];
  expect(all.map(({ choice }) => choice)).toEqual(['x +  + p', 'y +  + p', 'z +  + p', 'x +  + q']);
  const waysIn = (kernel: Kernel) => partsOf(kernel).map(({ constants }) => constants['way']);
  expect(all.map(({ kernel }) => waysIn(kernel))).toEqual([
    [0, undefined, 0],
    [1, undefined, 0],
    [2, undefined, 0],
    [0, undefined, 1],
  ]);
  const choices = new Map([['key of one + two + key of three', 'x +  + q']]);
  const [chosen] = mergeIndependent(program, { ...options, choices });
  expect(chosen && waysIn(chosen)).toEqual([0, undefined, 1]);
  expect(chosen?.tuning?.choice).toBe('x +  + q');
});
