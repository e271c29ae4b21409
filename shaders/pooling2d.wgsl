// needs: invocation, batch, activation
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
// An invocation handles one position and up to channelsPerInvocation channels, so the index arithmetic is shared.
const inputHeight = 26;
const inputWidth = 26;
const channels = 32;
const outputHeight = 13;
const outputWidth = 13;
const poolHeight = 2;
const poolWidth = 2;
const strideY = 2;
const strideX = 2;
const padTop = 0;
const padLeft = 0;
const channelsPerInvocation = 16;

@group(0) @binding(1) var<storage, read> inputs: array<f32>;
@group(0) @binding(2) var<storage, read_write> outputs: array<f32>;
@group(0) @binding(3) var<storage, read_write> winners: array<u32>;
@group(0) @binding(4) var<storage, read> chosen: array<u32>;
@group(0) @binding(5) var<storage, read> outputsGrad: array<f32>;
@group(0) @binding(6) var<storage, read_write> inputsGrad: array<f32>;

const channelGroups = (channels + channelsPerInvocation - 1) / channelsPerInvocation;

// One position of a plane, and the channels [c0, c1) of it.
struct Place {
  n: i32,
  y: i32,
  x: i32,
  c0: i32,
  c1: i32,
}

fn placeOf(index: i32, height: i32, width: i32) -> Place {
  let c0 = index % channelGroups * channelsPerInvocation;
  let cell = index / channelGroups;
  return Place(cell / (height * width), cell / width % height, cell % width, c0, min(c0 + channelsPerInvocation, channels));
}

// The input rows (or columns) [x, y) of an output's window that lie inside.
fn windowRange(position: i32, stride: i32, pad: i32, window: i32, size: i32) -> vec2i {
  let start = position * stride - pad;
  return vec2i(max(start, 0), min(start + window, size));
}

// The outputs [x, y) whose windows hold an input row (or column).
fn holderRange(cell: i32, stride: i32, pad: i32, window: i32, count: i32) -> vec2i {
  let reach = cell + pad - window;
  return vec2i(select((reach + stride) / stride, 0, reach < 0), min((cell + pad) / stride + 1, count));
}

@compute @workgroup_size(workgroupSize)
fn maxForward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * outputHeight * outputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, outputHeight, outputWidth);
  let rows = windowRange(place.y, strideY, padTop, poolHeight, inputHeight);
  let columns = windowRange(place.x, strideX, padLeft, poolWidth, inputWidth);
  let top = place.y * strideY - padTop;
  let left = place.x * strideX - padLeft;
  for (var c = place.c0; c < place.c1; c++) {
    var best = inputs[((place.n * inputHeight + rows.x) * inputWidth + columns.x) * channels + c];
    var winner = (rows.x - top) * poolWidth + columns.x - left;
    for (var y = rows.x; y < rows.y; y++) {
      for (var x = columns.x; x < columns.y; x++) {
        let value = inputs[((place.n * inputHeight + y) * inputWidth + x) * channels + c];
        if (value > best) {
          best = value;
          winner = (y - top) * poolWidth + x - left;
        }
      }
    }
    let output = ((place.n * outputHeight + place.y) * outputWidth + place.x) * channels + c;
    outputs[output] = best;
    winners[output] = u32(winner);
  }
}

@compute @workgroup_size(workgroupSize)
fn averageForward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * outputHeight * outputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, outputHeight, outputWidth);
  let rows = windowRange(place.y, strideY, padTop, poolHeight, inputHeight);
  let columns = windowRange(place.x, strideX, padLeft, poolWidth, inputWidth);
  let cells = f32((rows.y - rows.x) * (columns.y - columns.x));
  for (var c = place.c0; c < place.c1; c++) {
    var sum = 0.0;
    for (var y = rows.x; y < rows.y; y++) {
      for (var x = columns.x; x < columns.y; x++) {
        sum += inputs[((place.n * inputHeight + y) * inputWidth + x) * channels + c];
      }
    }
    outputs[((place.n * outputHeight + place.y) * outputWidth + place.x) * channels + c] = sum / cells;
  }
}

fn storeGrad(place: Place, c: i32, grad: f32) {
  let cell = ((place.n * inputHeight + place.y) * inputWidth + place.x) * channels + c;
  // @static
  if (activation == linear) {
    inputsGrad[cell] = grad;
  } else {
    inputsGrad[cell] = grad * activationGrad(inputs[cell]);
  }
}

@compute @workgroup_size(workgroupSize)
fn maxBackward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, inputHeight, inputWidth);
  let rows = holderRange(place.y, strideY, padTop, poolHeight, outputHeight);
  let columns = holderRange(place.x, strideX, padLeft, poolWidth, outputWidth);
  for (var c = place.c0; c < place.c1; c++) {
    var grad = 0.0;
    for (var oy = rows.x; oy < rows.y; oy++) {
      for (var ox = columns.x; ox < columns.y; ox++) {
        let output = ((place.n * outputHeight + oy) * outputWidth + ox) * channels + c;
        let mine = (place.y - oy * strideY + padTop) * poolWidth + place.x - ox * strideX + padLeft;
        grad += select(0.0, outputsGrad[output], chosen[output] == u32(mine));
      }
    }
    storeGrad(place, c, grad);
  }
}

@compute @workgroup_size(workgroupSize)
fn averageBackward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, inputHeight, inputWidth);
  let rows = holderRange(place.y, strideY, padTop, poolHeight, outputHeight);
  let columns = holderRange(place.x, strideX, padLeft, poolWidth, outputWidth);
  for (var c = place.c0; c < place.c1; c++) {
    var grad = 0.0;
    for (var oy = rows.x; oy < rows.y; oy++) {
      for (var ox = columns.x; ox < columns.y; ox++) {
        let windowRows = windowRange(oy, strideY, padTop, poolHeight, inputHeight);
        let windowColumns = windowRange(ox, strideX, padLeft, poolWidth, inputWidth);
        let cells = f32((windowRows.y - windowRows.x) * (windowColumns.y - windowColumns.x));
        grad += outputsGrad[((place.n * outputHeight + oy) * outputWidth + ox) * channels + c] / cells;
      }
    }
    storeGrad(place, c, grad);
  }
}
