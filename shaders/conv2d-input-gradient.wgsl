// needs: invocation, batch, activation, conv2d-geometry
//
// The gradient of a convolution by its inputs, from the gradient by its sums before the activation. Input (y,x) was seen
// through tap (ky,kx) by output ((y + top − ky·dy)/sy, (x + left − kx·dx)/sx) where both divisions are whole:
//
//   inputsGrad[n,y,x,c] = activationGrad(inputs) · sum_{ky,kx,f} outputsGrad[n, (y + top − ky·dy)/sy, (x + left − kx·dx)/sx, f] · kernel[ky,kx,c,f]
//
// with f over the filters of the group of c. The inputs are what the layer before has activated, hence the factor. Where it
// has pooled them too, the gradient goes to the cell that won, and zero to the others of its window.
//
// Transposed, the same sums are the forward pass of a transposed convolution, with a bias and an activation of its own:
// outputsGrad are its inputs, inputsGrad its outputs; a cell that no window reaches gets the bias alone.
//
// An invocation keeps tileHeight × tileWidth inputs × tileChannels input channels in registers. tileHeight is a multiple of
// strideY (tileWidth of strideX) and tapRows·dilationY too, unless one chunk holds the whole kernel: then which taps reach
// which row of the tile is the same in every tile, and is decided while the text is written.
@group(0) @binding(1) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(2) var<storage, read> kernel: array<element>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> inputs: array<element>;
@group(0) @binding(5) var<storage, read_write> inputsGrad: array<element>;
@group(0) @binding(6) var<storage, read> inputWinners: array<u32>;

const gradBack = ((tapRows - 1) * dilationY + strideY - 1) / strideY;
const gradLeft = ((tapColumns - 1) * dilationX + strideX - 1) / strideX;
// Whole strides of padding only move the patch; what is left of it decides which taps reach which row.
const padRestY = padTop % strideY;
const padRestX = padLeft % strideX;
const gradHeight = (tileHeight - 1 + padRestY) / strideY + gradBack + 1;
const gradWidth = (tileWidth - 1 + padRestX) / strideX + gradLeft + 1;
const inputTilesY = (inputHeight + tileHeight - 1) / tileHeight;
const inputTilesX = (inputWidth + tileWidth - 1) / tileWidth;
const channelTilesPerGroup = (channelsPerGroup + quadChannels - 1) / quadChannels;
const channelTiles = groupCount * channelTilesPerGroup;
// The part of the patch that can lie among the outputs: all of it, unless one tile spans the inputs. What lies outside is then
// known while the text is written, and left out.
const gradTop = 0;
const gradRowCount = gradHeight;
const spansRows = false;
const gradStart = 0;
const gradColumnCount = gradWidth;
const spansColumns = false;
// CPUs carry these sums from turn to turn at less cost as memory than as values: loops marked as over registers then stay
// loops, and an index that is no constant is what makes an array memory.
const sumsAreMemory = false;

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let lane = index % lanes;
  let channelTile = index / lanes % channelTiles;
  let tile = min(select(index / (lanes * channelTiles) * lanes + lane, index / (lanes * channelTiles), lendsPatch), batch.size * inputTilesY * inputTilesX - 1);
  // Tiles stand at multiples of the stride; with stride 1 the last one can move inward like those of `forward`.
  let x0 = min((tile % inputTilesX) * tileWidth, select((inputTilesX - 1) * tileWidth, inputWidth - tileWidth, strideX == 1));
  let y0 = min((tile / inputTilesX % inputTilesY) * tileHeight, select((inputTilesY - 1) * tileHeight, inputHeight - tileHeight, strideY == 1));
  let n = tile / (inputTilesX * inputTilesY);

  var gradSums: array<f32, tileHeight * tileWidth * tileChannels>;
  // Channels as the kernel counts them; `firstChannel` is where their group starts.
  var tileInputs: array<i32, tileChannels>;
  var gradRows: array<i32, gradHeight>;
  var gradColumns: array<i32, gradWidth>;
  var hasGradRow: array<bool, gradHeight>;
  var hasGradColumn: array<bool, gradWidth>;
  var gradCells: array<element, gradHeight * gradWidth>;
  var gradWeights: array<element, taps * tileChannels>;
  var lentCells: array<i32, (gradRowCount * gradColumnCount + 3) / 4>;
  var hasLentCell: array<bool, (gradRowCount * gradColumnCount + 3) / 4>;
  var lent: array<element, (gradRowCount * gradColumnCount + 3) / 4>;

  var firstChannel = 0;
  var firstFilter = 0;
  // @static
  if (groupCount > 1) {
    firstChannel = channelTile / channelTilesPerGroup * channelsPerGroup;
    firstFilter = channelTile / channelTilesPerGroup * filtersPerGroup;
  }
  // @unroll
  for (var c = 0; c < tileChannels; c++) {
    // @static
    if (groupCount == 1) {
      tileInputs[c] = min(slotChannel(channelTile, lane, c), inputChannels - 1);
    } else {
      tileInputs[c] = min(slotChannel(channelTile % channelTilesPerGroup, lane, c), channelsPerGroup - 1);
    }
  }
  // @static
  if (hasBias) {
    // @unroll
    for (var c = 0; c < tileChannels; c++) {
      let start = bias[firstChannel + tileInputs[c]];
      // @unroll
      for (var p = 0; p < tileHeight * tileWidth; p++) {
        gradSums[p * tileChannels + c] = start;
      }
    }
  }
  // @once
  for (var ky = 0; ky < kernelHeight; ky += tapRows) {
    // @unroll
    for (var r = 0; r < gradHeight; r++) {
      let y = (y0 - ky * dilationY) / strideY + padTop / strideY - gradBack + r;
      gradRows[r] = outputIndex(n, clamp(y, 0, outputHeight - 1), 0, firstFilter);
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
      // @static
      if (lendsPatch) {
        // @unroll
        for (var k = 0; k < gradRowCount * gradColumnCount; k += 4) {
          let own = min(k + lane, gradRowCount * gradColumnCount - 1);
          let y = (y0 - ky * dilationY) / strideY + padTop / strideY - gradBack + gradTop + own / gradColumnCount;
          let x = (x0 - kx * dilationX) / strideX + padLeft / strideX - gradLeft + gradStart + own % gradColumnCount;
          lentCells[k / 4] = outputIndex(n, clamp(y, 0, outputHeight - 1), clamp(x, 0, outputWidth - 1), firstFilter);
          hasLentCell[k / 4] = (y >= 0) & (y < outputHeight) & (x >= 0) & (x < outputWidth);
        }
      }
      // @once
      for (var f = 0; f < filtersPerGroup; f++) {
        // @static
        if (lendsPatch) {
          // @unroll
          for (var k = 0; k < gradRowCount * gradColumnCount; k += 4) {
            // @static
            if (spansRows && spansColumns) {
              lent[k / 4] = outputsGrad[lentCells[k / 4] + f];
            } else {
              lent[k / 4] = select(0.0, outputsGrad[lentCells[k / 4] + f], hasLentCell[k / 4]);
            }
            let spread = ofAllLanes(lent[k / 4], lane);
            gradCells[(gradTop + k / gradColumnCount) * gradWidth + gradStart + k % gradColumnCount] = element(spread.x);
            // @static
            if (k + 1 < gradRowCount * gradColumnCount) {
              gradCells[(gradTop + (k + 1) / gradColumnCount) * gradWidth + gradStart + (k + 1) % gradColumnCount] = element(spread.y);
            }
            // @static
            if (k + 2 < gradRowCount * gradColumnCount) {
              gradCells[(gradTop + (k + 2) / gradColumnCount) * gradWidth + gradStart + (k + 2) % gradColumnCount] = element(spread.z);
            }
            // @static
            if (k + 3 < gradRowCount * gradColumnCount) {
              gradCells[(gradTop + (k + 3) / gradColumnCount) * gradWidth + gradStart + (k + 3) % gradColumnCount] = element(spread.w);
            }
          }
        } else {
          // @unroll
          for (var r = gradTop; r < gradTop + gradRowCount; r++) {
            // @unroll
            for (var q = gradStart; q < gradStart + gradColumnCount; q++) {
              // @static
              if (spansRows && spansColumns) {
                gradCells[r * gradWidth + q] = outputsGrad[gradRows[r] + gradColumns[q] + f];
              } else {
                // @static
                if (spansColumns) {
                  gradCells[r * gradWidth + q] = select(0.0, outputsGrad[gradRows[r] + gradColumns[q] + f], hasGradRow[r]);
                } else {
                  gradCells[r * gradWidth + q] = select(0.0, outputsGrad[gradRows[r] + gradColumns[q] + f], hasGradRow[r] & hasGradColumn[q]);
                }
              }
            }
          }
        }
        // @unroll
        for (var t = 0; t < taps; t++) {
          let gradTapOffset = kernelIndex(ky + t / tapColumns, kx + t % tapColumns, 0, firstFilter + f);
          // @unroll
          for (var c = 0; c < tileChannels; c += lentSlots) {
            // @static
            if (kernelHeight % tapRows == 0 && kernelWidth % tapColumns == 0) {
              gradWeights[t * tileChannels + c] = kernel[gradTapOffset + tileInputs[c] * filters];
            } else {
              let isTap = (ky + t / tapColumns < kernelHeight) & (kx + t % tapColumns < kernelWidth);
              gradWeights[t * tileChannels + c] = select(0.0, kernel[select(0, gradTapOffset + tileInputs[c] * filters, isTap)], isTap);
            }
            // @static
            if (lentSlots == 4) {
              gradWeights[t * tileChannels + c + 1] = acrossX(gradWeights[t * tileChannels + c]);
              gradWeights[t * tileChannels + c + 2] = acrossY(gradWeights[t * tileChannels + c]);
              gradWeights[t * tileChannels + c + 3] = acrossDiagonal(gradWeights[t * tileChannels + c]);
            }
          }
        }
        // @unroll
        for (var p = 0; p < tileHeight * tileWidth; p++) {
          // @unroll
          for (var c = 0; c < tileChannels; c++) {
            // @unroll
            for (var t = 0; t < taps; t++) {
              // @static
              if ((p / tileWidth + padRestY - t / tapColumns * dilationY + gradBack * strideY) % strideY == 0 && (p % tileWidth + padRestX - t % tapColumns * dilationX + gradLeft * strideX) % strideX == 0) {
                // @static
                if ((p / tileWidth + padRestY - t / tapColumns * dilationY + gradBack * strideY) / strideY >= gradTop && (p / tileWidth + padRestY - t / tapColumns * dilationY + gradBack * strideY) / strideY < gradTop + gradRowCount && (p % tileWidth + padRestX - t % tapColumns * dilationX + gradLeft * strideX) / strideX >= gradStart && (p % tileWidth + padRestX - t % tapColumns * dilationX + gradLeft * strideX) / strideX < gradStart + gradColumnCount) {
                  gradSums[p * tileChannels + c] += f32(gradCells[(p / tileWidth + padRestY - t / tapColumns * dilationY + gradBack * strideY) / strideY * gradWidth + (p % tileWidth + padRestX - t % tapColumns * dilationX + gradLeft * strideX) / strideX] * gradWeights[t * tileChannels + c]);
                }
              }
            }
          }
        }
      }
    }
  }

  // @registers
  for (var p = 0; p < tileHeight * tileWidth; p++) {
    let y = y0 + p / tileWidth;
    let x = x0 + p % tileWidth;
    if (strideX * strideY == 1 || ((y < inputHeight) & (x < inputWidth))) {
      let offset = inputIndex(n, y, x, firstChannel);
      // @unroll
      for (var c = 0; c < tileChannels; c++) {
        storeGrad(gradSums[p * tileChannels + c], offset + tileInputs[c], n, y, x, firstChannel + tileInputs[c]);
      }
    }
  }
}

// Cell (n,y,x,c) of the inputs, which stands at `cell`.
fn storeGrad(sum: f32, cell: i32, n: i32, y: i32, x: i32, c: i32) {
  var grad = sum;
  // @static
  if (isTransposed) {
    grad = activate(sum);
  } else {
    // @static
    if (activation != linear) {
      grad = sum * activationGrad(f32(inputs[cell]));
    }
  }
  // @static
  if (inputPoolCells == 1) {
    inputsGrad[cell] = element(grad);
  } else {
    let winner = i32(inputWinners[winnerWord(cell, c, inputChannels)] >> u32(c % 4 * 8)) & 255;
    for (var k = 0; k < inputPoolCells; k++) {
      let unpooled = unpooledInputIndex(n, y * inputPoolHeight + k / inputPoolWidth, x * inputPoolWidth + k % inputPoolWidth, c);
      inputsGrad[unpooled] = element(select(0.0, grad, winner == k));
    }
  }
}
