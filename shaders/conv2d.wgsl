// needs: invocation, batch, activation
//
// Convolution (cross-correlation, as in Keras), channels last, as direct register tiles.
//
//   forward         outputs[n,oy,ox,f] = activate(bias[f] + sum_{ky,kx,c} inputs[n, oy·sy − top + ky·dy, ox·sx − left + kx·dx, c] · kernel[ky,kx,c,f])
//   inputGradient   inputsGrad[n,y,x,c] = activationGrad(inputs) · sum_{ky,kx,f} outputsGrad[n, (y + top − ky·dy)/sy, (x + left − kx·dx)/sx, f] · kernel[ky,kx,c,f]
//                   over the taps for which both divisions are whole
//   weightGradient  kernelGrad[ky,kx,c,f] = sum_{n,oy,ox} inputs[n, oy·sy − top + ky·dy, …, c] · outputsGrad[n,oy,ox,f],   biasGrad[f] = sum outputsGrad
//
// An invocation keeps a tile of results in registers. It walks over the reduced channels (forward, inputGradient) or the
// batch (weightGradient), loads a patch once and uses every loaded number for all the results it belongs to. The kernel is
// taken in chunks of tapRows × tapColumns, so that a large kernel does not unroll without bound. outputsGrad is by the
// sums before the activation; inputs are what the layer before has activated, hence the factor activationGrad(inputs).
//
// Where tiles overhang, the last one moves inward or repeats its last channel: those results are computed twice, bit for
// bit the same, and stored without asking. Conditions in the inner loops use & and select, never && or if: a branch there
// makes every sum a value that must be carried through it, which costs more than the work it would save.
const inputHeight = 28;
const inputWidth = 28;
const inputChannels = 1;
const outputHeight = 26;
const outputWidth = 26;
const filters = 32;
const kernelHeight = 3;
const kernelWidth = 3;
const strideY = 1;
const strideX = 1;
const dilationY = 1;
const dilationX = 1;
const padTop = 0;
const padLeft = 0;
const hasBias = true;

// The results of one invocation: rows × columns × channels. In weightGradient, tileHeight × tileWidth outputs are summed at
// a time, and tileDepth input channels × tileChannels filters are its results for each tap.
const tileHeight = 1;
const tileWidth = 2;
const tileChannels = 4;
const tileDepth = 1;
const tapRows = 3;
const tapColumns = 3;
// weightGradient: the batch is summed in this many parts, added up in a fixed order by the optimizer.
const splitCount = 1;
const imagesPerSplit = 1;
// Numbers between the parts of kernelGrad and of biasGrad.
const kernelGradStride = 0;
const biasGradStride = 0;

@group(0) @binding(1) var<storage, read> inputs: array<f32>;
@group(0) @binding(2) var<storage, read> kernel: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> outputs: array<f32>;
@group(0) @binding(5) var<storage, read> outputsGrad: array<f32>;
@group(0) @binding(6) var<storage, read_write> inputsGrad: array<f32>;
@group(0) @binding(7) var<storage, read_write> kernelGrad: array<f32>;
@group(0) @binding(8) var<storage, read_write> biasGrad: array<f32>;

const taps = tapRows * tapColumns;

fn inputIndex(n: i32, y: i32, x: i32, c: i32) -> i32 {
  return ((n * inputHeight + y) * inputWidth + x) * inputChannels + c;
}

fn kernelIndex(ky: i32, kx: i32, c: i32, f: i32) -> i32 {
  return ((ky * kernelWidth + kx) * inputChannels + c) * filters + f;
}

fn outputIndex(n: i32, y: i32, x: i32, f: i32) -> i32 {
  return ((n * outputHeight + y) * outputWidth + x) * filters + f;
}

// ---- forward: a tile of tileHeight × tileWidth outputs × tileChannels filters ----

const isPadded = false;
const patchHeight = (tileHeight - 1) * strideY + (tapRows - 1) * dilationY + 1;
const patchWidth = (tileWidth - 1) * strideX + (tapColumns - 1) * dilationX + 1;
const outputTilesY = (outputHeight + tileHeight - 1) / tileHeight;
const outputTilesX = (outputWidth + tileWidth - 1) / tileWidth;
const filterGroups = (filters + tileChannels - 1) / tileChannels;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * outputTilesY * outputTilesX * filterGroups) {
    return;
  }
  let f0 = (index % filterGroups) * tileChannels;
  let tile = index / filterGroups;
  let x0 = min((tile % outputTilesX) * tileWidth, outputWidth - tileWidth);
  let y0 = min((tile / outputTilesX % outputTilesY) * tileHeight, outputHeight - tileHeight);
  let n = tile / (outputTilesX * outputTilesY);

  var sums: array<f32, tileHeight * tileWidth * tileChannels>;
  var tileFilters: array<i32, tileChannels>;
  var rows: array<i32, patchHeight>;
  var columns: array<i32, patchWidth>;
  var hasRow: array<bool, patchHeight>;
  var hasColumn: array<bool, patchWidth>;
  var patchCells: array<f32, patchHeight * patchWidth>;
  var weights: array<f32, taps * tileChannels>;

  // @unroll
  for (var f = 0; f < tileChannels; f++) {
    tileFilters[f] = min(f0 + f, filters - 1);
  }
  // @static
  if (hasBias) {
    // @unroll
    for (var f = 0; f < tileChannels; f++) {
      let start = bias[tileFilters[f]];
      // @unroll
      for (var p = 0; p < tileHeight * tileWidth; p++) {
        sums[p * tileChannels + f] = start;
      }
    }
  }

  // @once
  for (var ky = 0; ky < kernelHeight; ky += tapRows) {
    // @unroll
    for (var r = 0; r < patchHeight; r++) {
      let y = y0 * strideY - padTop + ky * dilationY + r;
      rows[r] = inputIndex(n, clamp(y, 0, inputHeight - 1), 0, 0);
      hasRow[r] = (y >= 0) & (y < inputHeight);
    }
    // @once
    for (var kx = 0; kx < kernelWidth; kx += tapColumns) {
      // @unroll
      for (var q = 0; q < patchWidth; q++) {
        let x = x0 * strideX - padLeft + kx * dilationX + q;
        columns[q] = clamp(x, 0, inputWidth - 1) * inputChannels;
        hasColumn[q] = (x >= 0) & (x < inputWidth);
      }
      for (var c = 0; c < inputChannels; c++) {
        // @unroll
        for (var r = 0; r < patchHeight; r++) {
          // @unroll
          for (var q = 0; q < patchWidth; q++) {
            // @static
            if (isPadded) {
              patchCells[r * patchWidth + q] = select(0.0, inputs[rows[r] + columns[q] + c], hasRow[r] & hasColumn[q]);
            } else {
              patchCells[r * patchWidth + q] = inputs[rows[r] + columns[q] + c];
            }
          }
        }
        // @unroll
        for (var t = 0; t < taps; t++) {
          let tapOffset = kernelIndex(ky + t / tapColumns, kx + t % tapColumns, c, 0);
          // @unroll
          for (var f = 0; f < tileChannels; f++) {
            // @static
            if (kernelHeight % tapRows == 0 && kernelWidth % tapColumns == 0) {
              weights[t * tileChannels + f] = kernel[tapOffset + tileFilters[f]];
            } else {
              let isTap = (ky + t / tapColumns < kernelHeight) & (kx + t % tapColumns < kernelWidth);
              weights[t * tileChannels + f] = select(0.0, kernel[select(0, tapOffset + tileFilters[f], isTap)], isTap);
            }
          }
        }
        // @unroll
        for (var p = 0; p < tileHeight * tileWidth; p++) {
          // @unroll
          for (var f = 0; f < tileChannels; f++) {
            var sum = sums[p * tileChannels + f];
            // @unroll
            for (var t = 0; t < taps; t++) {
              sum += patchCells[(p / tileWidth * strideY + t / tapColumns * dilationY) * patchWidth + p % tileWidth * strideX + t % tapColumns * dilationX] * weights[t * tileChannels + f];
            }
            sums[p * tileChannels + f] = sum;
          }
        }
      }
    }
  }

  // @unroll
  for (var p = 0; p < tileHeight * tileWidth; p++) {
    let offset = outputIndex(n, y0 + p / tileWidth, x0 + p % tileWidth, 0);
    // @unroll
    for (var f = 0; f < tileChannels; f++) {
      outputs[offset + tileFilters[f]] = activate(sums[p * tileChannels + f]);
    }
  }
}

// ---- inputGradient: a tile of tileHeight × tileWidth inputs × tileChannels input channels ----
// tileHeight is a multiple of strideY (tileWidth of strideX) and tapRows·dilationY too, unless one chunk holds the whole
// kernel: then which taps reach which row of the tile is the same in every tile, and is decided while the text is written.

const gradBack = ((tapRows - 1) * dilationY + strideY - 1) / strideY;
const gradLeft = ((tapColumns - 1) * dilationX + strideX - 1) / strideX;
// Whole strides of padding only move the patch; what is left of it decides which taps reach which row.
const padRestY = padTop % strideY;
const padRestX = padLeft % strideX;
const gradHeight = (tileHeight - 1 + padRestY) / strideY + gradBack + 1;
const gradWidth = (tileWidth - 1 + padRestX) / strideX + gradLeft + 1;
const inputTilesY = (inputHeight + tileHeight - 1) / tileHeight;
const inputTilesX = (inputWidth + tileWidth - 1) / tileWidth;
const inputGroups = (inputChannels + tileChannels - 1) / tileChannels;

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputTilesY * inputTilesX * inputGroups) {
    return;
  }
  let c0 = (index % inputGroups) * tileChannels;
  let tile = index / inputGroups;
  // Tiles stand at multiples of the stride; with stride 1 the last one can move inward like those of `forward`.
  let x0 = min((tile % inputTilesX) * tileWidth, select((inputTilesX - 1) * tileWidth, inputWidth - tileWidth, strideX == 1));
  let y0 = min((tile / inputTilesX % inputTilesY) * tileHeight, select((inputTilesY - 1) * tileHeight, inputHeight - tileHeight, strideY == 1));
  let n = tile / (inputTilesX * inputTilesY);

  var gradSums: array<f32, tileHeight * tileWidth * tileChannels>;
  var tileInputs: array<i32, tileChannels>;
  var gradRows: array<i32, gradHeight>;
  var gradColumns: array<i32, gradWidth>;
  var hasGradRow: array<bool, gradHeight>;
  var hasGradColumn: array<bool, gradWidth>;
  var gradCells: array<f32, gradHeight * gradWidth>;
  var gradWeights: array<f32, taps * tileChannels>;

  // @unroll
  for (var c = 0; c < tileChannels; c++) {
    tileInputs[c] = min(c0 + c, inputChannels - 1);
  }
  // @once
  for (var ky = 0; ky < kernelHeight; ky += tapRows) {
    // @unroll
    for (var r = 0; r < gradHeight; r++) {
      let y = (y0 - ky * dilationY) / strideY + padTop / strideY - gradBack + r;
      gradRows[r] = outputIndex(n, clamp(y, 0, outputHeight - 1), 0, 0);
      hasGradRow[r] = (y >= 0) & (y < outputHeight);
    }
    // @once
    for (var kx = 0; kx < kernelWidth; kx += tapColumns) {
      // @unroll
      for (var q = 0; q < gradWidth; q++) {
        let x = (x0 - kx * dilationX) / strideX + padLeft / strideX - gradLeft + q;
        gradColumns[q] = clamp(x, 0, outputWidth - 1) * filters;
        hasGradColumn[q] = (x >= 0) & (x < outputWidth);
      }
      for (var f = 0; f < filters; f++) {
        // @unroll
        for (var r = 0; r < gradHeight; r++) {
          // @unroll
          for (var q = 0; q < gradWidth; q++) {
            gradCells[r * gradWidth + q] = select(0.0, outputsGrad[gradRows[r] + gradColumns[q] + f], hasGradRow[r] & hasGradColumn[q]);
          }
        }
        // @unroll
        for (var t = 0; t < taps; t++) {
          let gradTapOffset = kernelIndex(ky + t / tapColumns, kx + t % tapColumns, 0, f);
          // @unroll
          for (var c = 0; c < tileChannels; c++) {
            // @static
            if (kernelHeight % tapRows == 0 && kernelWidth % tapColumns == 0) {
              gradWeights[t * tileChannels + c] = kernel[gradTapOffset + tileInputs[c] * filters];
            } else {
              let isTap = (ky + t / tapColumns < kernelHeight) & (kx + t % tapColumns < kernelWidth);
              gradWeights[t * tileChannels + c] = select(0.0, kernel[select(0, gradTapOffset + tileInputs[c] * filters, isTap)], isTap);
            }
          }
        }
        // @unroll
        for (var p = 0; p < tileHeight * tileWidth; p++) {
          // @unroll
          for (var c = 0; c < tileChannels; c++) {
            var sum = gradSums[p * tileChannels + c];
            // @unroll
            for (var t = 0; t < taps; t++) {
              // @static
              if ((p / tileWidth + padRestY - t / tapColumns * dilationY + gradBack * strideY) % strideY == 0 && (p % tileWidth + padRestX - t % tapColumns * dilationX + gradLeft * strideX) % strideX == 0) {
                sum += gradCells[(p / tileWidth + padRestY - t / tapColumns * dilationY + gradBack * strideY) / strideY * gradWidth + (p % tileWidth + padRestX - t % tapColumns * dilationX + gradLeft * strideX) / strideX] * gradWeights[t * tileChannels + c];
              }
            }
            gradSums[p * tileChannels + c] = sum;
          }
        }
      }
    }
  }

  // @unroll
  for (var p = 0; p < tileHeight * tileWidth; p++) {
    if (strideX * strideY == 1 || ((y0 + p / tileWidth < inputHeight) & (x0 + p % tileWidth < inputWidth))) {
      let offset = inputIndex(n, y0 + p / tileWidth, x0 + p % tileWidth, 0);
      // @unroll
      for (var c = 0; c < tileChannels; c++) {
        // @static
        if (activation == linear) {
          inputsGrad[offset + tileInputs[c]] = gradSums[p * tileChannels + c];
        } else {
          inputsGrad[offset + tileInputs[c]] = gradSums[p * tileChannels + c] * activationGrad(inputs[offset + tileInputs[c]]);
        }
      }
    }
  }
}

// ---- inputGradientPlain: one input cell and channel, for strides so large that a tile of whole strides fits no registers ----

@compute @workgroup_size(workgroupSize)
fn inputGradientPlain(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * inputChannels) {
    return;
  }
  let c = index % inputChannels;
  let x = index / inputChannels % inputWidth;
  let y = index / (inputChannels * inputWidth) % inputHeight;
  let n = index / (inputChannels * inputWidth * inputHeight);
  var grad = 0.0;
  for (var ky = 0; ky < kernelHeight; ky++) {
    for (var kx = 0; kx < kernelWidth; kx++) {
      let down = y + padTop - ky * dilationY;
      let right = x + padLeft - kx * dilationX;
      let isWhole = (down >= 0) & (right >= 0) & (down % strideY == 0) & (right % strideX == 0);
      if (isWhole & (down / strideY < outputHeight) & (right / strideX < outputWidth)) {
        let output = outputIndex(n, down / strideY, right / strideX, 0);
        let tap = kernelIndex(ky, kx, c, 0);
        for (var f = 0; f < filters; f++) {
          grad += outputsGrad[output + f] * kernel[tap + f];
        }
      }
    }
  }
  // @static
  if (activation == linear) {
    inputsGrad[index] = grad;
  } else {
    inputsGrad[index] = grad * activationGrad(inputs[index]);
  }
}

// ---- weightGradient: all taps of a chunk × tileDepth input channels × tileChannels filters, over one part of the batch ----

const depthGroups = (inputChannels + tileDepth - 1) / tileDepth;
const tapChunksY = (kernelHeight + tapRows - 1) / tapRows;
const tapChunksX = (kernelWidth + tapColumns - 1) / tapColumns;

@compute @workgroup_size(workgroupSize)
fn weightGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= filterGroups * depthGroups * tapChunksX * tapChunksY * splitCount) {
    return;
  }
  let f0 = (index % filterGroups) * tileChannels;
  let c0 = (index / filterGroups % depthGroups) * tileDepth;
  let kx = (index / (filterGroups * depthGroups) % tapChunksX) * tapColumns;
  let ky = (index / (filterGroups * depthGroups * tapChunksX) % tapChunksY) * tapRows;
  let split = index / (filterGroups * depthGroups * tapChunksX * tapChunksY);
  let ownsBias = (c0 == 0) & (kx == 0) & (ky == 0);

  var kernelSums: array<f32, taps * tileDepth * tileChannels>;
  var biasSums: array<f32, tileChannels>;
  var sumFilters: array<i32, tileChannels>;
  var sumChannels: array<i32, tileDepth>;
  var inputRows: array<i32, patchHeight>;
  var inputColumns: array<i32, patchWidth>;
  var hasInputRow: array<bool, patchHeight>;
  var hasInputColumn: array<bool, patchWidth>;
  var inputCells: array<f32, patchHeight * patchWidth * tileDepth>;
  var outputCells: array<f32, tileHeight * tileWidth * tileChannels>;

  // @unroll
  for (var f = 0; f < tileChannels; f++) {
    sumFilters[f] = min(f0 + f, filters - 1);
  }
  // @unroll
  for (var d = 0; d < tileDepth; d++) {
    sumChannels[d] = min(c0 + d, inputChannels - 1);
  }
  let end = min((split + 1) * imagesPerSplit, batch.size);
  for (var n = split * imagesPerSplit; n < end; n++) {
    // @once
    for (var y0 = 0; y0 < outputHeight; y0 += tileHeight) {
      // @unroll
      for (var r = 0; r < patchHeight; r++) {
        let y = y0 * strideY - padTop + ky * dilationY + r;
        inputRows[r] = inputIndex(n, clamp(y, 0, inputHeight - 1), 0, 0);
        hasInputRow[r] = (y >= 0) & (y < inputHeight);
      }
      // @once
      for (var x0 = 0; x0 < outputWidth; x0 += tileWidth) {
        // @unroll
        for (var q = 0; q < patchWidth; q++) {
          let x = x0 * strideX - padLeft + kx * dilationX + q;
          inputColumns[q] = clamp(x, 0, inputWidth - 1) * inputChannels;
          hasInputColumn[q] = (x >= 0) & (x < inputWidth);
        }
        // @unroll
        for (var r = 0; r < patchHeight; r++) {
          // @unroll
          for (var q = 0; q < patchWidth; q++) {
            // @unroll
            for (var d = 0; d < tileDepth; d++) {
              // @static
              if (isPadded) {
                inputCells[(r * patchWidth + q) * tileDepth + d] = select(0.0, inputs[inputRows[r] + inputColumns[q] + sumChannels[d]], hasInputRow[r] & hasInputColumn[q]);
              } else {
                inputCells[(r * patchWidth + q) * tileDepth + d] = inputs[inputRows[r] + inputColumns[q] + sumChannels[d]];
              }
            }
          }
        }
        // @unroll
        for (var p = 0; p < tileHeight * tileWidth; p++) {
          let cellOffset = outputIndex(n, min(y0 + p / tileWidth, outputHeight - 1), min(x0 + p % tileWidth, outputWidth - 1), 0);
          // @unroll
          for (var f = 0; f < tileChannels; f++) {
            // @static
            if (outputHeight % tileHeight == 0 && outputWidth % tileWidth == 0) {
              outputCells[p * tileChannels + f] = outputsGrad[cellOffset + sumFilters[f]];
            } else {
              let isOutput = (y0 + p / tileWidth < outputHeight) & (x0 + p % tileWidth < outputWidth);
              outputCells[p * tileChannels + f] = select(0.0, outputsGrad[cellOffset + sumFilters[f]], isOutput);
            }
          }
        }
        // @unroll
        for (var t = 0; t < taps; t++) {
          // @unroll
          for (var d = 0; d < tileDepth; d++) {
            // @unroll
            for (var f = 0; f < tileChannels; f++) {
              var sum = kernelSums[(t * tileDepth + d) * tileChannels + f];
              // @unroll
              for (var p = 0; p < tileHeight * tileWidth; p++) {
                sum += inputCells[((p / tileWidth * strideY + t / tapColumns * dilationY) * patchWidth + p % tileWidth * strideX + t % tapColumns * dilationX) * tileDepth + d] * outputCells[p * tileChannels + f];
              }
              kernelSums[(t * tileDepth + d) * tileChannels + f] = sum;
            }
          }
        }
        // @static
        if (hasBias) {
          if (ownsBias) {
            // @unroll
            for (var f = 0; f < tileChannels; f++) {
              // @unroll
              for (var p = 0; p < tileHeight * tileWidth; p++) {
                biasSums[f] += outputCells[p * tileChannels + f];
              }
            }
          }
        }
      }
    }
  }

  // @unroll
  for (var t = 0; t < taps; t++) {
    // @static
    if (kernelHeight % tapRows == 0 && kernelWidth % tapColumns == 0) {
      // @unroll
      for (var d = 0; d < tileDepth; d++) {
        let offset = split * kernelGradStride + kernelIndex(ky + t / tapColumns, kx + t % tapColumns, sumChannels[d], 0);
        // @unroll
        for (var f = 0; f < tileChannels; f++) {
          kernelGrad[offset + sumFilters[f]] = kernelSums[(t * tileDepth + d) * tileChannels + f];
        }
      }
    } else {
      if ((ky + t / tapColumns < kernelHeight) & (kx + t % tapColumns < kernelWidth)) {
        // @unroll
        for (var d = 0; d < tileDepth; d++) {
          let offset = split * kernelGradStride + kernelIndex(ky + t / tapColumns, kx + t % tapColumns, sumChannels[d], 0);
          // @unroll
          for (var f = 0; f < tileChannels; f++) {
            kernelGrad[offset + sumFilters[f]] = kernelSums[(t * tileDepth + d) * tileChannels + f];
          }
        }
      }
    }
  }
  // @static
  if (hasBias) {
    if (ownsBias) {
      // @unroll
      for (var f = 0; f < tileChannels; f++) {
        biasGrad[split * biasGradStride + sumFilters[f]] = biasSums[f];
      }
    }
  }
}
