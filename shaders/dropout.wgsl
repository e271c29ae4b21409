// needs: invocation, batch, step-state, activation, element, random
//
// Inverted dropout: in training every number is kept with probability 1 − rate and divided by it, or is 0.
//
//   u_i = number i of the stream (dropout, layerIndex) of this step,   kept where u_i ≥ rate
//   forward         outputs = kept ? inputs · scale : 0,                                scale = 1 / (1 − rate)
//   inputGradient   inputsGrad = kept ? outputsGrad · scale · activationGrad(inputs) : 0
//   spatial…        the same with one number per example and map, so that whole maps are dropped
//
// The mask is not stored: the backward pass draws the same numbers again from (seed, layerIndex, step). i counts the numbers of
// the batch; for maps it is n · mapPlaces + channel, where mapPlaces is the channels rounded up to a multiple of 4. An
// invocation draws one block of four numbers, and goes through a share of the positions with those of four maps.
const cellsPerExample = 1;
// Of spatial dropout.
const positions = 1;
const channels = 1;
const positionBlocks = 1;
const layerIndex = 0;
// A word's upper 24 bits are u · 2²⁴; what is below this is dropped.
const droppedBelow = 0;
const scale: f32 = 1.0;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(4) var<storage, read_write> inputsGrad: array<element>;
@group(0) @binding(5) var<storage, read> state: StepState;

const channelBlocks = (channels + 3) / 4;

// What block `block` of the mask multiplies its four numbers by.
fn factorsOf(block: i32) -> vec4f {
  let words = randomWords(state.seed, dropoutStream, layerIndex, u32(state.step), u32(block));
  return select(vec4f(), vec4f(scale), (words >> vec4u(8)) >= vec4u(droppedBelow));
}

// A dropped number leaves 0 even of what is no number.
fn forwardCell(cell: i32, factor: f32) {
  outputs[cell] = element(select(0.0, f32(inputs[cell]) * factor, factor > 0.0));
}

fn gradientCell(cell: i32, factor: f32) {
  var grad = f32(outputsGrad[cell]) * factor;
  // @static
  if (activation != linear) {
    grad *= activationGrad(f32(inputs[cell]));
  }
  inputsGrad[cell] = element(select(0.0, grad, factor > 0.0));
}

// The blocks are gone through from their last number to their first: what lies behind the end falls on the last number, and
// is overwritten by what belongs there.
@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let block = flatIndex(gid, groups);
  let last = batch.size * cellsPerExample - 1;
  if (block * 4 > last) {
    return;
  }
  let factors = factorsOf(block);
  // @unroll
  for (var k = 0; k < 4; k++) {
    forwardCell(min(block * 4 + 3 - k, last), factors[3 - k]);
  }
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let block = flatIndex(gid, groups);
  let last = batch.size * cellsPerExample - 1;
  if (block * 4 > last) {
    return;
  }
  let factors = factorsOf(block);
  // @unroll
  for (var k = 0; k < 4; k++) {
    gradientCell(min(block * 4 + 3 - k, last), factors[3 - k]);
  }
}

// The block of maps of an invocation, and the first of its positions.
struct MapBlock {
  n: i32,
  channel: i32,
  position: i32,
  factors: vec4f,
}

fn mapBlockOf(index: i32) -> MapBlock {
  let column = index % channelBlocks;
  let n = index / channelBlocks / positionBlocks;
  return MapBlock(n, column * 4, index / channelBlocks % positionBlocks, factorsOf(n * channelBlocks + column));
}

@compute @workgroup_size(workgroupSize)
fn spatialForward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * positionBlocks * channelBlocks) {
    return;
  }
  let maps = mapBlockOf(index);
  for (var position = maps.position; position < positions; position += positionBlocks) {
    let row = (maps.n * positions + position) * channels;
    // @unroll
    for (var k = 0; k < 4; k++) {
      forwardCell(row + min(maps.channel + 3 - k, channels - 1), maps.factors[3 - k]);
    }
  }
}

@compute @workgroup_size(workgroupSize)
fn spatialInputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * positionBlocks * channelBlocks) {
    return;
  }
  let maps = mapBlockOf(index);
  for (var position = maps.position; position < positions; position += positionBlocks) {
    let row = (maps.n * positions + position) * channels;
    // @unroll
    for (var k = 0; k < 4; k++) {
      gradientCell(row + min(maps.channel + 3 - k, channels - 1), maps.factors[3 - k]);
    }
  }
}
