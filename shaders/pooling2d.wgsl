// needs: invocation, batch, activation, element, place
//
// Max and average pooling, channels last. Cells outside the input take no part: the largest is chosen among, and the mean
// divides by, the cells inside (as Keras does).
//
//   maxForward       outputs = the largest of the window; winners = its place in the window, the first one in row order on ties
//   averageForward   outputs = mean of the window's cells that lie inside
//   …Backward        inputsGrad[y,x] = activationGrad(inputs) · sum over the windows that hold (y,x): the gradient of those it won,
//                    or each window's gradient divided by its number of cells
//
// Backward gathers: each input cell looks up the few windows that hold it, so nothing is added in an order that can vary.
// An invocation handles one position and channelsPerInvocation channels (the last ones move inward and are computed twice,
// bit for bit the same), so the index arithmetic is shared.
const inputHeight = 26;
const inputWidth = 26;
const outputHeight = 13;
const outputWidth = 13;
const poolHeight = 2;
const poolWidth = 2;
const strideY = 2;
const strideX = 2;
const padTop = 0;
const padLeft = 0;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read_write> winners: array<u32>;
@group(0) @binding(4) var<storage, read> chosen: array<u32>;
@group(0) @binding(5) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(6) var<storage, read_write> inputsGrad: array<element>;

// Windows that can hold one cell, along each axis.
const holdersY = (poolHeight + strideY - 1) / strideY;
const holdersX = (poolWidth + strideX - 1) / strideX;

fn inputCell(place: Place, y: i32, x: i32) -> i32 {
  return ((place.n * inputHeight + clamp(y, 0, inputHeight - 1)) * inputWidth + clamp(x, 0, inputWidth - 1)) * channels + place.c;
}

fn outputCell(place: Place, y: i32, x: i32) -> i32 {
  return ((place.n * outputHeight + clamp(y, 0, outputHeight - 1)) * outputWidth + clamp(x, 0, outputWidth - 1)) * channels + place.c;
}

fn isInput(y: i32, x: i32) -> bool {
  return (y >= 0) & (y < inputHeight) & (x >= 0) & (x < inputWidth);
}

// Cells of an output's window that lie inside.
fn cellsInside(y: i32, x: i32) -> f32 {
  let top = y * strideY - padTop;
  let left = x * strideX - padLeft;
  let rows = min(top + poolHeight, inputHeight) - max(top, 0);
  let columns = min(left + poolWidth, inputWidth) - max(left, 0);
  return f32(rows * columns);
}

@compute @workgroup_size(workgroupSize)
fn maxForward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * outputHeight * outputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, outputHeight, outputWidth);
  let top = place.y * strideY - padTop;
  let left = place.x * strideX - padLeft;
  var best: array<f32, channelsPerInvocation>;
  var winner: array<i32, channelsPerInvocation>;
  let first = inputCell(place, top, left);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    best[c] = f32(inputs[first + c]);
    winner[c] = max(-top, 0) * poolWidth + max(-left, 0);
  }
  // @short
  for (var wy = 0; wy < poolHeight; wy++) {
    // @short
    for (var wx = 0; wx < poolWidth; wx++) {
      let isInside = isInput(top + wy, left + wx);
      let cell = inputCell(place, top + wy, left + wx);
      // @unroll
      for (var c = 0; c < channelsPerInvocation; c++) {
        let value = f32(inputs[cell + c]);
        let isBetter = (value > best[c]) & isInside;
        best[c] = select(best[c], value, isBetter);
        winner[c] = select(winner[c], wy * poolWidth + wx, isBetter);
      }
    }
  }
  let output = outputCell(place, place.y, place.x);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    outputs[output + c] = element(best[c]);
    winners[output + c] = u32(winner[c]);
  }
}

@compute @workgroup_size(workgroupSize)
fn averageForward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * outputHeight * outputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, outputHeight, outputWidth);
  let top = place.y * strideY - padTop;
  let left = place.x * strideX - padLeft;
  var sums: array<f32, channelsPerInvocation>;
  // @short
  for (var wy = 0; wy < poolHeight; wy++) {
    // @short
    for (var wx = 0; wx < poolWidth; wx++) {
      let isInside = isInput(top + wy, left + wx);
      let cell = inputCell(place, top + wy, left + wx);
      // @unroll
      for (var c = 0; c < channelsPerInvocation; c++) {
        sums[c] += select(0.0, f32(inputs[cell + c]), isInside);
      }
    }
  }
  let output = outputCell(place, place.y, place.x);
  let cells = cellsInside(place.y, place.x);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    outputs[output + c] = element(sums[c] / cells);
  }
}

fn storeGrad(cell: i32, grad: f32) {
  // @static
  if (activation == linear) {
    inputsGrad[cell] = element(grad);
  } else {
    inputsGrad[cell] = element(grad * activationGrad(f32(inputs[cell])));
  }
}

@compute @workgroup_size(workgroupSize)
fn maxBackward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, inputHeight, inputWidth);
  var grads: array<f32, channelsPerInvocation>;
  // @short
  for (var hy = 0; hy < holdersY; hy++) {
    // @short
    for (var hx = 0; hx < holdersX; hx++) {
      let oy = (place.y + padTop) / strideY - hy;
      let ox = (place.x + padLeft) / strideX - hx;
      let wy = place.y + padTop - oy * strideY;
      let wx = place.x + padLeft - ox * strideX;
      let isHeld = (oy >= 0) & (oy < outputHeight) & (ox >= 0) & (ox < outputWidth) & (wy < poolHeight) & (wx < poolWidth);
      let output = outputCell(place, oy, ox);
      // @unroll
      for (var c = 0; c < channelsPerInvocation; c++) {
        let hasWon = isHeld & (chosen[output + c] == u32(wy * poolWidth + wx));
        grads[c] += select(0.0, f32(outputsGrad[output + c]), hasWon);
      }
    }
  }
  let cell = inputCell(place, place.y, place.x);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    storeGrad(cell + c, grads[c]);
  }
}

@compute @workgroup_size(workgroupSize)
fn averageBackward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, inputHeight, inputWidth);
  var gradSums: array<f32, channelsPerInvocation>;
  // @short
  for (var hy = 0; hy < holdersY; hy++) {
    // @short
    for (var hx = 0; hx < holdersX; hx++) {
      let oy = (place.y + padTop) / strideY - hy;
      let ox = (place.x + padLeft) / strideX - hx;
      let wy = place.y + padTop - oy * strideY;
      let wx = place.x + padLeft - ox * strideX;
      let isHeld = (oy >= 0) & (oy < outputHeight) & (ox >= 0) & (ox < outputWidth) & (wy < poolHeight) & (wx < poolWidth);
      let output = outputCell(place, oy, ox);
      let cells = max(cellsInside(oy, ox), 1.0);
      // @unroll
      for (var c = 0; c < channelsPerInvocation; c++) {
        gradSums[c] += select(0.0, f32(outputsGrad[output + c]) / cells, isHeld);
      }
    }
  }
  let cell = inputCell(place, place.y, place.x);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    storeGrad(cell + c, gradSums[c]);
  }
}
