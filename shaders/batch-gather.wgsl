// needs: invocation, batch, step-state, element
//
// Fills a batch from a data set that lives on the GPU as bytes: inputs[n, i] = pixel / 255 of example permutation[step · size + n].
// Places past the epoch's last example get zeros; the loss gives them no gradient.
const exampleSize = 784;
const valuesPerInvocation = 16;
// Without shuffling, examples come in their own order.
const isShuffled = true;

@group(0) @binding(1) var<storage, read> images: array<u32>;
@group(0) @binding(2) var<storage, read> classIndices: array<u32>;
@group(0) @binding(3) var<storage, read> permutation: array<u32>;
@group(0) @binding(4) var<storage, read> state: StepState;
@group(0) @binding(5) var<storage, read_write> inputs: array<element>;
@group(0) @binding(6) var<storage, read_write> labels: array<u32>;

const invocationsPerExample = (exampleSize + valuesPerInvocation - 1) / valuesPerInvocation;

@compute @workgroup_size(workgroupSize)
fn gather(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let n = index / invocationsPerExample;
  if (n >= batch.size) {
    return;
  }
  let first = index % invocationsPerExample * valuesPerInvocation;
  let last = min(first + valuesPerInvocation, exampleSize);
  let place = state.stepInEpoch * batch.size + n;
  if (place >= state.exampleCount) {
    for (var i = first; i < last; i++) {
      inputs[n * exampleSize + i] = element(0.0);
    }
    return;
  }
  var example = u32(place);
  // @static
  if (isShuffled) {
    example = permutation[place];
  }
  for (var i = first; i < last; i++) {
    let byte = example * u32(exampleSize) + u32(i);
    let value = (images[byte / 4u] >> (byte % 4u * 8u)) & 255u;
    inputs[n * exampleSize + i] = element(f32(value) / 255.0);
  }
  if (first == 0) {
    labels[n] = (classIndices[example / 4u] >> (example % 4u * 8u)) & 255u;
  }
}
