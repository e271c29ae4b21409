// needs: invocation, batch, activation, element
//
// Dense layer: three matrix products, each as register tiles of tileRows × tileColumns results.
//
//   forward         outputs[n,u] = activate(bias[u] + sum_i inputs[n,i] · kernel[i,u])
//   inputGradient   inputsGrad[n,i] = activationGrad(inputs) · sum_u outputsGrad[n,u] · kernel[i,u]
//   weightGradient  kernelGrad[i,u] = sum_n inputs[n,i] · outputsGrad[n,u],   biasGrad[u] = sum_n outputsGrad[n,u]
//
// The reduced index advances by `chunk`, whose products are added to a result one after another while it is in a register.
// Rows and columns past the end repeat the last one: computed twice, bit for bit the same, and stored without asking.
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
const biasGradStride = 0;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read> kernel: array<element>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> outputs: array<element>;
@group(0) @binding(5) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(6) var<storage, read_write> inputsGrad: array<element>;
@group(0) @binding(7) var<storage, read_write> kernelGrad: array<f32>;
@group(0) @binding(8) var<storage, read_write> biasGrad: array<f32>;

const unitTiles = (units + tileColumns - 1) / tileColumns;
const inputTiles = (inputCount + tileColumns - 1) / tileColumns;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let n0 = index / unitTiles * tileRows;
  if (n0 >= batch.size) {
    return;
  }
  let u0 = index % unitTiles * tileColumns;
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
    columns[q] = min(u0 + q, units - 1);
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
      for (var q = 0; q < tileColumns; q++) {
        columnCells[q * chunk + k] = kernel[(i + k) * units + columns[q]];
      }
    }
    // @unroll
    for (var r = 0; r < tileRows; r++) {
      // @unroll
      for (var q = 0; q < tileColumns; q++) {
        var sum = sums[r * tileColumns + q];
        // @unroll
        for (var k = 0; k < chunk; k++) {
          sum += f32(rowCells[r * chunk + k] * columnCells[q * chunk + k]);
        }
        sums[r * tileColumns + q] = sum;
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
  let n0 = index / inputTiles * tileRows;
  if (n0 >= batch.size) {
    return;
  }
  let i0 = index % inputTiles * tileColumns;
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
    kernelRows[q] = min(i0 + q, inputCount - 1);
  }
  for (var u = 0; u < units; u += chunk) {
    // @unroll
    for (var k = 0; k < chunk; k++) {
      // @unroll
      for (var r = 0; r < tileRows; r++) {
        gradCells[r * chunk + k] = outputsGrad[gradRows[r] + u + k];
      }
      // @unroll
      for (var q = 0; q < tileColumns; q++) {
        kernelCells[q * chunk + k] = kernel[kernelRows[q] * units + u + k];
      }
    }
    // @unroll
    for (var r = 0; r < tileRows; r++) {
      // @unroll
      for (var q = 0; q < tileColumns; q++) {
        var sum = gradSums[r * tileColumns + q];
        // @unroll
        for (var k = 0; k < chunk; k++) {
          sum += f32(gradCells[r * chunk + k] * kernelCells[q * chunk + k]);
        }
        gradSums[r * tileColumns + q] = sum;
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

const inputRowTiles = (inputCount + tileRows - 1) / tileRows;

@compute @workgroup_size(workgroupSize)
fn weightGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= unitTiles * inputRowTiles * splitCount) {
    return;
  }
  let u0 = index % unitTiles * tileColumns;
  let i0 = index / unitTiles % inputRowTiles * tileRows;
  let split = index / (unitTiles * inputRowTiles);
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
    sumUnits[q] = min(u0 + q, units - 1);
  }
  let end = min((split + 1) * imagesPerSplit, batch.size);
  for (var n = split * imagesPerSplit; n < end; n++) {
    // @unroll
    for (var r = 0; r < tileRows; r++) {
      inputCells[r] = inputs[n * inputCount + sumInputs[r]];
    }
    // @unroll
    for (var q = 0; q < tileColumns; q++) {
      outputCells[q] = outputsGrad[n * units + sumUnits[q]];
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
      kernelGrad[split * kernelGradStride + sumInputs[r] * units + sumUnits[q]] = kernelSums[r * tileColumns + q];
    }
  }
  // @static
  if (hasBias) {
    if (i0 == 0) {
      // @unroll
      for (var q = 0; q < tileColumns; q++) {
        biasGrad[split * biasGradStride + sumUnits[q]] = biasSums[q];
      }
    }
  }
}
