// needs: invocation, batch, conv2d-geometry
//
// The gradients of a convolution by its kernel and bias, from the gradient by its sums before the activation. A kernel's
// number multiplies one input for every output, so its gradient is the sum of those inputs, each times the output's gradient:
//
//   kernelGrad[ky,kx,c,f] = sum_{n,oy,ox} inputs[n, oy·sy − top + ky·dy, ox·sx − left + kx·dx, c] · outputsGrad[n,oy,ox,f]
//   biasGrad[f] = sum_{n,oy,ox} outputsGrad[n,oy,ox,f]
//
// An invocation keeps the taps of a chunk × tileDepth input channels × tileChannels filters in registers and walks over the
// outputs of its part of the batch, tileHeight × tileWidth at a time, all of them in one loop: in a loop inside a loop the sums
// would be carried through both. Tiles as wide as the outputs may come from above to below in a loop of their own, so that the
// rows two of them share are loaded once. The parts are added up by who reads the gradients. The lanes of a quad have
// the same filters and channels of their own, so it is the outputs' gradients that they lend each other.
//
// Where tiles overhang, the last one repeats its last channel: those results are computed twice, bit for bit the same, and
// stored without asking.
const tileDepth = 1;
// Rows of its patch that a tile keeps for the one below; none unless tiles are as wide as the outputs.
const sharedRows = 0;
// Tiles from above to below that share rows; 1 where they share none.
const stripes = 1;
// The batch is summed in this many parts, added up in a fixed order afterwards.
const splitCount = 1;
const imagesPerSplit = 1;
// Numbers between the parts of kernelGrad and of biasGrad.
const kernelGradStride = 0;
const biasGradStride = 0;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(3) var<storage, read_write> kernelGrad: array<f32>;
@group(0) @binding(4) var<storage, read_write> biasGrad: array<f32>;

const depthTiles = (channelsPerGroup + tileDepth * lanes - 1) / (tileDepth * lanes);
const quads = filterTiles * depthTiles * ((kernelHeight + tapRows - 1) / tapRows) * ((kernelWidth + tapColumns - 1) / tapColumns) * splitCount;
const outputTilesX = (outputWidth + tileWidth - 1) / tileWidth;
const turnsPerImage = (outputHeight + tileHeight - 1) / tileHeight * outputTilesX / stripes;
const tapChunksY = (kernelHeight + tapRows - 1) / tapRows;
const tapChunksX = (kernelWidth + tapColumns - 1) / tapColumns;

@compute @workgroup_size(workgroupSize)
fn weightGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let lane = index % lanes;
  let quad = min(index / lanes, quads - 1);
  let filterTile = quad % filterTiles;
  let c0 = (quad / filterTiles % depthTiles * lanes + lane) * tileDepth;
  let kx = quad / (filterTiles * depthTiles) % tapChunksX * tapColumns;
  let ky = quad / (filterTiles * depthTiles * tapChunksX) % tapChunksY * tapRows;
  let split = quad / (filterTiles * depthTiles * tapChunksX * tapChunksY);
  let ownsBias = (c0 == 0) & (kx == 0) & (ky == 0);

  var kernelSums: array<f32, taps * tileDepth * tileChannels>;
  var biasSums: array<f32, tileChannels>;
  var sumFilters: array<i32, tileChannels>;
  // Channels as the kernel counts them; `firstChannel` is where their group starts.
  var sumChannels: array<i32, tileDepth>;
  var inputRows: array<i32, patchHeight>;
  var inputColumns: array<i32, patchWidth>;
  var hasInputRow: array<bool, patchHeight>;
  var hasInputColumn: array<bool, patchWidth>;
  var inputCells: array<element, patchHeight * patchWidth * tileDepth>;
  var outputCells: array<element, tileHeight * tileWidth * tileChannels>;

  var firstChannel = 0;
  // @static
  if (groupCount == 1) {
    // @unroll
    for (var f = 0; f < tileChannels; f++) {
      sumFilters[f] = min(filterTile * tileChannels + (f ^ lane), filters - 1);
    }
  } else {
    let group = filterTile / filterTilesPerGroup;
    firstChannel = group * channelsPerGroup;
    // @unroll
    for (var f = 0; f < tileChannels; f++) {
      sumFilters[f] = group * filtersPerGroup + min(filterTile % filterTilesPerGroup * tileChannels + (f ^ lane), filtersPerGroup - 1);
    }
  }
  // @unroll
  for (var d = 0; d < tileDepth; d++) {
    sumChannels[d] = min(c0 + d, channelsPerGroup - 1);
  }
  let end = min((split + 1) * imagesPerSplit, batch.size) * turnsPerImage;
  for (var turn = split * imagesPerSplit * turnsPerImage; turn < end; turn++) {
    let n = turn / turnsPerImage;
    let x0 = turn % outputTilesX * tileWidth;
    // @unroll
    for (var q = 0; q < patchWidth; q++) {
      let x = x0 * strideX - padLeft + kx * dilationX + q;
      inputColumns[q] = clamp(x, 0, inputWidth - 1) * inputChannels;
      hasInputColumn[q] = (x >= 0) & (x < inputWidth);
    }
    // @static
    if (sharedRows > 0) {
      // @unroll
      for (var r = 0; r < sharedRows; r++) {
        let y = ky * dilationY - padTop + r;
        inputRows[r] = inputIndex(n, clamp(y, 0, inputHeight - 1), 0, firstChannel);
        hasInputRow[r] = (y >= 0) & (y < inputHeight);
      }
      // @unroll
      for (var r = 0; r < sharedRows; r++) {
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
    }
    // @once
    for (var stripe = 0; stripe < stripes; stripe++) {
      let y0 = (turn % turnsPerImage / outputTilesX + stripe) * tileHeight;
      // @unroll
      for (var r = sharedRows; r < patchHeight; r++) {
        let y = y0 * strideY - padTop + ky * dilationY + r;
        inputRows[r] = inputIndex(n, clamp(y, 0, inputHeight - 1), 0, firstChannel);
        hasInputRow[r] = (y >= 0) & (y < inputHeight);
      }
      // @unroll
      for (var r = sharedRows; r < patchHeight; r++) {
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
        for (var f = 0; f < tileChannels; f += lentSlots) {
          // @static
          if (outputHeight % tileHeight == 0 && outputWidth % tileWidth == 0) {
            outputCells[p * tileChannels + f] = outputsGrad[cellOffset + sumFilters[f]];
          } else {
            let isOutput = (y0 + p / tileWidth < outputHeight) & (x0 + p % tileWidth < outputWidth);
            outputCells[p * tileChannels + f] = select(0.0, outputsGrad[cellOffset + sumFilters[f]], isOutput);
          }
          // @static
          if (lentSlots == 4) {
            outputCells[p * tileChannels + f + 1] = acrossX(outputCells[p * tileChannels + f]);
            outputCells[p * tileChannels + f + 2] = acrossY(outputCells[p * tileChannels + f]);
            outputCells[p * tileChannels + f + 3] = acrossDiagonal(outputCells[p * tileChannels + f]);
          }
        }
      }
      // @unroll
      for (var t = 0; t < taps; t++) {
        // @unroll
        for (var d = 0; d < tileDepth; d++) {
          // @unroll
          for (var f = 0; f < tileChannels; f++) {
            // @unroll
            for (var p = 0; p < tileHeight * tileWidth; p++) {
              kernelSums[(t * tileDepth + d) * tileChannels + f] += f32(inputCells[((p / tileWidth * strideY + t / tapColumns * dilationY) * patchWidth + p % tileWidth * strideX + t % tapColumns * dilationX) * tileDepth + d] * outputCells[p * tileChannels + f]);
            }
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
              biasSums[f] += f32(outputCells[p * tileChannels + f]);
            }
          }
        }
      }
      // @unroll
      for (var i = 0; i < sharedRows * patchWidth * tileDepth; i++) {
        inputCells[i] = inputCells[i + tileHeight * strideY * patchWidth * tileDepth];
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
