// needs: invocation, batch, activation, conv2d-geometry
//
// Convolution (cross-correlation, as in Keras), channels last, as direct register tiles.
//
//   outputs[n,oy,ox,f] = activate(bias[f] + sum_{ky,kx,c} inputs[n, oy·sy − top + ky·dy, ox·sx − left + kx·dx, c] · kernel[ky,kx,c,f])
//
// Transposed, the same sums are the gradient of a transposed convolution by its inputs; they end with activationGrad of those
// (activated) instead of an activation.
//
// With pooling, each sum is activated, and then the largest of its window written.
//
// An invocation keeps tileHeight × tileWidth outputs × tileChannels filters in registers. It walks over the channels of its
// group, loads a patch once and uses every loaded number for all the results it belongs to.
//
// Where tiles overhang, the last one moves inward or repeats its last channel: those results are computed twice, bit for
// bit the same, and stored without asking. Conditions in the inner loops use & and select, never && or if: a branch there
// makes every sum a value that must be carried through it, which costs more than the work it would save.
@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read> kernel: array<element>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> activated: array<element>;
@group(0) @binding(5) var<storage, read_write> outputs: array<element>;
@group(0) @binding(6) var<storage, read_write> winners: array<u32>;

const outputTilesY = (outputHeight + tileHeight - 1) / tileHeight;
const outputTilesX = (outputWidth + tileWidth - 1) / tileWidth;
const pooledColumns = tileWidth / poolWidth;
const pooledCells = tileHeight / poolHeight * pooledColumns;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let lane = index % lanes;
  let filterTile = index / lanes % filterTiles;
  let tile = min(select(index / (lanes * filterTiles) * lanes + lane, index / (lanes * filterTiles), lendsPatch), batch.size * outputTilesY * outputTilesX - 1);
  let x0 = min((tile % outputTilesX) * tileWidth, outputWidth - tileWidth);
  let y0 = min((tile / outputTilesX % outputTilesY) * tileHeight, outputHeight - tileHeight);
  let n = tile / (outputTilesX * outputTilesY);

  var sums: array<f32, tileHeight * tileWidth * tileChannels>;
  var tileFilters: array<i32, tileChannels>;
  var rows: array<i32, patchHeight>;
  var columns: array<i32, patchWidth>;
  var hasRow: array<bool, patchHeight>;
  var hasColumn: array<bool, patchWidth>;
  var lentCells: array<i32, (patchHeight * patchWidth + 3) / 4>;
  var hasLentCell: array<bool, (patchHeight * patchWidth + 3) / 4>;
  var lent: array<element, (patchHeight * patchWidth + 3) / 4>;
  var patchCells: array<element, patchHeight * patchWidth + 3>;
  var weights: array<element, taps * tileChannels>;
  var largest: array<f32, pooledCells * tileChannels>;
  var places: array<u32, pooledCells * tileChannels>;

  var firstChannel = 0;
  // @static
  if (groupCount == 1) {
    // @unroll
    for (var f = 0; f < tileChannels; f++) {
      tileFilters[f] = min(slotChannel(filterTile, lane, f), filters - 1);
    }
  } else {
    let group = filterTile / filterTilesPerGroup;
    firstChannel = group * channelsPerGroup;
    // @unroll
    for (var f = 0; f < tileChannels; f++) {
      tileFilters[f] = group * filtersPerGroup + min(slotChannel(filterTile % filterTilesPerGroup, lane, f), filtersPerGroup - 1);
    }
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
      rows[r] = inputIndex(n, clamp(y, 0, inputHeight - 1), 0, firstChannel);
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
      // @static
      if (lendsPatch) {
        // @unroll
        for (var k = 0; k < patchHeight * patchWidth; k += 4) {
          let own = min(k + lane, patchHeight * patchWidth - 1);
          let y = y0 * strideY - padTop + ky * dilationY + own / patchWidth;
          let x = x0 * strideX - padLeft + kx * dilationX + own % patchWidth;
          lentCells[k / 4] = inputIndex(n, clamp(y, 0, inputHeight - 1), clamp(x, 0, inputWidth - 1), firstChannel);
          hasLentCell[k / 4] = (y >= 0) & (y < inputHeight) & (x >= 0) & (x < inputWidth);
        }
      }
      // @once
      for (var c = 0; c < channelsPerGroup; c++) {
        // @static
        if (lendsPatch) {
          // @unroll
          for (var k = 0; k < patchHeight * patchWidth; k += 4) {
            // @static
            if (isPadded) {
              lent[k / 4] = select(0.0, inputs[lentCells[k / 4] + c], hasLentCell[k / 4]);
            } else {
              lent[k / 4] = inputs[lentCells[k / 4] + c];
            }
            let spread = ofAllLanes(lent[k / 4], lane);
            patchCells[k] = element(spread.x);
            patchCells[k + 1] = element(spread.y);
            patchCells[k + 2] = element(spread.z);
            patchCells[k + 3] = element(spread.w);
          }
        } else {
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
        }
        // @unroll
        for (var t = 0; t < taps; t++) {
          let tapOffset = kernelIndex(ky + t / tapColumns, kx + t % tapColumns, c, 0);
          // @unroll
          for (var f = 0; f < tileChannels; f += lentSlots) {
            // @static
            if (kernelHeight % tapRows == 0 && kernelWidth % tapColumns == 0) {
              weights[t * tileChannels + f] = kernel[tapOffset + tileFilters[f]];
            } else {
              let isTap = (ky + t / tapColumns < kernelHeight) & (kx + t % tapColumns < kernelWidth);
              weights[t * tileChannels + f] = select(0.0, kernel[select(0, tapOffset + tileFilters[f], isTap)], isTap);
            }
            // @static
            if (lentSlots == 4) {
              weights[t * tileChannels + f + 1] = acrossX(weights[t * tileChannels + f]);
              weights[t * tileChannels + f + 2] = acrossY(weights[t * tileChannels + f]);
              weights[t * tileChannels + f + 3] = acrossDiagonal(weights[t * tileChannels + f]);
            }
          }
        }
        // @unroll
        for (var p = 0; p < tileHeight * tileWidth; p++) {
          // @unroll
          for (var f = 0; f < tileChannels; f++) {
            // @unroll
            for (var t = 0; t < taps; t++) {
              sums[p * tileChannels + f] += f32(patchCells[(p / tileWidth * strideY + t / tapColumns * dilationY) * patchWidth + p % tileWidth * strideX + t % tapColumns * dilationX] * weights[t * tileChannels + f]);
            }
          }
        }
      }
    }
  }

  // @static
  if (poolCells == 1) {
    // @unroll
    for (var p = 0; p < tileHeight * tileWidth; p++) {
      let offset = outputIndex(n, y0 + p / tileWidth, x0 + p % tileWidth, 0);
      // @unroll
      for (var f = 0; f < tileChannels; f++) {
        // @static
        if (isTransposed && activation != linear) {
          outputs[offset + tileFilters[f]] = element(sums[p * tileChannels + f] * activationGrad(f32(activated[offset + tileFilters[f]])));
        } else {
          outputs[offset + tileFilters[f]] = element(activate(sums[p * tileChannels + f]));
        }
      }
    }
  } else {
    // @unroll
    for (var w = 0; w < pooledCells; w++) {
      // @unroll
      for (var f = 0; f < tileChannels; f++) {
        largest[w * tileChannels + f] = activate(sums[(w / pooledColumns * poolHeight * tileWidth + w % pooledColumns * poolWidth) * tileChannels + f]);
        // @unroll
        for (var k = 1; k < poolCells; k++) {
          let value = activate(sums[((w / pooledColumns * poolHeight + k / poolWidth) * tileWidth + w % pooledColumns * poolWidth + k % poolWidth) * tileChannels + f]);
          let isLarger = value > largest[w * tileChannels + f];
          largest[w * tileChannels + f] = select(largest[w * tileChannels + f], value, isLarger);
          places[w * tileChannels + f] = select(places[w * tileChannels + f], u32(k), isLarger);
        }
      }
    }
    // Apart, since a store is control flow to a CPU's compiler, and every sum would live until the last one.
    // @unroll
    for (var w = 0; w < pooledCells; w++) {
      let cell = pooledIndex(n, y0 / poolHeight + w / pooledColumns, x0 / poolWidth + w % pooledColumns, 0);
      // @unroll
      for (var f = 0; f < tileChannels; f++) {
        outputs[cell + tileFilters[f]] = element(largest[w * tileChannels + f]);
      }
      // @unroll
      for (var f = 0; f < tileChannels; f += 4) {
        var word = 0u;
        // @unroll
        for (var s = 0; s < 4; s++) {
          // @static
          if (f + s < tileChannels) {
            word |= places[w * tileChannels + f + s] << u32(tileFilters[f + s] % 4 * 8);
          }
        }
        // @static
        if (lendsPatch && tileChannels < 4) {
          word |= wordAcrossX(word);
          // @static
          if (tileChannels < 2) {
            word |= wordAcrossY(word);
          }
        }
        // Behind the last filter there is no word.
        let firstFilter = slotChannel(filterTile, lane, f) / 4 * 4;
        if (firstFilter < filters) {
          winners[winnerWord(cell, firstFilter, filters)] = word;
        }
      }
    }
  }
}
