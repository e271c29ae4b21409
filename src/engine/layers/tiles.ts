/**
 * Chooses register tiles by a cost model: what one result costs in loads, multiplications and carried sums, when the grid's
 * overhang and idle threads are counted in. The figures are nanoseconds per four lanes, measured on SwiftShader;
 * for GPUs only their ratio matters, and registers are the limit.
 */
import type { Target } from './op.ts';

export interface TileCost {
  /** Numbers loaded per turn of the inner loop. */
  readonly loads: number;
  /** Multiply-adds per turn. */
  readonly products: number;
  /** Sums held in registers over the turns. */
  readonly sums: number;
  /** Numbers held besides, until they are used. */
  readonly held: number;
  /** Share of the products that count, 0…1. */
  readonly useful: number;
  readonly invocations: number;
}

interface Machine {
  readonly loadNs: number;
  readonly productNs: number;
  readonly carryNs: number;
  readonly maxSums: number;
  readonly maxProducts: number;
  readonly maxHeld: number;
  /** Invocations that keep every core busy. */
  readonly wantedInvocations: number;
  /** What compiling one written-out product costs a step, if a network trains for some thousands of them. */
  readonly compileNs: number;
}

const software: Machine = {
  loadNs: 5.6,
  productNs: 0.5,
  carryNs: 1,
  maxSums: 176,
  maxProducts: 960,
  maxHeld: 320,
  wantedInvocations: 64,
  compileNs: 50,
};

const hardware: Machine = {
  loadNs: 4,
  productNs: 0.5,
  carryNs: 0,
  maxSums: 64,
  maxProducts: 640,
  maxHeld: 128,
  wantedInvocations: 32768,
  compileNs: 0,
};

/**
 * The cheapest candidate by the model; the first one when none keeps within the limits.
 * @param work multiply-adds of the whole dispatch: where there are few, a large tile is not worth its compilation.
 */
export function chooseTile<T extends object>(
  target: Target,
  work: number,
  candidates: readonly T[],
  costOf: (candidate: T) => TileCost,
): T {
  const machine = target.isSoftware ? software : hardware;
  const [first] = candidates;
  if (first === undefined) throw new Error('tiles: there must be a candidate. Received candidates=[].');
  let best = first;
  let bestCost = Infinity;
  for (const candidate of candidates) {
    const cost = costOf(candidate);
    if (cost.sums > machine.maxSums || cost.products > machine.maxProducts || cost.held > machine.maxHeld) continue;
    const turn = cost.loads * machine.loadNs + cost.products * machine.productNs + cost.sums * machine.carryNs;
    const busy = Math.min(1, cost.invocations / machine.wantedInvocations);
    const compiling = (machine.compileNs * (cost.products + cost.loads)) / work;
    const perResult = turn / (cost.products * cost.useful * busy) + compiling;
    if (perResult < bestCost) {
      best = candidate;
      bestCost = perResult;
    }
  }
  return best;
}

/** Whole tiles that cover `size`. */
export function tileCount(size: number, tile: number): number {
  return Math.ceil(size / tile);
}

/** Share of the covered cells that exist. */
export function coverage(size: number, tile: number): number {
  return size / (tileCount(size, tile) * tile);
}

/** Whole numbers from 1 to `last`, in steps. */
export function upTo(last: number, step = 1): number[] {
  return Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step);
}

/**
 * Chunks in which a kernel can be taken: whole, a few rows at a time, or a few taps. Fewer than all come in multiples of
 * the step given, where the stride asks for it.
 */
export function tapChunks(
  kernel: { readonly rows: number; readonly columns: number },
  step: { readonly rows: number; readonly columns: number },
): { readonly tapRows: number; readonly tapColumns: number }[] {
  const rows = Math.min(step.rows, kernel.rows);
  const columns = Math.min(step.columns, kernel.columns);
  return [
    { tapRows: kernel.rows, tapColumns: kernel.columns },
    { tapRows: rows, tapColumns: kernel.columns },
    { tapRows: rows, tapColumns: columns },
  ];
}
