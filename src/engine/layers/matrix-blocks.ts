/**
 * The blocks in which conv2d-matrix.wgsl's kernels make a matrix product, ordered by what a result probably costs on a GPU.
 * Pure arithmetic; knows nothing of convolutions.
 */
import { coverage, tileCount } from './tiles.ts';

/** A workgroup's block of results, and an invocation's tile of it: the constants of conv2d-matrix.wgsl. */
export interface MatrixBlock {
  readonly blockRows: number;
  readonly blockColumns: number;
  readonly blockDepth: number;
  readonly tileRows: number;
  readonly tileColumns: number;
  /** Invocations that share a tile, each with its part of the depth. */
  readonly slices: number;
}

export interface MatrixProduct {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** Products of this size in one dispatch. */
  readonly copies: number;
  /** A tile has a multiple of so many rows. */
  readonly rowStep: number;
}

/*
 * A tile of r × c results reads r + c numbers of workgroup memory for r·c products. A GPU's core does about as many products as
 * one such read takes time for four, so 8×8 (a quarter of a read per product) keeps it busy, 4×4 (half a read) lets it wait
 * now and then; but 64 sums and what feeds them take some 140 registers, with which few invocations of a core hide each
 * other's waiting, and on some GPUs too many. What a block reads from memory per product is (rows + columns) / (rows·columns).
 * Large blocks win where there are enough of them to fill the machine; slices fill it where there are few.
 */
const sizes: readonly (readonly [
  rows: number,
  columns: number,
  depth: number,
  tile: readonly [number, number],
  slices: number,
])[] = [
  [128, 128, 8, [8, 8], 1],
  [128, 64, 16, [8, 8], 1],
  [128, 64, 16, [8, 4], 1],
  [64, 64, 16, [8, 8], 1],
  [64, 64, 16, [8, 4], 1],
  [64, 64, 16, [4, 4], 1],
  [128, 32, 16, [8, 4], 1],
  [64, 32, 16, [8, 4], 1],
  [64, 32, 16, [4, 4], 1],
  [32, 64, 16, [4, 4], 1],
  [32, 32, 16, [4, 4], 1],
  [128, 16, 16, [8, 4], 1],
  [64, 16, 16, [4, 4], 1],
  [64, 32, 32, [8, 4], 4],
  [32, 32, 32, [4, 4], 2],
  [32, 32, 32, [4, 4], 4],
  [16, 32, 32, [4, 4], 8],
  [64, 16, 32, [4, 4], 4],
  [16, 16, 32, [4, 4], 8],
];

const maxTileSums = 72;
const maxBytes = 16 * 1024;
const maxBlocks = 10;

/** Invocations that hide each other's waiting on a GPU of middle size, as in tiles.ts. */
const wantedInvocations = 32768;
/** What a number costs that is read from workgroup memory, and one that is brought there, addresses and all; in products. */
const readCost = 1;
const bringCost = 3;

/** The blocks worth trying, the likely best first; none where a tile cannot hold `rowStep` rows. */
export function matrixBlocks(product: MatrixProduct, bytesOf: (block: MatrixBlock) => number): readonly MatrixBlock[] {
  const blocks = new Map<string, MatrixBlock>();
  for (const [rows, columns, blockDepth, [baseRows, tileColumns], slices] of sizes) {
    const tileRows = Math.max(1, Math.floor(baseRows / product.rowStep)) * product.rowStep;
    const blockRows = (rows / baseRows) * tileRows;
    const block = { blockRows, blockColumns: columns, blockDepth, tileRows, tileColumns, slices };
    if (tileRows * tileColumns <= maxTileSums && bytesOf(block) <= maxBytes) blocks.set(JSON.stringify(block), block);
  }
  const costs = new Map([...blocks.values()].map((block) => [block, costOf(block, product)]));
  return [...costs.keys()].sort((a, b) => (costs.get(a) ?? 0) - (costs.get(b) ?? 0)).slice(0, maxBlocks);
}

/** Invocations of a workgroup. */
export function invocationsOf({ blockRows, blockColumns, tileRows, tileColumns, slices }: MatrixBlock): number {
  return (blockRows / tileRows) * (blockColumns / tileColumns) * slices;
}

/** What a product that counts costs, in products. */
function costOf(block: MatrixBlock, { rows, columns, depth, copies }: MatrixProduct): number {
  const { blockRows, blockColumns, blockDepth, tileRows, tileColumns } = block;
  const useful = coverage(rows, blockRows) * coverage(columns, blockColumns) * coverage(depth, blockDepth);
  const invocations = tileCount(rows, blockRows) * tileCount(columns, blockColumns) * copies * invocationsOf(block);
  const busy = Math.min(1, invocations / wantedInvocations);
  const reads = (readCost * (tileRows + tileColumns)) / (tileRows * tileColumns);
  const brought = (bringCost * (blockRows + blockColumns)) / (blockRows * blockColumns);
  return (1 + reads + brought) / (useful * busy);
}

const cellBytes = 16;

/** Cells of four that the invocations bring in together, the overhang of the last turn among them. */
function broughtCells(block: MatrixBlock, cells: number): number {
  return tileCount(cells, invocationsOf(block)) * invocationsOf(block);
}

/** As many cells, where each row of the depth has one cell more. */
function paddedCells(block: MatrixBlock, results: number): number {
  const depthCells = block.blockDepth / 4;
  return (broughtCells(block, results * depthCells) / depthCells) * (depthCells + 1);
}

/** Bytes of workgroup memory, by how the shader keeps the rows and the columns: in cells of four along the depth, or across. */
export const blockBytes = {
  rowsByDepth: (block: MatrixBlock): number =>
    cellBytes *
    (paddedCells(block, block.blockRows) + broughtCells(block, (block.blockColumns / 4) * block.blockDepth)),
  bothByDepth: (block: MatrixBlock): number =>
    cellBytes * (paddedCells(block, block.blockRows) + paddedCells(block, block.blockColumns)),
  bothByColumns: (block: MatrixBlock): number =>
    cellBytes *
    (broughtCells(block, (block.blockRows / 4) * block.blockDepth) +
      broughtCells(block, (block.blockColumns / 4) * block.blockDepth)),
};
