// needs: conv2d-geometry
//
// What the passes of a convolution share when each is computed as one matrix product, without the matrices ever being made
// (implicit GEMM): result[row, column] = sum over depth of a[row, k] · b[k, column].
//
// A workgroup makes a block of blockRows × blockColumns results. Its invocations together bring blockDepth of the depth at a
// time into workgroup memory, four numbers to a cell, and each then works on tileRows × tileColumns results in registers. A
// number loaded from memory serves blockColumns (or blockRows) products, one read from workgroup memory tileColumns (or
// tileRows). While a part of the depth is multiplied, the next one is on its way into registers.
//
// Where a problem has few blocks, `slices` invocations share a tile: each multiplies its share of every part, and their sums
// are added in the order of the slices. For that they meet in the workgroup memory of the rows, which must be large enough:
// blockColumns ≤ blockDepth.
const blockRows = 32;
const blockColumns = 32;
const blockDepth = 16;
const tileRows = 4;
const tileColumns = 4;
const slices = 1;

const tilesDown = blockRows / tileRows;
const tilesAcross = blockColumns / tileColumns;
const tileThreads = tilesDown * tilesAcross;
// Invocations of a workgroup: workgroupSize.
const threads = tileThreads * slices;
// The columns of a tile in cells of four.
const tileCells = tileColumns / 4;
const tileSums = tileRows * tileCells;

// Columns and depth of a block in cells of four.
const blockCells = blockColumns / 4;
const depthCells = blockDepth / 4;
// Cells from one row to the next where a cell holds four of the depth: an odd number, so that neighbours in a column of cells
// lie in different banks of the memory.
const cellStride = depthCells + 1;

// The numbers of this workgroup, in the order of dispatches that fold into y past 65,535.
fn blockIndex(group: vec3u, groups: vec3u) -> i32 {
  return i32(group.y * groups.x + group.x);
}
