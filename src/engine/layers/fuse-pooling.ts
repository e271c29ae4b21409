/**
 * Convolutions with the max pooling behind them in one op: the convolution's own outputs are then never written. For passes
 * that nobody looks into.
 */
import type { LoweredModel } from './lower.ts';
import { winnerWords, type Op, type Value } from './op.ts';

/** The same model, fused wherever the pooling alone reads the convolution. */
export function fusePooling(lowered: LoweredModel): LoweredModel {
  const fused = new Map<Op, Op>();
  const pooled = new Map<string, Value>();
  for (const pool of lowered.ops) {
    const producer = pool.pooling && soleProducer(lowered, pool);
    if (!pool.pooling || !producer?.withPooling) continue;
    const { activation } = producer.result;
    const pooling = { ...pool.pooling, winnerWords: winnerWords(pool.result.shape) };
    const result: Value = { ...pool.result, activation, pooling };
    fused.set(producer, producer.withPooling(result, pool.pooling));
    pooled.set(result.id, result);
  }
  // Flattened, a value has another shape under the same name.
  const replaced = (value: Value): Value => {
    const by = pooled.get(value.id);
    return by ? { ...by, shape: value.shape } : value;
  };
  const reread = (op: Op): Op => ({ ...op, sources: op.sources.map(replaced) });
  const isGone = (op: Op) => op.pooling !== undefined && pooled.has(op.result.id);
  return {
    ...lowered,
    ops: lowered.ops.filter((op) => !isGone(op)).map((op) => reread(fused.get(op) ?? op)),
    ...(lowered.softmax && { softmax: reread(lowered.softmax) }),
    head: replaced(lowered.head),
    output: replaced(lowered.output),
    penalties: lowered.penalties.map((penalty) => ({ ...penalty, value: replaced(penalty.value) })),
  };
}

/** The op that made what `pool` reads, if nobody else reads it. */
function soleProducer({ ops, softmax, head, output, penalties }: LoweredModel, pool: Op): Op | undefined {
  const id = pool.sources[0]?.id;
  const readers = [...ops, ...(softmax ? [softmax] : [])].filter((op) => op.sources.some((source) => source.id === id));
  const isSeen = [head, output, ...penalties.map(({ value }) => value)].some((value) => value.id === id);
  return readers.length === 1 && !isSeen ? ops.find((op) => op.result.id === id) : undefined;
}
