/*
 * Plan: the shorter table leaves rows out and no value: whatever a row of the whole table says of a layer type, a kept row says
 * too. A control: without one of its rows, something is missing.
 */
import { expect, test } from 'playwright/test';
import { coveringCases, traitsOf } from './covering-cases.ts';
import { layerCases } from './layer-cases.ts';

const missing = (rows: typeof layerCases) => {
  const said = new Set(rows.flatMap(traitsOf));
  return layerCases.flatMap(traitsOf).filter((trait) => !said.has(trait));
};

test('half of the table says all of it', () => {
  const rows = coveringCases(layerCases);
  expect(missing(rows)).toEqual([]);
  expect(rows.length).toBeLessThan(0.6 * layerCases.length);
  expect(missing(rows.slice(1))).not.toEqual([]);
});
