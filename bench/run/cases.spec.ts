/*
 * Plan. Every network of the benchmark must be one that the engine can build, the cases told apart by network and batch,
 * every suite inhabited, and the filters' sweep really scale its costs. Loss and optimizer are the engine's own defaults.
 */
import { expect, test } from 'playwright/test';
import { resolveModel } from '../../src/engine/model/resolve.ts';
import { benchCases } from '../cases.ts';

function macsOf(network: string): number {
  const resolution = resolveModel(benchCases.find((one) => one.network === network)?.model);
  return resolution.ok ? resolution.model.macs : NaN;
}

test('every network can be built', () => {
  for (const { model } of benchCases) expect(resolveModel(model), model.name).toMatchObject({ ok: true });
});

test('cases are told apart, and no suite is empty', () => {
  const keys = benchCases.map(({ network, batchSize }) => `${network} ${batchSize}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(benchCases.map(({ suite }) => suite))).toEqual(new Set(['lecture', 'batches', 'networks', 'filters']));
});

test('twice the filters cost between two and four times as much', () => {
  const ratio = macsOf('lecture ×2') / macsOf('lecture');
  expect(ratio).toBeGreaterThan(2);
  expect(ratio).toBeLessThan(4);
});
