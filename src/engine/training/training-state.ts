/** All that training goes on from, taken into ordinary memory between two steps and put back. Knows no run and no epoch's order. */
import type { TrainingState } from '../contract.ts';
import { EngineError } from '../error.ts';
import { readSlices } from '../gpu/readback.ts';
import { unmask } from './filter-masks.ts';
import type { GraphContext } from './graph.ts';
import { slotsMeaning, slotsUsed } from './optimizers.ts';
import type { RunProgress } from './run-progress.ts';
import { countersOf } from './step-state.ts';
import type { Trainer } from './trainer.ts';
import type { WeightStore } from './weight-store.ts';

/** Where the state lies. */
export interface StateParts {
  readonly context: GraphContext;
  readonly store: WeightStore;
  readonly trainer: Trainer;
}

/**
 * The state at this point of the queue. The copy is submitted before this returns its promise, so that steps submitted
 * later neither change it nor wait for it.
 */
export async function captureState(
  { context, store, trainer }: StateParts,
  { steps: step, epochsBegun }: RunProgress,
): Promise<TrainingState> {
  const { optimizer, heldFilters } = trainer.update;
  const slots = { ...store.slots, size: slotsUsed(optimizer) * store.count * 4 };
  const slices = [store.weights, slots, trainer.trainState.slice, ...(heldFilters ? [heldFilters.putBy] : [])];
  const [weightBytes = noBytes, slotBytes = noBytes, counters = noBytes, putBy = noBytes] = await readSlices(
    context.device,
    context.memory,
    slices,
  );
  const weights = new Float32Array(weightBytes);
  if (heldFilters) unmask(store.layout, heldFilters.flags, weights, new Float32Array(putBy));
  return {
    ...{ step, epochsBegun },
    ...countersOf(counters),
    weights,
    slots: new Float32Array(slotBytes),
    optimizer: { slots: slotsMeaning(optimizer), schedule: JSON.stringify(optimizer.schedule) },
    counters,
  };
}

/** Puts a state back; masks stay in force. True when the optimizer takes its slots, else these are empty. */
export function restoreState({ context, store, trainer }: StateParts, state: TrainingState): boolean {
  const { weights, slots, counters } = state;
  if (weights.length !== store.count) {
    const received = `Received ${weights.length} numbers.`;
    throw new EngineError('badArgument', `restoreState: a state must have the ${store.count} numbers. ${received}`);
  }
  const { queue } = context.device;
  queue.writeBuffer(store.weights.buffer, 0, weights);
  trainer.update.renew(store.names);
  trainer.trainState.resume(counters);
  const { optimizer } = trainer.update;
  const isSameOptimizer = state.optimizer.slots === slotsMeaning(optimizer);
  if (isSameOptimizer) queue.writeBuffer(store.slots.buffer, 0, slots);
  const hasSameSchedule = state.optimizer.schedule === JSON.stringify(optimizer.schedule);
  trainer.update.resume(isSameOptimizer ? state.updates : undefined, hasSameSchedule);
  return isSameOptimizer;
}

const noBytes = new ArrayBuffer(0);
