// needs: invocation, batch, activation, element
//
// Pooling of whole planes, channels last: per example and channel one number of all planeCells cells.
//
//   averageForward   outputs = sum of the cells / planeCells
//   averageBackward  inputsGrad = activationGrad(inputs) · outputsGrad / planeCells
//   maxForward       outputs = the largest cell; ties = how many cells are as large
//   maxBackward      inputsGrad = activationGrad(inputs) · outputsGrad / ties for those cells, else 0: equal maxima share the
//                    gradient, as TensorFlow's reduce_max has it under Keras's GlobalMaxPooling2D. (A window's pooling,
//                    pooling2d.wgsl, gives all of it to the first, as TensorFlow's max_pool does.)
//
// Small planes take one invocation per example and channel; neighbours read neighbouring channels. Larger ones are cut into
// `parts` runs of partCells cells, each with an invocation that writes what it found (…Parts), and a second kernel joins
// those in order (…Join): more work at once, shorter sums, and the same bits in every run.
const channels = 64;
const planeCells = 49;
const partCells = 49;
const parts = 1;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read_write> ties: array<u32>;
@group(0) @binding(4) var<storage, read_write> partValues: array<f32>;
@group(0) @binding(5) var<storage, read_write> partTies: array<u32>;
@group(0) @binding(6) var<storage, read> foundValues: array<f32>;
@group(0) @binding(7) var<storage, read> foundTies: array<u32>;
@group(0) @binding(8) var<storage, read> largest: array<element>;
@group(0) @binding(9) var<storage, read> sharers: array<u32>;
@group(0) @binding(10) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(11) var<storage, read_write> inputsGrad: array<element>;

struct Largest {
  value: f32,
  ties: u32,
}

// The larger of two, or both counted.
fn larger(a: Largest, value: f32, count: u32) -> Largest {
  let kept = select(a.ties, 0u, value > a.value) + select(0u, count, value >= a.value);
  return Largest(max(a.value, value), kept);
}

// The first number of a part: [example, part, channel] → the part's first cell in that channel.
fn firstOf(index: i32) -> i32 {
  let n = index / (channels * parts);
  return (n * planeCells + index / channels % parts * partCells) * channels + index % channels;
}

// Cells of a part; the last one may be short.
fn cellsOf(index: i32) -> i32 {
  return min(partCells, planeCells - index / channels % parts * partCells);
}

fn sumOf(index: i32) -> f32 {
  let first = firstOf(index);
  let cells = cellsOf(index);
  var sum = 0.0;
  for (var cell = 0; cell < cells; cell++) {
    sum += f32(inputs[first + cell * channels]);
  }
  return sum;
}

fn largestOf(index: i32) -> Largest {
  let first = firstOf(index);
  let cells = cellsOf(index);
  var best = Largest(f32(inputs[first]), 1u);
  for (var cell = 1; cell < cells; cell++) {
    best = larger(best, f32(inputs[first + cell * channels]), 1u);
  }
  return best;
}

// The place of part 0 of an output among the parts.
fn firstPartOf(index: i32) -> i32 {
  return index / channels * parts * channels + index % channels;
}

@compute @workgroup_size(workgroupSize)
fn averageForward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * channels) {
    return;
  }
  outputs[index] = element(sumOf(index) / f32(planeCells));
}

@compute @workgroup_size(workgroupSize)
fn averageParts(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * parts * channels) {
    return;
  }
  partValues[index] = sumOf(index);
}

@compute @workgroup_size(workgroupSize)
fn averageJoin(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * channels) {
    return;
  }
  let first = firstPartOf(index);
  var sum = 0.0;
  for (var part = 0; part < parts; part++) {
    sum += foundValues[first + part * channels];
  }
  outputs[index] = element(sum / f32(planeCells));
}

@compute @workgroup_size(workgroupSize)
fn maxForward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * channels) {
    return;
  }
  let best = largestOf(index);
  outputs[index] = element(best.value);
  ties[index] = best.ties;
}

@compute @workgroup_size(workgroupSize)
fn maxParts(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * parts * channels) {
    return;
  }
  let best = largestOf(index);
  partValues[index] = best.value;
  partTies[index] = best.ties;
}

@compute @workgroup_size(workgroupSize)
fn maxJoin(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * channels) {
    return;
  }
  let first = firstPartOf(index);
  var best = Largest(foundValues[first], foundTies[first]);
  for (var part = 1; part < parts; part++) {
    best = larger(best, foundValues[first + part * channels], foundTies[first + part * channels]);
  }
  outputs[index] = element(best.value);
  ties[index] = best.ties;
}

fn storeGrad(cell: i32, grad: f32) {
  // @static
  if (activation == linear) {
    inputsGrad[cell] = element(grad);
  } else {
    inputsGrad[cell] = element(grad * activationGrad(f32(inputs[cell])));
  }
}

// The output that an input cell belongs to.
fn outputOf(index: i32) -> i32 {
  return index / (channels * planeCells) * channels + index % channels;
}

@compute @workgroup_size(workgroupSize)
fn averageBackward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * planeCells * channels) {
    return;
  }
  storeGrad(index, f32(outputsGrad[outputOf(index)]) / f32(planeCells));
}

@compute @workgroup_size(workgroupSize)
fn maxBackward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * planeCells * channels) {
    return;
  }
  let output = outputOf(index);
  let share = f32(outputsGrad[output]) / f32(sharers[output]);
  storeGrad(index, select(0.0, share, inputs[index] == largest[output]));
}
