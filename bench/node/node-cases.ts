/** What is measured without a browser: the cases that the other trainers are compared on, and larger ones. */
import { alexNet32Model, lectureModel, smallResNetModel } from '../../src/engine/model/presets.ts';
import { benchCases, type BenchCase } from '../cases.ts';
import type { BenchOptions } from './options.ts';

const largeBatch = 1024;

/** No other trainer needs to be waited for, and a GPU that has nothing else to do wants more work at once. */
const largerCases: readonly BenchCase[] = [
  ...[largeBatch, 4096].map((batchSize): BenchCase => ({
    suite: 'batches',
    network: 'lecture',
    model: lectureModel,
    batchSize,
  })),
  { suite: 'networks', network: 'smallResNet', model: smallResNetModel, batchSize: 64 },
  { suite: 'networks', network: 'alexNet32', model: alexNet32Model, batchSize: 64 },
];

/**
 * The cases asked for, suite by suite.
 * @param isSoftware leaves out the largest batches, unless they are named: a processor is full long before them.
 */
export function casesOf({ suites, networks, batches }: BenchOptions, isSoftware: boolean): readonly BenchCase[] {
  const isWanted = ({ network, batchSize }: BenchCase) =>
    (networks?.includes(network) ?? true) && (batches?.includes(batchSize) ?? !(isSoftware && batchSize >= largeBatch));
  const all = [...benchCases, ...largerCases].filter(isWanted);
  return suites.flatMap((wanted) => all.filter(({ suite }) => suite === wanted));
}
