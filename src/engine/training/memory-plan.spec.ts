/*
 * Plan. Seeded programs of kernels over tensors of random sizes: tensors in one buffer are never in use at the same time, what is
 * kept shares with none, every tensor fits its buffer, slices take none, and all together need less than a buffer each. A chain
 * of layers needs two buffers, and a backward pass that reads again what forward wrote keeps it until then.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import type { Kernel, PlannedTensor } from '../gpu/kernel.ts';
import { planMemory, type MemoryPlan } from './memory-plan.ts';

const slice = { buffer: {} as GPUBuffer, offset: 0, size: 1e9 };

function kernelOf(tensors: readonly PlannedTensor[]): Kernel {
  const bindings = { weights: slice, ...Object.fromEntries(tensors.map((tensor, index) => [`t${index}`, tensor])) };
  const rest = { label: 'made', shader: 'made', entryPoint: 'main', constants: {}, invocations: 1, workgroupSize: 1 };
  return { ...rest, bindings };
}

const total = ({ buffers }: MemoryPlan): number => buffers.reduce((sum, bytes) => sum + bytes, 0);

/** First and last kernel that uses the tensor. */
function lifeOf(tensor: PlannedTensor, program: readonly (readonly PlannedTensor[])[]): readonly [number, number] {
  const times = program.flatMap((tensors, time) => (tensors.includes(tensor) ? [time] : []));
  return [Math.min(...times), Math.max(...times)];
}

test('in one buffer, no two tensors are needed at the same time', () => {
  const { between, below } = seededDraws(12);
  let planned = 0;
  let unshared = 0;
  let sharing = 0;
  for (let round = 0; round < 300; round++) {
    const tensors = Array.from({ length: between(1, 20) }, (_, index): PlannedTensor => ({
      label: `t${index}`,
      sizeBytes: 4 * between(1, 1000),
    }));
    // Each kernel reads and writes a few tensors close to one another, as layers do.
    const program = Array.from({ length: between(1, 25) }, (_, time) => {
      const centre = (time * tensors.length) / 25 + between(-2, 2);
      return [...new Set([centre, centre + 1, below(6) === 0 ? below(tensors.length) : centre])].flatMap(
        (index) => tensors[Math.min(tensors.length - 1, Math.max(0, Math.round(index)))] ?? [],
      );
    });
    const used = [...new Set(program.flat())];
    const kept = new Set(used.filter(() => below(8) === 0));
    const plan = planMemory([program.map(kernelOf)], (tensor) => kept.has(tensor));
    expect([...plan.bufferOf.keys()].sort(byLabel)).toEqual([...used].sort(byLabel));
    const clashes: string[] = [];
    for (const [a, buffer] of plan.bufferOf) {
      if ((plan.buffers[buffer] ?? 0) < a.sizeBytes) clashes.push(`${a.label} in buffer ${buffer}`);
      for (const [b, other] of plan.bufferOf) {
        if (a === b || buffer !== other) continue;
        sharing++;
        const [[firstA, lastA], [firstB, lastB]] = [lifeOf(a, program), lifeOf(b, program)];
        const isApart = lastA < firstB || lastB < firstA;
        if (!isApart || kept.has(a) || kept.has(b)) clashes.push(`${a.label} and ${b.label}`);
      }
    }
    expect(clashes).toEqual([]);
    planned += total(plan);
    unshared += used.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(total(plan)).toBeLessThanOrEqual(used.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  }
  expect(sharing).toBeGreaterThan(1000);
  expect(planned).toBeLessThan(0.75 * unshared);
});

function byLabel(a: PlannedTensor, b: PlannedTensor): number {
  return a.label.localeCompare(b.label);
}

const layers = Array.from({ length: 6 }, (_, index): PlannedTensor => ({
  label: `layer ${index}`,
  sizeBytes: 400 - index,
}));
const forward = layers.slice(1).map((tensor, index) => [layers[index] ?? tensor, tensor]);

test('a chain takes turns in two buffers', () => {
  const plan = planMemory([forward.map(kernelOf)], () => false);
  expect(plan.buffers).toEqual([400, 399]);
  expect(layers.map((tensor) => plan.bufferOf.get(tensor))).toEqual([0, 1, 0, 1, 0, 1]);
});

test('what backward reads again is kept until then', () => {
  const backward = [...forward].reverse();
  const plan = planMemory([[...forward, ...backward].map(kernelOf)], () => false);
  expect(plan.buffers).toHaveLength(layers.length);
});

test('the largest tensor of a buffer gives it its size', () => {
  const [small, middle, large] = [4, 8, 1000].map((sizeBytes): PlannedTensor => ({ label: `${sizeBytes}`, sizeBytes }));
  if (!small || !middle || !large) throw new Error('there must be three');
  expect(planMemory([[[small], [middle], [large]].map(kernelOf)], () => false).buffers).toEqual([1000]);
  expect(planMemory([[[small], [large]].map(kernelOf)], (tensor) => tensor === small).buffers).toEqual([1000, 4]);
  expect(planMemory([[]], () => true).buffers).toEqual([]);
});

test('sequences run whole: their own tensors share, those they have in common live in each', () => {
  const [a, b, both] = ['a', 'b', 'both'].map((label): PlannedTensor => ({ label, sizeBytes: 8 }));
  if (!a || !b || !both) throw new Error('there must be three');
  const sequences = [[[a], [a, both], [both]].map(kernelOf), [[both], [b]].map(kernelOf)];
  const { bufferOf } = planMemory(sequences, () => false);
  expect(bufferOf.get(a)).toBe(bufferOf.get(b));
  expect(bufferOf.get(both)).not.toBe(bufferOf.get(a));
  expect(bufferOf.size).toBe(3);
});
