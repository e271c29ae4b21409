// needs: invocation, batch, activation, conv2d-geometry
//
// The gradient of a convolution by its inputs, from the gradient by its sums before the activation. Input (y,x) was seen
// through tap (ky,kx) by output ((y + top − ky·dy)/sy, (x + left − kx·dx)/sx) where both divisions are whole:
//
//   inputsGrad[n,y,x,c] = activationGrad(inputs) · sum_{ky,kx,f} outputsGrad[n, (y + top − ky·dy)/sy, (x + left − kx·dx)/sx, f] · kernel[ky,kx,c,f]
//
// with f over the filters of the group of c. The inputs are what the layer before has activated, hence the factor.
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

const gradBack = ((tapRows - 1) * dilationY + strideY - 1) / strideY;
const gradLeft = ((tapColumns - 1) * dilationX + strideX - 1) / strideX;
// Whole strides of padding only move the patch; what is left of it decides which taps reach which row.
const padRestY = padTop % strideY;
const padRestX = padLeft % strideX;
const gradHeight = (tileHeight - 1 + padRestY) / strideY + gradBack + 1;
const gradWidth = (tileWidth - 1 + padRestX) / strideX + gradLeft + 1;
const inputTilesY = (inputHeight + tileHeight - 1) / tileHeight;
const inputTilesX = (inputWidth + tileWidth - 1) / tileWidth;
const channelTilesPerGroup = (channelsPerGroup + tileChannels - 1) / tileChannels;
const channelTiles = groupCount * channelTilesPerGroup;

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputTilesY * inputTilesX * channelTiles) {
    return;
  }
  let channelTile = index % channelTiles;
  let tile = index / channelTiles;
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
      tileInputs[c] = min(channelTile * tileChannels + c, inputChannels - 1);
    } else {
      tileInputs[c] = min(channelTile % channelTilesPerGroup * tileChannels + c, channelsPerGroup - 1);
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
      // @once
      for (var f = 0; f < filtersPerGroup; f++) {
        // @unroll
        for (var r = 0; r < gradHeight; r++) {
          // @unroll
          for (var q = 0; q < gradWidth; q++) {
            gradCells[r * gradWidth + q] = select(0.0, outputsGrad[gradRows[r] + gradColumns[q] + f], hasGradRow[r] & hasGradColumn[q]);
          }
        }
        // @unroll
        for (var t = 0; t < taps; t++) {
          let gradTapOffset = kernelIndex(ky + t / tapColumns, kx + t % tapColumns, 0, firstFilter + f);
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
                sum += f32(gradCells[(p / tileWidth + padRestY - t / tapColumns * dilationY + gradBack * strideY) / strideY * gradWidth + (p % tileWidth + padRestX - t % tapColumns * dilationX + gradLeft * strideX) / strideX] * gradWeights[t * tileChannels + c]);
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
      let offset = inputIndex(n, y0 + p / tileWidth, x0 + p % tileWidth, firstChannel);
      // @unroll
      for (var c = 0; c < tileChannels; c++) {
        // @static
        if (isTransposed) {
          inputsGrad[offset + tileInputs[c]] = element(activate(gradSums[p * tileChannels + c]));
        } else {
          // @static
          if (activation == linear) {
            inputsGrad[offset + tileInputs[c]] = element(gradSums[p * tileChannels + c]);
          } else {
            inputsGrad[offset + tileInputs[c]] = element(gradSums[p * tileChannels + c] * activationGrad(f32(inputs[offset + tileInputs[c]])));
          }
        }
      }
    }
  }
}
