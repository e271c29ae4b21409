// needs: invocation, batch, step-state, element
//
// Fills a batch from a data set that lives on the GPU: inputs[n, i] = pixel / 255 of example permutation[step · size + n], and
// its row of targets, which is the one-hot row of its class where the data set has classes.
// Places past the epoch's last example get zeros; the loss gives them no gradient.
const exampleSize = 784;
// A multiple of 4.
const valuesPerInvocation = 16;
// Without shuffling, examples come in their own order.
const isShuffled = true;
const outputCount = 10;
const hasTargetRows = false;

@group(0) @binding(1) var<storage, read> images: array<u32>;
@group(0) @binding(2) var<storage, read> classIndices: array<u32>;
@group(0) @binding(3) var<storage, read> permutation: array<u32>;
@group(0) @binding(4) var<storage, read> state: StepState;
@group(0) @binding(5) var<storage, read_write> inputs: array<element>;
@group(0) @binding(6) var<storage, read_write> targets: array<f32>;
@group(0) @binding(7) var<storage, read> targetRows: array<f32>;

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
  // @static
  if (exampleSize % 4 == 0) {
    // Every example starts with a word, and every invocation has whole words.
    for (var i = first; i < last; i += 4) {
      let word = images[(example * u32(exampleSize) + u32(i)) / 4u];
      // @unroll
      for (var k = 0; k < 4; k++) {
        inputs[n * exampleSize + i + k] = element(f32((word >> (8u * u32(k))) & 255u) / 255.0);
      }
    }
  } else {
    for (var i = first; i < last; i++) {
      let byte = example * u32(exampleSize) + u32(i);
      let value = (images[byte / 4u] >> (byte % 4u * 8u)) & 255u;
      inputs[n * exampleSize + i] = element(f32(value) / 255.0);
    }
  }
  if (first == 0) {
    writeTargets(n, example);
  }
}

fn writeTargets(n: i32, example: u32) {
  // @static
  if (hasTargetRows) {
    for (var k = 0; k < outputCount; k++) {
      targets[n * outputCount + k] = targetRows[example * u32(outputCount) + u32(k)];
    }
  } else {
    let label = i32((classIndices[example / 4u] >> (example % 4u * 8u)) & 255u);
    for (var k = 0; k < outputCount; k++) {
      targets[n * outputCount + k] = select(0.0, 1.0, k == label);
    }
  }
}
