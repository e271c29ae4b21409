// needs: invocation, batch, activation, conv2d-matrix
//
// The gradient of a convolution by its inputs as a matrix product: what conv2d-input-gradient.wgsl computes, through workgroup
// memory. With a row for each input cell, a column for each channel and k = (ky, kx, f) over the taps that reach the cell,
//
//   inputsGrad[row, c] = activationGrad(inputs) · sum_k reached[row, k] · kernel[ky, kx, c, f],   reached = outputsGrad[n, (y + top − ky·dy)/sy, (x + left − kx·dx)/sx, f]
//
// With a stride, which taps those are depends on the phase (y + top) mod sy, (x + left) mod sx alone: they are every sy-th (sx-th)
// from the phase on. So the rows of a block are all of one phase, and no product is one with nothing. Stride and dilation
// exclude each other along an axis: tap ry + j·sy of phase ry is seen from output row (y + top)/sy − j·dy, rounded down.
//
// Both tensors are counted by their filters last, so a cell is four of the depth in both. The columns of a tile are
// tilesAcross apart: neighbours then read and write neighbouring numbers. Unpooling and transposition are those of
// conv2d-input-gradient.wgsl. Rows and columns beyond the last repeat it, and are not stored.
alias gradCell = element;
// Numbers in a cell: 4 where the alias is vec4<element>.
const gradLanes = 1;

@group(0) @binding(1) var<storage, read> outputsGrad: array<gradCell>;
@group(0) @binding(2) var<storage, read> kernel: array<gradCell>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> inputs: array<element>;
@group(0) @binding(5) var<storage, read_write> inputsGrad: array<element>;
@group(0) @binding(6) var<storage, read> inputWinners: array<u32>;

const columnBlocks = (inputChannels + blockColumns - 1) / blockColumns;
// Cells of one phase, if the inputs are rounded up to whole strides.
const phaseHeight = (inputHeight + strideY - 1) / strideY;
const phaseWidth = (inputWidth + strideX - 1) / strideX;
const kernelNumbers = kernelHeight * kernelWidth * inputChannels * filters;
// Cells that each invocation brings in, the last ones perhaps for nobody.
const rowLoads = (blockRows * depthCells + threads - 1) / threads;
const columnLoads = (blockColumns * depthCells + threads - 1) / threads;

var<workgroup> rowCells: array<vec4f, rowLoads * threads / depthCells * cellStride>;
var<workgroup> columnCells: array<vec4f, columnLoads * threads / depthCells * cellStride>;

// The cells of the inputs that the same taps reach.
struct Phase {
  y: i32,
  x: i32,
  tapsAcross: i32,
  depth: i32,
}

fn phaseOf(index: i32) -> Phase {
  let y = index / strideX;
  let x = index % strideX;
  let tapsDown = (kernelHeight - y + strideY - 1) / strideY;
  let tapsAcross = (kernelWidth - x + strideX - 1) / strideX;
  return Phase(y, x, tapsAcross, tapsDown * tapsAcross * filters);
}

// Where the gradient stands that reaches the cell through depth k; (y0, x0) is reached through the phase's first tap. -1 outside.
fn reachedIndex(n: i32, y0: i32, x0: i32, k: i32, phase: Phase) -> i32 {
  let tap = k / filters;
  let y = y0 - tap / phase.tapsAcross * dilationY;
  let x = x0 - tap % phase.tapsAcross * dilationX;
  let isOutput = (k < phase.depth) & (y >= 0) & (y < outputHeight) & (x >= 0) & (x < outputWidth);
  return select(-1, outputIndex(n, y, x, k % filters), isOutput);
}

fn reachedCell(n: i32, y0: i32, x0: i32, k: i32, phase: Phase) -> vec4f {
  var cell: vec4f;
  // @static
  if (gradLanes == 4) {
    let index = reachedIndex(n, y0, x0, k, phase);
    cell = select(vec4f(), vec4f(vec4<element>(outputsGrad[max(index, 0) / 4])), index >= 0);
  } else {
    // @unroll
    for (var e = 0; e < 4; e++) {
      let index = reachedIndex(n, y0, x0, k + e, phase);
      cell[e] = select(0.0, f32(outputsGrad[max(index, 0)]), index >= 0);
    }
  }
  return cell;
}

// Beyond the depth any number will do: it is multiplied by zero.
fn tapIndex(c: i32, k: i32, phase: Phase) -> i32 {
  let tap = k / filters;
  let ky = phase.y + tap / phase.tapsAcross * strideY;
  let kx = phase.x + tap % phase.tapsAcross * strideX;
  return min(kernelIndex(ky, kx, c, k % filters), kernelNumbers - 1);
}

fn kernelCell(c: i32, k: i32, phase: Phase) -> vec4f {
  var cell: vec4f;
  // @static
  if (gradLanes == 4) {
    cell = vec4f(vec4<element>(kernel[tapIndex(c, k, phase) / 4]));
  } else {
    // @unroll
    for (var e = 0; e < 4; e++) {
      cell[e] = f32(kernel[tapIndex(c, k + e, phase)]);
    }
  }
  return cell;
}

// Writes a sum with all that happens to it.
fn finish(sum: f32, n: i32, y: i32, x: i32, c: i32) {
  let index = inputIndex(n, y, x, c);
  var value = sum;
  // @static
  if (hasBias) {
    value += bias[c];
  }
  // @static
  if (isTransposed) {
    value = activate(value);
  } else {
    // @static
    if (activation != linear) {
      value *= activationGrad(f32(inputs[index]));
    }
  }
  // @static
  if (inputPoolCells == 1) {
    inputsGrad[index] = element(value);
  } else {
    let winner = i32(inputWinners[winnerWord(index, c, inputChannels)] >> u32(c % 4 * 8)) & 255;
    // @unroll
    for (var w = 0; w < inputPoolCells; w++) {
      let cell = unpooledInputIndex(n, y * inputPoolHeight + w / inputPoolWidth, x * inputPoolWidth + w % inputPoolWidth, c);
      inputsGrad[cell] = element(select(0.0, value, winner == w));
    }
  }
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let rows = batch.size * phaseHeight * phaseWidth;
  let rowBlocks = (rows + blockRows - 1) / blockRows;
  let block = blockIndex(group, groups);
  if (block >= columnBlocks * rowBlocks * strideY * strideX) {
    return;
  }
  let column0 = block % columnBlocks * blockColumns;
  let row0 = block / columnBlocks % rowBlocks * blockRows;
  let phase = phaseOf(block / (columnBlocks * rowBlocks));
  // The first cell of the phase.
  let firstY = (phase.y + strideY - padTop % strideY) % strideY;
  let firstX = (phase.x + strideX - padLeft % strideX) % strideX;
  let thread = i32(local);
  let slice = thread / tileThreads;
  let tileY = thread % tileThreads / tilesAcross;
  let tileX = thread % tilesAcross;

  var sums: array<f32, tileRows * tileColumns>;
  var nextRows: array<vec4f, rowLoads>;
  var nextColumns: array<vec4f, columnLoads>;
  var images: array<i32, rowLoads>;
  var gradRows: array<i32, rowLoads>;
  var gradColumns: array<i32, rowLoads>;
  var columnTile: array<vec4f, tileColumns>;

  // Neighbours load neighbouring filters, and each the same ones of all its rows.
  let loadDepth = thread % depthCells * 4;
  // @unroll
  for (var i = 0; i < rowLoads; i++) {
    let row = min(row0 + (thread + i * threads) / depthCells, rows - 1);
    images[i] = row / (phaseHeight * phaseWidth);
    gradRows[i] = (firstY + row / phaseWidth % phaseHeight * strideY + padTop) / strideY;
    gradColumns[i] = (firstX + row % phaseWidth * strideX + padLeft) / strideX;
  }

  for (var k = -blockDepth; k < phase.depth; k += blockDepth) {
    let next = k + blockDepth;
    if (next < phase.depth) {
      // @unroll
      for (var i = 0; i < rowLoads; i++) {
        nextRows[i] = reachedCell(images[i], gradRows[i], gradColumns[i], next + loadDepth, phase);
      }
      // @unroll
      for (var i = 0; i < columnLoads; i++) {
        nextColumns[i] = kernelCell(min(column0 + (thread + i * threads) / depthCells, inputChannels - 1), next + loadDepth, phase);
      }
    }
    if (k >= 0) {
      for (var d = slice * depthCells / slices; d < (slice + 1) * depthCells / slices; d++) {
        // @unroll
        for (var q = 0; q < tileColumns; q++) {
          columnTile[q] = columnCells[(tileX + q * tilesAcross) * cellStride + d];
        }
        // @unroll
        for (var r = 0; r < tileRows; r++) {
          let rowTile = rowCells[(tileY * tileRows + r) * cellStride + d];
          // @unroll
          for (var q = 0; q < tileColumns; q++) {
            // @unroll
            for (var e = 0; e < 4; e++) {
              sums[r * tileColumns + q] += rowTile[e] * columnTile[q][e];
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
      columnCells[(thread + i * threads) / depthCells * cellStride + thread % depthCells] = nextColumns[i];
    }
    workgroupBarrier();
  }

  // @static
  if (slices > 1) {
    for (var s = 1; s < slices; s++) {
      if (slice == s) {
        // @unroll
        for (var q = 0; q < tileRows * tileColumns; q += 4) {
          rowCells[q / 4 * tileThreads + thread % tileThreads] = vec4f(sums[q], sums[q + 1], sums[q + 2], sums[q + 3]);
        }
      }
      workgroupBarrier();
      if (slice == 0) {
        // @unroll
        for (var q = 0; q < tileRows * tileColumns; q++) {
          sums[q] += rowCells[q / 4 * tileThreads + thread % tileThreads][q % 4];
        }
      }
      workgroupBarrier();
    }
  }

  // @unroll
  for (var r = 0; r < tileRows; r++) {
    let row = row0 + tileY * tileRows + r;
    let y = firstY + row / phaseWidth % phaseHeight * strideY;
    let x = firstX + row % phaseWidth * strideX;
    if ((slice == 0) & (row < rows) & (y < inputHeight) & (x < inputWidth)) {
      // @unroll
      for (var q = 0; q < tileColumns; q++) {
        let c = column0 + tileX + q * tilesAcross;
        if (inputChannels % blockColumns == 0 || c < inputChannels) {
          finish(sums[r * tileColumns + q], row / (phaseHeight * phaseWidth), y, x, c);
        }
      }
    }
  }
}
