/**
 * Convolutions with the max pooling behind them in one op: the convolution's own outputs are then never written. For passes
 * that nobody looks into.
 */
import type { LoweredModel } from './lower.ts';
import { winnerWords, type Op, type Value } from './op.ts';

/** The poolings, by name, that may be part of the convolution before them, as nobody else reads that. */
export function fusablePoolings(lowered: LoweredModel): ReadonlySet<string> {
  const pools = lowered.ops.filter((op) => op.pooling && soleProducer(lowered, op)?.withPooling !== undefined);
  return new Set(pools.map(({ layer }) => layer));
}

/** Puts the pooling into the op that made what it reads. */
export function fusePooling(ops: readonly Op[], pool: Op): { readonly ops: readonly Op[]; readonly result: Value } {
  const producer = ops.find((op) => op.result.id === pool.sources[0]?.id);
  if (!pool.pooling || !producer?.withPooling) throw new Error(`${pool.layer}: must stand behind a convolution.`);
  const pooling = { ...pool.pooling, winnerWords: winnerWords(pool.result.shape) };
  const result: Value = { ...pool.result, activation: producer.result.activation, pooling };
  const fused = producer.withPooling(result, pooling);
  return { ops: ops.map((op) => (op === producer ? fused : op)), result };
}

/** The op that made what `pool` reads, if nobody else reads it. */
function soleProducer({ ops, softmax, head, output, penalties }: LoweredModel, pool: Op): Op | undefined {
  const id = pool.sources[0]?.id;
  const readers = [...ops, ...(softmax ? [softmax] : [])].filter((op) => op.sources.some((source) => source.id === id));
  const isSeen = [head, output, ...penalties.map(({ value }) => value)].some((value) => value.id === id);
  return readers.length === 1 && !isSeen ? ops.find((op) => op.result.id === id) : undefined;
}
