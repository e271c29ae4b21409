/**
 * Orders register tiles by a cost model: what one result costs in loads, multiplications and carried sums, when the grid's
 * overhang and idle threads are counted in. The figures for CPUs are instructions, fitted to 23 inner loops as SwiftShader
 * compiles them (they meet them within 11 %, and it runs four a cycle); for GPUs only their ratio matters, and registers are
 * the limit.
 */
import type { Target } from './op.ts';

export interface TileCost {
  /** Numbers loaded per turn of the inner loop. */
  readonly loads: number;
  /** Numbers that neighbouring invocations load for this one. */
  readonly exchanges?: number;
  /** Multiply-adds per turn. */
  readonly products: number;
  /** Sums held in registers. */
  readonly sums: number;
  /** Sums carried from turn to turn, where not all are. */
  readonly carried?: number;
  /** Numbers stored at the end, per turn. */
  readonly stores?: number;
  /** Numbers held besides, until they are used. */
  readonly held: number;
  /** Products that count for each one made; above 1 where a tile leaves out those that others make for nothing. */
  readonly useful: number;
  readonly invocations: number;
}

interface Machine {
  readonly loadCost: number;
  readonly exchangeCost: number;
  readonly productCost: number;
  readonly carryCost: number;
  readonly storeCost: number;
  readonly maxSums: number;
  /** Written-out products that compile in the time a first step may take. */
  readonly maxProducts: number;
  /** The same where compilation may take as long as it will. */
  readonly maxTunedProducts: number;
  readonly maxHeld: number;
  /** Invocations that keep every core busy. */
  readonly wantedInvocations: number;
  /** What compiling one written-out product costs a step, if a network trains for some thousands of them. */
  readonly compileCost: number;
}

const software: Machine = {
  loadCost: 106,
  exchangeCost: 6,
  productCost: 3.8,
  carryCost: 28,
  storeCost: 100,
  maxSums: 216,
  maxProducts: 1800,
  maxTunedProducts: 2000,
  maxHeld: 320,
  wantedInvocations: 64,
  compileCost: 340,
};

const hardware: Machine = {
  loadCost: 4,
  exchangeCost: 4,
  productCost: 0.5,
  carryCost: 0,
  storeCost: 4,
  maxSums: 64,
  maxProducts: 640,
  maxTunedProducts: 640,
  maxHeld: 128,
  wantedInvocations: 32768,
  compileCost: 0,
};

/** The most tiles of one kernel that are worth timing. */
const maxRanked = 8;

/** The cheapest candidate by the model; the first one when none keeps within the limits. */
export function chooseTile<T extends object>(
  target: Target,
  work: number,
  candidates: readonly T[],
  costOf: (candidate: T) => TileCost,
): T {
  const [best] = rankTiles(target, work, candidates, costOf);
  if (best === undefined) throw new Error('tiles: there must be a candidate. Received candidates=[].');
  return best;
}

/**
 * The cheapest candidate by the model, then others that are worth timing, the cheapest first: the model is not what runs.
 * @param work multiply-adds of the whole dispatch: where there are few, a large tile is not worth its compilation.
 * @param kindOf of each kind, only the cheapest is listed.
 */
export function rankTiles<T extends object>(
  target: Target,
  work: number,
  candidates: readonly T[],
  costOf: (candidate: T) => TileCost,
  kindOf: (candidate: T) => string = () => '',
): readonly T[] {
  const machine = target.isSoftware ? software : hardware;
  let first = candidates[0];
  let firstCost = Infinity;
  const kinds = new Map<string, { readonly tile: T; readonly result: number }>();
  for (const tile of candidates) {
    const cost = costOf(tile);
    if (cost.sums > machine.maxSums || cost.products > machine.maxTunedProducts || cost.held > machine.maxHeld)
      continue;
    const result = perResult(machine, work, cost);
    if (cost.products <= machine.maxProducts && result < firstCost) [first, firstCost] = [tile, result];
    if (result < (kinds.get(kindOf(tile))?.result ?? Infinity)) kinds.set(kindOf(tile), { tile, result });
  }
  const others = [...kinds.values()]
    .sort((a, b) => a.result - b.result)
    .flatMap(({ tile }) => (tile === first ? [] : [tile]));
  return first === undefined ? [] : [first, ...others.slice(0, maxRanked - 1)];
}

function perResult(machine: Machine, work: number, cost: TileCost): number {
  const { loads, exchanges = 0, products, sums, carried = sums, stores = 0, useful, invocations } = cost;
  const turn =
    loads * machine.loadCost +
    exchanges * machine.exchangeCost +
    products * machine.productCost +
    carried * machine.carryCost +
    stores * machine.storeCost;
  const busy = Math.min(1, invocations / machine.wantedInvocations);
  return turn / (products * useful * busy) + (machine.compileCost * (products + loads)) / work;
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
