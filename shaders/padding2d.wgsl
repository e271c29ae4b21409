// needs: invocation, batch, activation, element, place
//
// Padding of a plane, channels last: with zeros, with its mirror image (reflect, the border itself is not repeated; pads are
// smaller than the size), or with the nearest border cell (replicate).
//
//   forward        outputs[y,x] = inputs[source(y − top), source(x − left)], or 0 outside with zeros;
//                  reflect:   source(i) = last − |last − |i||     (mirrored at 0 and at last = size − 1)
//                  replicate: source(i) = clamp(i, 0, last)
//   inputGradient  inputsGrad[y,x] = activationGrad(inputs) · sum of outputsGrad over all cells that copied (y,x), which are
//                  the products of those along each axis:
//                  zero:      i + pad
//                  reflect:   i + pad;  pad − i for i > 0, in front;  pad + 2·last − i for i < last, behind
//                  replicate: i + pad, for the first cell all before it too, for the last one all behind it
//
// An invocation handles one position and channelsPerInvocation channels. The gradient gathers in a fixed order.
const inputHeight = 28;
const inputWidth = 28;
const outputHeight = 30;
const outputWidth = 30;
const padTop = 1;
const padLeft = 1;

const padZero = 0;
const padReflect = 1;
const padReplicate = 2;
const padMode = 1;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(4) var<storage, read_write> inputsGrad: array<element>;

fn sourceOf(cell: i32, size: i32) -> i32 {
  var source = cell;
  // @static
  if (padMode == padReflect) {
    source = size - 1 - abs(size - 1 - abs(cell));
  }
  return clamp(source, 0, size - 1);
}

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * outputHeight * outputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, outputHeight, outputWidth);
  let y = place.y - padTop;
  let x = place.x - padLeft;
  let source = cellAt(place, sourceOf(y, inputHeight), sourceOf(x, inputWidth), inputHeight, inputWidth);
  let output = cellAt(place, place.y, place.x, outputHeight, outputWidth);
  let isKept = (padMode != padZero) | ((y >= 0) & (y < inputHeight) & (x >= 0) & (x < inputWidth));
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    outputs[output + c] = select(element(0.0), inputs[source + c], isKept);
  }
}

// Mirror images along one axis that some cell can have.
const imagesY = 3;
const imagesX = 3;

// The padded cell that holds an input cell's image (0: itself, 1: before the first, 2: behind the last); −1 when there is none.
fn imageOf(cell: i32, image: i32, pad: i32, size: i32, paddedSize: i32) -> i32 {
  let before = select(-1, pad - cell, cell > 0);
  let behind = select(-1, pad + 2 * (size - 1) - cell, cell < size - 1);
  let padded = select(select(cell + pad, before, image == 1), behind, image == 2);
  return select(-1, padded, padded < paddedSize);
}

// The padded cells [x, y) that copied an input row (or column): the border ones reach to the padded edge.
fn copiesOf(cell: i32, pad: i32, size: i32, paddedSize: i32) -> vec2i {
  return vec2i(select(cell + pad, 0, cell == 0), select(cell + pad + 1, paddedSize, cell == size - 1));
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, inputHeight, inputWidth);
  var grads: array<f32, channelsPerInvocation>;
  // @static
  if (padMode == padZero) {
    let output = cellAt(place, place.y + padTop, place.x + padLeft, outputHeight, outputWidth);
    // @unroll
    for (var c = 0; c < channelsPerInvocation; c++) {
      grads[c] = f32(outputsGrad[output + c]);
    }
  }
  // @static
  if (padMode == padReflect) {
    // @unroll
    for (var imageY = 0; imageY < imagesY; imageY++) {
      // @unroll
      for (var imageX = 0; imageX < imagesX; imageX++) {
        let y = imageOf(place.y, imageY, padTop, inputHeight, outputHeight);
        let x = imageOf(place.x, imageX, padLeft, inputWidth, outputWidth);
        let isThere = (y >= 0) & (x >= 0);
        let output = cellAt(place, max(y, 0), max(x, 0), outputHeight, outputWidth);
        // @unroll
        for (var c = 0; c < channelsPerInvocation; c++) {
          grads[c] += select(0.0, f32(outputsGrad[output + c]), isThere);
        }
      }
    }
  }
  // @static
  if (padMode == padReplicate) {
    let rows = copiesOf(place.y, padTop, inputHeight, outputHeight);
    let columns = copiesOf(place.x, padLeft, inputWidth, outputWidth);
    for (var y = rows.x; y < rows.y; y++) {
      for (var x = columns.x; x < columns.y; x++) {
        let output = cellAt(place, y, x, outputHeight, outputWidth);
        // @unroll
        for (var c = 0; c < channelsPerInvocation; c++) {
          grads[c] += f32(outputsGrad[output + c]);
        }
      }
    }
  }
  let cell = cellAt(place, place.y, place.x, inputHeight, inputWidth);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    // @static
    if (activation == linear) {
      inputsGrad[cell + c] = element(grads[c]);
    } else {
      inputsGrad[cell + c] = element(grads[c] * activationGrad(f32(inputs[cell + c])));
    }
  }
}
