// needs: invocation, batch, activation, quad
//
// Dense layer: three matrix products, each as register tiles of tileRows × tileColumns results.
//
//   forward         outputs[n,u] = activate(bias[u] + sum_i inputs[n,i] · kernel[i,u])
//   inputGradient   inputsGrad[n,i] = activationGrad(inputs) · sum_u outputsGrad[n,u] · kernel[i,u]
//   weightGradient  kernelGrad[i,u] = sum_n inputs[n,i] · outputsGrad[n,u],   biasGrad[u] = sum_n outputsGrad[n,u]
//
// The reduced index advances by `chunk`, whose products are added to a result one after another while it is in a register.
// Rows and columns past the end repeat the last one: computed twice, bit for bit the same, and stored without asking.
//
// In quads (quad.wgsl) four lanes have the same columns and rows of their own, so each loads a quarter of the columns' numbers
// and the others lend it theirs: column q of lane l is number q ^ l of its four.
const inputCount = 576;
const units = 64;
const hasBias = true;
const tileRows = 2;
const tileColumns = 4;
// Divides the reduced index: inputCount in forward, units in inputGradient; 1 in weightGradient.
const chunk = 1;
// weightGradient: the batch is summed in this many parts, added up in a fixed order by the optimizer.
const splitCount = 1;
const imagesPerSplit = 1;
const kernelGradStride = 0;
// Where the bias's parts start among those of the kernel and the bias.
const biasGradStart = 0;
const biasGradStride = 0;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read> kernel: array<element>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> outputs: array<element>;
@group(0) @binding(5) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(6) var<storage, read_write> inputsGrad: array<element>;
@group(0) @binding(7) var<storage, read_write> gradParts: array<f32>;

const unitTiles = (units + tileColumns - 1) / tileColumns;
const inputTiles = (inputCount + tileColumns - 1) / tileColumns;

// Column q of the tile, of `count`.
fn columnAt(columnTile: i32, q: i32, lane: i32, count: i32) -> i32 {
  return min(columnTile * tileColumns + q / 4 * 4 + ((q % 4) ^ lane), count - 1);
}

// The rows of invocation `index`: the lanes of a quad have neighbouring tiles of rows.
fn rowTileAt(index: i32, columnTiles: i32) -> i32 {
  return index / (lanes * columnTiles) * lanes + index % lanes;
}

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let n0 = rowTileAt(index, unitTiles) * tileRows;
  var sums: array<f32, tileRows * tileColumns>;
  var rowOffsets: array<i32, tileRows>;
  var columns: array<i32, tileColumns>;
  var rowCells: array<element, tileRows * chunk>;
  var columnCells: array<element, tileColumns * chunk>;
  // @unroll
  for (var r = 0; r < tileRows; r++) {
    rowOffsets[r] = min(n0 + r, batch.size - 1) * inputCount;
  }
  // @unroll
  for (var q = 0; q < tileColumns; q++) {
    columns[q] = columnAt(index / lanes % unitTiles, q, index % lanes, units);
    // @static
    if (hasBias) {
      // @unroll
      for (var r = 0; r < tileRows; r++) {
        sums[r * tileColumns + q] = bias[columns[q]];
      }
    }
  }
  for (var i = 0; i < inputCount; i += chunk) {
    // @unroll
    for (var k = 0; k < chunk; k++) {
      // @unroll
      for (var r = 0; r < tileRows; r++) {
        rowCells[r * chunk + k] = inputs[rowOffsets[r] + i + k];
      }
      // @unroll
      for (var q = 0; q < tileColumns; q += lanes) {
        columnCells[q * chunk + k] = kernel[(i + k) * units + columns[q]];
        // @static
        if (lanes == 4) {
          columnCells[(q + 1) * chunk + k] = acrossX(columnCells[q * chunk + k]);
          columnCells[(q + 2) * chunk + k] = acrossY(columnCells[q * chunk + k]);
          columnCells[(q + 3) * chunk + k] = acrossDiagonal(columnCells[q * chunk + k]);
        }
      }
    }
    // @unroll
    for (var r = 0; r < tileRows; r++) {
      // @unroll
      for (var q = 0; q < tileColumns; q++) {
        // @unroll
        for (var k = 0; k < chunk; k++) {
          sums[r * tileColumns + q] += f32(rowCells[r * chunk + k] * columnCells[q * chunk + k]);
        }
      }
    }
  }
  // @unroll
  for (var r = 0; r < tileRows; r++) {
    // @unroll
    for (var q = 0; q < tileColumns; q++) {
      outputs[min(n0 + r, batch.size - 1) * units + columns[q]] = element(activate(sums[r * tileColumns + q]));
    }
  }
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let n0 = rowTileAt(index, inputTiles) * tileRows;
  var gradSums: array<f32, tileRows * tileColumns>;
  var gradRows: array<i32, tileRows>;
  var kernelRows: array<i32, tileColumns>;
  var gradCells: array<element, tileRows * chunk>;
  var kernelCells: array<element, tileColumns * chunk>;
  // @unroll
  for (var r = 0; r < tileRows; r++) {
    gradRows[r] = min(n0 + r, batch.size - 1) * units;
  }
  // @unroll
  for (var q = 0; q < tileColumns; q++) {
    kernelRows[q] = columnAt(index / lanes % inputTiles, q, index % lanes, inputCount);
  }
  for (var u = 0; u < units; u += chunk) {
    // @unroll
    for (var k = 0; k < chunk; k++) {
      // @unroll
      for (var r = 0; r < tileRows; r++) {
        gradCells[r * chunk + k] = outputsGrad[gradRows[r] + u + k];
      }
      // @unroll
      for (var q = 0; q < tileColumns; q += lanes) {
        kernelCells[q * chunk + k] = kernel[kernelRows[q] * units + u + k];
        // @static
        if (lanes == 4) {
          kernelCells[(q + 1) * chunk + k] = acrossX(kernelCells[q * chunk + k]);
          kernelCells[(q + 2) * chunk + k] = acrossY(kernelCells[q * chunk + k]);
          kernelCells[(q + 3) * chunk + k] = acrossDiagonal(kernelCells[q * chunk + k]);
        }
      }
    }
    // @unroll
    for (var r = 0; r < tileRows; r++) {
      // @unroll
      for (var q = 0; q < tileColumns; q++) {
        // @unroll
        for (var k = 0; k < chunk; k++) {
          gradSums[r * tileColumns + q] += f32(gradCells[r * chunk + k] * kernelCells[q * chunk + k]);
        }
      }
    }
  }
  // @unroll
  for (var r = 0; r < tileRows; r++) {
    // @unroll
    for (var q = 0; q < tileColumns; q++) {
      let offset = min(n0 + r, batch.size - 1) * inputCount + kernelRows[q];
      // @static
      if (activation == linear) {
        inputsGrad[offset] = element(gradSums[r * tileColumns + q]);
      } else {
        inputsGrad[offset] = element(gradSums[r * tileColumns + q] * activationGrad(f32(inputs[offset])));
      }
    }
  }
}

// In whole quads.
const inputRowTiles = (inputCount + tileRows * lanes - 1) / (tileRows * lanes) * lanes;

@compute @workgroup_size(workgroupSize)
fn weightGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let split = min(index / (unitTiles * inputRowTiles), splitCount - 1);
  let i0 = rowTileAt(index, unitTiles) % inputRowTiles * tileRows;
  var kernelSums: array<f32, tileRows * tileColumns>;
  var biasSums: array<f32, tileColumns>;
  var sumInputs: array<i32, tileRows>;
  var sumUnits: array<i32, tileColumns>;
  var inputCells: array<element, tileRows>;
  var outputCells: array<element, tileColumns>;
  // @unroll
  for (var r = 0; r < tileRows; r++) {
    sumInputs[r] = min(i0 + r, inputCount - 1);
  }
  // @unroll
  for (var q = 0; q < tileColumns; q++) {
    sumUnits[q] = columnAt(index / lanes % unitTiles, q, index % lanes, units);
  }
  let end = min((split + 1) * imagesPerSplit, batch.size);
  for (var n = split * imagesPerSplit; n < end; n++) {
    // @unroll
    for (var r = 0; r < tileRows; r++) {
      inputCells[r] = inputs[n * inputCount + sumInputs[r]];
    }
    // @unroll
    for (var q = 0; q < tileColumns; q += lanes) {
      outputCells[q] = outputsGrad[n * units + sumUnits[q]];
      // @static
      if (lanes == 4) {
        outputCells[q + 1] = acrossX(outputCells[q]);
        outputCells[q + 2] = acrossY(outputCells[q]);
        outputCells[q + 3] = acrossDiagonal(outputCells[q]);
      }
    }
    // @unroll
    for (var q = 0; q < tileColumns; q++) {
      biasSums[q] += f32(outputCells[q]);
    }
    // @unroll
    for (var r = 0; r < tileRows; r++) {
      // @unroll
      for (var q = 0; q < tileColumns; q++) {
        kernelSums[r * tileColumns + q] += f32(inputCells[r] * outputCells[q]);
      }
    }
  }
  // @unroll
  for (var r = 0; r < tileRows; r++) {
    // @unroll
    for (var q = 0; q < tileColumns; q++) {
      gradParts[split * kernelGradStride + sumInputs[r] * units + sumUnits[q]] = kernelSums[r * tileColumns + q];
    }
  }
  // @static
  if (hasBias) {
    if (i0 == 0) {
      // @unroll
      for (var q = 0; q < tileColumns; q++) {
        gradParts[biasGradStart + split * biasGradStride + sumUnits[q]] = biasSums[q];
      }
    }
  }
}
