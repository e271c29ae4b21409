// needs: invocation, batch, activation, conv2d-matrix
//
// Convolution as a matrix product: what conv2d-forward.wgsl computes, through workgroup memory. With a row for each output
// cell, a column for each filter, and k = (ky, kx, c) counted as the kernel counts,
//
//   outputs[row, f] = activate(bias[f] + sum_k seen[row, k] · kernel[k, f]),   seen = inputs[n, oy·sy − top + ky·dy, ox·sx − left + kx·dx, c]
//
// Four of k are four neighbouring channels of one input, so where the channels come in fours a cell is one load; the same
// holds for four filters of the kernel. The loader then makes the tensors arrays of vec4<element>.
//
// With pooling, the cells of a window are rows that follow each other, and a tile holds whole windows: the largest of each is
// found in registers. Transposed, the sums end with activationGrad of the inputs of the layer, `activated`.
//
// Rows and columns beyond the last repeat it, and are not stored.
alias inputCell = element;
alias kernelCell = element;
// Numbers in a cell: 4 where the aliases are vec4<element>.
const inputLanes = 1;
const kernelLanes = 1;

@group(0) @binding(1) var<storage, read> inputs: array<inputCell>;
@group(0) @binding(2) var<storage, read> kernel: array<kernelCell>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> activated: array<element>;
@group(0) @binding(5) var<storage, read_write> outputs: array<element>;
@group(0) @binding(6) var<storage, read_write> winners: array<u32>;

const depth = kernelHeight * kernelWidth * inputChannels;
const columnBlocks = (filters + blockColumns - 1) / blockColumns;
const windowsDown = outputHeight / poolHeight;
const windowsAcross = outputWidth / poolWidth;
// Cells that each invocation brings in, the last ones perhaps for nobody.
const rowLoads = (blockRows * depthCells + threads - 1) / threads;
const columnLoads = (blockCells * blockDepth + threads - 1) / threads;

// Rows of four of the depth, and depths of four columns.
var<workgroup> rowCells: array<vec4f, rowLoads * threads / depthCells * cellStride>;
var<workgroup> columnCells: array<vec4f, columnLoads * threads>;

// Where the input stands that the window from (y0, x0) sees at depth k; -1 outside.
fn seenIndex(n: i32, y0: i32, x0: i32, k: i32) -> i32 {
  // Beyond the depth the kernel's cells are zero.
  let inside = min(k, depth - 1);
  let tap = inside / inputChannels;
  let y = y0 + tap / kernelWidth * dilationY;
  let x = x0 + tap % kernelWidth * dilationX;
  let isInput = !isPadded | ((y >= 0) & (y < inputHeight) & (x >= 0) & (x < inputWidth));
  return select(-1, inputIndex(n, y, x, inside % inputChannels), isInput);
}

fn seenCell(n: i32, y0: i32, x0: i32, k: i32) -> vec4f {
  var cell: vec4f;
  // @static
  if (inputLanes == 4) {
    let index = seenIndex(n, y0, x0, k);
    cell = select(vec4f(), vec4f(vec4<element>(inputs[max(index, 0) / 4])), index >= 0);
  } else {
    // @unroll
    for (var e = 0; e < 4; e++) {
      let index = seenIndex(n, y0, x0, k + e);
      cell[e] = select(0.0, f32(inputs[max(index, 0)]), index >= 0);
    }
  }
  return cell;
}

fn kernelColumns(k: i32, f: i32) -> vec4f {
  let inside = min(k, depth - 1);
  var cell: vec4f;
  // @static
  if (kernelLanes == 4) {
    cell = vec4f(vec4<element>(kernel[(inside * filters + min(f, filters - 4)) / 4]));
  } else {
    // @unroll
    for (var e = 0; e < 4; e++) {
      cell[e] = f32(kernel[inside * filters + min(f + e, filters - 1)]);
    }
  }
  return select(vec4f(), cell, k < depth);
}

// A sum with its bias, activated; or, transposed, with the activation undone.
fn finish(sum: f32, f: i32, index: i32) -> f32 {
  var value = sum;
  // @static
  if (hasBias) {
    value += bias[min(f, filters - 1)];
  }
  // @static
  if (isTransposed && activation != linear) {
    return value * activationGrad(f32(activated[index]));
  } else {
    return activate(value);
  }
}

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let rows = batch.size * outputHeight * outputWidth;
  let block = blockIndex(group, groups);
  let row0 = block / columnBlocks * blockRows;
  let column0 = block % columnBlocks * blockColumns;
  if (row0 >= rows) {
    return;
  }
  let thread = i32(local);
  let slice = thread / tileThreads;
  let tileY = thread % tileThreads / tilesAcross;
  let tileX = thread % tilesAcross;

  var sums: array<vec4f, tileSums>;
  var nextRows: array<vec4f, rowLoads>;
  var nextColumns: array<vec4f, columnLoads>;
  var images: array<i32, rowLoads>;
  var windowRows: array<i32, rowLoads>;
  var windowColumns: array<i32, rowLoads>;
  var columnTile: array<vec4f, 4 * tileCells>;

  // Neighbours load neighbouring channels, and each the same ones of all its rows.
  let loadDepth = thread % depthCells * 4;
  // @unroll
  for (var i = 0; i < rowLoads; i++) {
    let row = min(row0 + (thread + i * threads) / depthCells, rows - 1);
    let window = row / poolCells;
    images[i] = window / (windowsDown * windowsAcross);
    windowRows[i] = (window / windowsAcross % windowsDown * poolHeight + row % poolCells / poolWidth) * strideY - padTop;
    windowColumns[i] = (window % windowsAcross * poolWidth + row % poolWidth) * strideX - padLeft;
  }

  for (var k = -blockDepth; k < depth; k += blockDepth) {
    let next = k + blockDepth;
    if (next < depth) {
      // @unroll
      for (var i = 0; i < rowLoads; i++) {
        nextRows[i] = seenCell(images[i], windowRows[i], windowColumns[i], next + loadDepth);
      }
      // @unroll
      for (var i = 0; i < columnLoads; i++) {
        nextColumns[i] = kernelColumns(next + (thread + i * threads) / blockCells, column0 + (thread + i * threads) % blockCells * 4);
      }
    }
    if (k >= 0) {
      for (var d = slice * depthCells / slices; d < (slice + 1) * depthCells / slices; d++) {
        // @unroll
        for (var q = 0; q < 4 * tileCells; q++) {
          columnTile[q] = columnCells[(d * 4 + q / tileCells) * blockCells + tileX + q % tileCells * tilesAcross];
        }
        // @unroll
        for (var r = 0; r < tileRows; r++) {
          let rowTile = rowCells[(tileY * tileRows + r) * cellStride + d];
          // @unroll
          for (var q = 0; q < tileCells; q++) {
            // @unroll
            for (var e = 0; e < 4; e++) {
              sums[r * tileCells + q] += rowTile[e] * columnTile[e * tileCells + q];
            }
          }
        }
      }
    }
    workgroupBarrier();
    // @unroll
    for (var i = 0; i < rowLoads; i++) {
      rowCells[(thread + i * threads) / depthCells * cellStride + thread % depthCells] = nextRows[i];
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
  for (var w = 0; w < tileRows / poolCells; w++) {
    let outputRow = (row0 + tileY * tileRows) / poolCells + w;
    // @unroll
    for (var q = 0; q < tileCells; q++) {
      let f = column0 + (tileX + q * tilesAcross) * 4;
      if ((slice == 0) & (outputRow < rows / poolCells) & (f < filters)) {
        let index = outputRow * filters + f;
        var word = 0u;
        // @unroll
        for (var e = 0; e < 4; e++) {
          var largest = finish(sums[w * poolCells * tileCells + q][e], f + e, index + e);
          var place = 0u;
          // @unroll
          for (var c = 1; c < poolCells; c++) {
            let value = finish(sums[(w * poolCells + c) * tileCells + q][e], f + e, index + e);
            place = select(place, u32(c), value > largest);
            largest = select(largest, value, value > largest);
          }
          if (filters % 4 == 0 || f + e < filters) {
            outputs[index + e] = element(largest);
            word |= place << u32(e * 8);
          }
        }
        // @static
        if (poolCells > 1) {
          winners[outputRow * ((filters + 3) / 4) + f / 4] = word;
        }
      }
    }
  }
}
