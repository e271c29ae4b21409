// needs: invocation, batch, conv2d-matrix
//
// The gradients of a convolution by its kernel and bias as a matrix product: what conv2d-weight-gradient.wgsl computes, through
// workgroup memory. With a row for each number m = (ky, kx, c) of a filter, a column for each filter, and the depth over all
// output cells k = (n, oy, ox) of a part of the batch,
//
//   kernelGrad[m, f] = sum_k seen[k, m] · outputsGrad[k, f],   seen = inputs[n, oy·sy − top + ky·dy, ox·sx − left + kx·dx, c]
//   biasGrad[f] = sum_k outputsGrad[k, f]
//
// Both tensors are counted by what the rows and columns are, so here a cell is four rows or columns at one depth, and where
// channels or filters come in fours it is one load. The blocks of the first rows add up the bias gradient from the columns they
// have in workgroup memory. The parts are added up by who reads the gradients; each has its own images, as in
// conv2d-weight-gradient.wgsl. Rows and columns beyond the last repeat it, and are not stored.
alias inputCell = element;
alias gradCell = element;
// Numbers in a cell: 4 where the aliases are vec4<element>.
const inputLanes = 1;
const gradLanes = 1;
// The batch is summed in this many parts, added up in a fixed order afterwards.
const splitCount = 1;
const imagesPerSplit = 1;
// Numbers between the parts of kernelGrad and of biasGrad.
const kernelGradStride = 0;
const biasGradStride = 0;

@group(0) @binding(1) var<storage, read> inputs: array<inputCell>;
@group(0) @binding(2) var<storage, read> outputsGrad: array<gradCell>;
@group(0) @binding(3) var<storage, read_write> kernelGrad: array<f32>;
@group(0) @binding(4) var<storage, read_write> biasGrad: array<f32>;

const rows = kernelHeight * kernelWidth * inputChannels;
const rowBlocks = (rows + blockRows - 1) / blockRows;
const columnBlocks = (filters + blockColumns - 1) / blockColumns;
// Rows of a block and of a tile in cells of four.
const blockRowCells = blockRows / 4;
const tileRowCells = tileRows / 4;
// Cells that each invocation brings in, the last ones perhaps for nobody.
const rowLoads = (blockRowCells * blockDepth + threads - 1) / threads;
const columnLoads = (blockCells * blockDepth + threads - 1) / threads;

var<workgroup> rowCells: array<vec4f, rowLoads * threads>;
var<workgroup> columnCells: array<vec4f, columnLoads * threads>;

// Where the input stands that output cell k sees through row m; -1 outside.
fn seenIndex(k: i32, m: i32) -> i32 {
  let inside = min(m, rows - 1);
  let tap = inside / inputChannels;
  let y = k / outputWidth % outputHeight * strideY - padTop + tap / kernelWidth * dilationY;
  let x = k % outputWidth * strideX - padLeft + tap % kernelWidth * dilationX;
  let isInput = !isPadded | ((y >= 0) & (y < inputHeight) & (x >= 0) & (x < inputWidth));
  return select(-1, inputIndex(k / (outputHeight * outputWidth), y, x, inside % inputChannels), isInput);
}

// Beyond the depth the gradients' cells are zero.
fn seenCell(k: i32, m: i32, end: i32) -> vec4f {
  let inside = min(k, end - 1);
  var cell: vec4f;
  // @static
  if (inputLanes == 4) {
    let index = seenIndex(inside, m);
    cell = select(vec4f(), vec4f(vec4<element>(inputs[max(index, 0) / 4])), index >= 0);
  } else {
    // @unroll
    for (var e = 0; e < 4; e++) {
      let index = seenIndex(inside, m + e);
      cell[e] = select(0.0, f32(inputs[max(index, 0)]), index >= 0);
    }
  }
  return cell;
}

fn gradientCell(k: i32, f: i32, end: i32) -> vec4f {
  let offset = min(k, end - 1) * filters;
  var cell: vec4f;
  // @static
  if (gradLanes == 4) {
    cell = vec4f(vec4<element>(outputsGrad[(offset + min(f, filters - 4)) / 4]));
  } else {
    // @unroll
    for (var e = 0; e < 4; e++) {
      cell[e] = f32(outputsGrad[offset + min(f + e, filters - 1)]);
    }
  }
  return select(vec4f(), cell, k < end);
}

@compute @workgroup_size(workgroupSize)
fn weightGradient(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let block = blockIndex(group, groups);
  let split = block / (columnBlocks * rowBlocks);
  if (split >= splitCount) {
    return;
  }
  let column0 = block % columnBlocks * blockColumns;
  let row0 = block / columnBlocks % rowBlocks * blockRows;
  let end = min((split + 1) * imagesPerSplit, batch.size) * (outputHeight * outputWidth);
  let thread = i32(local);
  let slice = thread / tileThreads;
  let tileY = thread % tileThreads / tilesAcross;
  let tileX = thread % tilesAcross;

  var sums: array<vec4f, tileSums>;
  var nextRows: array<vec4f, rowLoads>;
  var nextColumns: array<vec4f, columnLoads>;
  var columnTile: array<vec4f, tileCells>;
  var biasSum: vec4f;

  let start = split * imagesPerSplit * (outputHeight * outputWidth);
  for (var k = start - blockDepth; k < end; k += blockDepth) {
    let next = k + blockDepth;
    if (next < end) {
      // @unroll
      for (var i = 0; i < rowLoads; i++) {
        nextRows[i] = seenCell(next + (thread + i * threads) / blockRowCells, row0 + (thread + i * threads) % blockRowCells * 4, end);
      }
      // @unroll
      for (var i = 0; i < columnLoads; i++) {
        nextColumns[i] = gradientCell(next + (thread + i * threads) / blockCells, column0 + (thread + i * threads) % blockCells * 4, end);
      }
    }
    if (k >= start) {
      for (var d = slice * blockDepth / slices; d < (slice + 1) * blockDepth / slices; d++) {
        // @unroll
        for (var q = 0; q < tileCells; q++) {
          columnTile[q] = columnCells[d * blockCells + tileX + q * tilesAcross];
        }
        // @unroll
        for (var r = 0; r < tileRowCells; r++) {
          let rowTile = rowCells[d * blockRowCells + tileY * tileRowCells + r];
          // @unroll
          for (var e = 0; e < 4; e++) {
            // @unroll
            for (var q = 0; q < tileCells; q++) {
              sums[(r * 4 + e) * tileCells + q] += rowTile[e] * columnTile[q];
            }
          }
        }
      }
      // @static
      if (hasBias) {
        if ((row0 == 0) & (thread < blockCells)) {
          for (var d = 0; d < blockDepth; d++) {
            biasSum += columnCells[d * blockCells + thread];
          }
        }
      }
    }
    workgroupBarrier();
    // @unroll
    for (var i = 0; i < rowLoads; i++) {
      rowCells[thread + i * threads] = nextRows[i];
    }
    // @unroll
    for (var i = 0; i < columnLoads; i++) {
      columnCells[thread + i * threads] = nextColumns[i];
    }
    workgroupBarrier();
  }

  // @static
  if (slices > 1) {
    for (var s = 1; s < slices; s++) {
      if (slice == s) {
        // @unroll
        for (var q = 0; q < tileSums; q++) {
          rowCells[q * tileThreads + thread % tileThreads] = sums[q];
        }
      }
      workgroupBarrier();
      if (slice == 0) {
        // @unroll
        for (var q = 0; q < tileSums; q++) {
          sums[q] += rowCells[q * tileThreads + thread % tileThreads];
        }
      }
      workgroupBarrier();
    }
  }

  // @unroll
  for (var q = 0; q < tileColumns; q++) {
    let f = column0 + (tileX + q / 4 * tilesAcross) * 4 + q % 4;
    // @unroll
    for (var r = 0; r < tileRows; r++) {
      let row = row0 + tileY * tileRows + r;
      if ((slice == 0) & (row < rows) & (f < filters)) {
        kernelGrad[split * kernelGradStride + row * filters + f] = sums[r * tileCells + q / 4][q % 4];
      }
    }
  }
  // @static
  if (hasBias) {
    // @unroll
    for (var e = 0; e < 4; e++) {
      if ((row0 == 0) & (thread < blockCells) & (column0 + thread * 4 + e < filters)) {
        biasGrad[split * biasGradStride + column0 + thread * 4 + e] = biasSum[e];
      }
    }
  }
}
