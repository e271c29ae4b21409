/*
 * Plan. The tables of a model with every kind of kernel: walking them as weight-sections.wgsl does, every number of every weight
 * is found in its own section, with its own part of the gradient, and in the filter whose output channel it makes, by the shapes
 * of Keras's kernels; no two weights share a flag. Regularizers stand where they belong, frozen weights do not learn.
 */
import { expect, test } from 'playwright/test';
import { resolveModel } from '../model/resolve.ts';
import { blockSize, WeightLayout } from './weight-layout.ts';
import { blockTable, blockWords, filterFlags, sectionTable, sectionWords, unmaskedFlags } from './weight-tables.ts';

const resolution = resolveModel({
  inputShape: [9, 8, 3],
  layers: [
    { type: 'conv2d', filters: 5, kernelSize: [2, 3], kernelRegularizer: { type: 'l1l2', l1: 0.5, l2: 0.25 } },
    { type: 'depthwiseConv2d', kernelSize: 2, depthMultiplier: 2, trainable: false },
    { type: 'separableConv2d', filters: 7, kernelSize: 2, depthMultiplier: 3 },
    { type: 'conv2dTranspose', filters: 4, kernelSize: 2 },
    { type: 'batchNormalization' },
    { type: 'flatten' },
    { type: 'dense', units: 6, activation: 'softmax' },
  ],
});
if (!resolution.ok) throw new Error('the model must be valid');
const { model } = resolution;
const layout = new WeightLayout(model, (name) => (name.includes('moving') ? 0 : 1 + (name.length % 3)));
const blocks = blockTable(layout);
const sections = new DataView(sectionTable(layout));
const sectionBytes = sectionWords * 4;

/** As weight-sections.wgsl finds them. */
function lookUp(index: number) {
  const block = Math.floor(index / blockSize) * blockWords;
  const [partsOffset = 0, stride = 0, parts = 0, section = 0] = blocks.subarray(block, block + blockWords);
  const word = (at: number) => sections.getInt32(section * sectionBytes + 4 * at, true);
  const within = index - word(0) * blockSize;
  const flag = word(2) + (Math.floor(within / word(4)) % word(3));
  return { section, blockCount: word(1), flag, within, parts, stride, partsIndex: partsOffset + (index % blockSize) };
}

/** Which output channel the number makes, by the shapes of Keras's kernels. */
function channelOf(name: string, shape: readonly number[], index: number): number {
  const [, , third = 1, fourth = 1] = shape;
  if (name.startsWith('conv2d_transpose_1/kernel')) return Math.floor(index / fourth) % third;
  if (/^depthwise_conv2d_1\/kernel|depthwise_kernel/.test(name)) return index % (third * fourth);
  return index % (shape.at(-1) ?? 1);
}

test('every number of every weight is found', () => {
  const misses: string[] = [];
  const flagOwners = new Map<number, string>();
  [...layout.sections.values()].forEach(({ spec, offset, length, stride, partsOffset, parts }, place) => {
    const flags = new Map<number, number>();
    for (let i = 0; i < length; i++) {
      const { section, within, flag, blockCount, ...found } = lookUp(offset + i);
      const isThere =
        section === place && within === i && blockCount * blockSize === stride && found.partsIndex === partsOffset + i;
      const isSummed = found.parts === parts && found.stride === stride;
      const channel = channelOf(spec.name, spec.shape, i);
      const isOneFilter = (flags.get(channel) ?? flag) === flag && (flagOwners.get(flag) ?? spec.name) === spec.name;
      if (!isThere || !isSummed || !isOneFilter) misses.push(`${spec.name} ${i}`);
      flags.set(channel, flag);
      flagOwners.set(flag, spec.name);
    }
    if (new Set(flags.values()).size !== flags.size) misses.push(`${spec.name}: two filters share a flag`);
  });
  expect(misses).toEqual([]);
  expect(flagOwners.size).toBe(layout.flagCount);
});

test('regularizers and frozen weights stand at their weights', () => {
  const flags = unmaskedFlags(layout);
  [...layout.sections.values()].forEach(({ spec, firstFlag }, place) => {
    const factors = [20, 24].map((word) => sections.getFloat32(place * sectionBytes + word, true));
    expect(factors, spec.name).toEqual(spec.name === 'conv2d_1/kernel' ? [0.5, 0.25] : [0, 0]);
    const isFrozen = /^depthwise_conv2d_1|moving/.test(spec.name);
    expect(flags[firstFlag], spec.name).toBe(isFrozen ? filterFlags.frozen : filterFlags.learning);
  });
});
