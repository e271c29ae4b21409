// needs: invocation, batch, activation, element, place
//
// Upsampling of a plane by whole factors, channels last.
//
//   nearest   outputs[o] = inputs[⌊o / scale⌋] along each axis; an input's gradient is the sum over its scale · scale copies.
//
//   bilinear  cells are taken by their centres (TensorFlow's resize with half-pixel centres): the centre of output o lies at
//                 p(o) = (o + ½) / scale − ½ = (2·o + 1 − scale) / (2·scale),   held between the first and the last input,
//             and an input i counts there by the hat max(0, 1 − |p(o) − i|) of each axis, which is not 0 for at most two.
//             The gradient of i is the sum, with the same weights, over the outputs that read it. p(o) > i − 1 begins at
//                 o = (i − 1)·scale + ⌊(scale + 1) / 2⌋,
//             and p(o) < i + 1 ends within 2·scale outputs from there; those that p holds at the border are among them,
//             as none lies further than scale / 2 outside. So it is a gather, in a fixed order.
//
// Positions are whole numbers of 1 / (2·scale), so the weights are exact. An invocation handles one position and
// channelsPerInvocation channels.
const inputHeight = 14;
const inputWidth = 14;
const scaleY = 2;
const scaleX = 2;

const outputHeight = inputHeight * scaleY;
const outputWidth = inputWidth * scaleX;
// Units of a position in one input cell, and outputs that can read it, along each axis.
const unitsY = 2 * scaleY;
const unitsX = 2 * scaleX;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(4) var<storage, read_write> inputsGrad: array<element>;

fn storeGrad(cell: i32, grad: f32) {
  // @static
  if (activation == linear) {
    inputsGrad[cell] = element(grad);
  } else {
    inputsGrad[cell] = element(grad * activationGrad(f32(inputs[cell])));
  }
}

@compute @workgroup_size(workgroupSize)
fn nearestForward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * outputHeight * outputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, outputHeight, outputWidth);
  let source = cellAt(place, place.y / scaleY, place.x / scaleX, inputHeight, inputWidth);
  let output = cellAt(place, place.y, place.x, outputHeight, outputWidth);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    outputs[output + c] = inputs[source + c];
  }
}

@compute @workgroup_size(workgroupSize)
fn nearestBackward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, inputHeight, inputWidth);
  var grads: array<f32, channelsPerInvocation>;
  // @short
  for (var copyY = 0; copyY < scaleY; copyY++) {
    // @short
    for (var copyX = 0; copyX < scaleX; copyX++) {
      let output = cellAt(place, place.y * scaleY + copyY, place.x * scaleX + copyX, outputHeight, outputWidth);
      // @unroll
      for (var c = 0; c < channelsPerInvocation; c++) {
        grads[c] += f32(outputsGrad[output + c]);
      }
    }
  }
  let cell = cellAt(place, place.y, place.x, inputHeight, inputWidth);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    storeGrad(cell + c, grads[c]);
  }
}

// Where an output's centre lies among the inputs' centres, in units of 1 / (2·scale) input cells.
fn positionOf(output: i32, scale: i32, size: i32) -> i32 {
  return clamp(2 * output + 1 - scale, 0, 2 * scale * (size - 1));
}

@compute @workgroup_size(workgroupSize)
fn bilinearForward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * outputHeight * outputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, outputHeight, outputWidth);
  let positionY = positionOf(place.y, scaleY, inputHeight);
  let positionX = positionOf(place.x, scaleX, inputWidth);
  let y = positionY / unitsY;
  let x = positionX / unitsX;
  let bottom = min(y + 1, inputHeight - 1);
  let right = min(x + 1, inputWidth - 1);
  let shareY = f32(positionY % unitsY) / f32(unitsY);
  let shareX = f32(positionX % unitsX) / f32(unitsX);
  let topLeft = cellAt(place, y, x, inputHeight, inputWidth);
  let topRight = cellAt(place, y, right, inputHeight, inputWidth);
  let bottomLeft = cellAt(place, bottom, x, inputHeight, inputWidth);
  let bottomRight = cellAt(place, bottom, right, inputHeight, inputWidth);
  let output = cellAt(place, place.y, place.x, outputHeight, outputWidth);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    let top = f32(inputs[topLeft + c]) * (1.0 - shareX) + f32(inputs[topRight + c]) * shareX;
    let below = f32(inputs[bottomLeft + c]) * (1.0 - shareX) + f32(inputs[bottomRight + c]) * shareX;
    outputs[output + c] = element(top * (1.0 - shareY) + below * shareY);
  }
}

// What input `cell` counts in an output; 0 for one that does not exist.
fn weightOf(cell: i32, output: i32, scale: i32, size: i32) -> f32 {
  let units = max(2 * scale - abs(positionOf(output, scale, size) - 2 * scale * cell), 0);
  return select(0.0, f32(units) / f32(2 * scale), (output >= 0) & (output < size * scale));
}

@compute @workgroup_size(workgroupSize)
fn bilinearBackward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * channelGroups) {
    return;
  }
  let place = placeOf(index, inputHeight, inputWidth);
  let firstY = (place.y - 1) * scaleY + (scaleY + 1) / 2;
  let firstX = (place.x - 1) * scaleX + (scaleX + 1) / 2;
  var gradSums: array<f32, channelsPerInvocation>;
  // @short
  for (var stepY = 0; stepY < unitsY; stepY++) {
    // @short
    for (var stepX = 0; stepX < unitsX; stepX++) {
      let y = firstY + stepY;
      let x = firstX + stepX;
      let weight = weightOf(place.y, y, scaleY, inputHeight) * weightOf(place.x, x, scaleX, inputWidth);
      let output = cellAt(place, clamp(y, 0, outputHeight - 1), clamp(x, 0, outputWidth - 1), outputHeight, outputWidth);
      // @unroll
      for (var c = 0; c < channelsPerInvocation; c++) {
        gradSums[c] += f32(outputsGrad[output + c]) * weight;
      }
    }
  }
  let cell = cellAt(place, place.y, place.x, inputHeight, inputWidth);
  // @unroll
  for (var c = 0; c < channelsPerInvocation; c++) {
    storeGrad(cell + c, gradSums[c]);
  }
}
