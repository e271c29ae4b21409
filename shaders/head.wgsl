// needs: cross-entropy
//
// The end of a classifier in one: its last dense layer, softmax, cross-entropy, accuracy (cross-entropy.wgsl) and the
// gradients by logits and by the layer's inputs.
//
//   z[u] = bias[u] + sum_i inputs[n,i] · kernel[i,u]
//   outputsGrad[n,u] = logitGrad(z)[u] · lossScale
//   inputsGrad[n,i] = activationGrad(inputs) · sum_u outputsGrad[n,u] · kernel[i,u]
//
// `headOfExample` is one invocation per example, for where barriers are dear. `head` is a workgroup per example, whose
// lanes share out the inputs: each sums the inputs lane, lane + lanes, … for all logits at once; the lanes' sums are then
// added in a fixed order, and every lane knows all logits. `activation` is that of the layer before; the logits have none.
const inputCount = 64;
const hasBias = true;

@group(0) @binding(7) var<storage, read> inputs: array<element>;
@group(0) @binding(8) var<storage, read> kernel: array<element>;
@group(0) @binding(9) var<storage, read> bias: array<f32>;
@group(0) @binding(10) var<storage, read_write> inputsGrad: array<element>;

const lanes = i32(workgroupSize);

var<workgroup> laneSums: array<f32, workgroupSize * classes>;
var<workgroup> laneLogits: array<f32, classes>;

@compute @workgroup_size(workgroupSize)
fn headOfExample(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let n = flatIndex(gid, groups);
  if (n >= batch.size) {
    return;
  }
  sumInputs(n, 0, 1);
  // @unroll
  for (var u = 0; u < classes; u++) {
    logits[u] += biasOf(u);
  }
  passBack(n, 0, 1);
}

@compute @workgroup_size(workgroupSize)
fn head(
  @builtin(workgroup_id) wid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lid: u32,
) {
  let n = i32(wid.y * groups.x + wid.x);
  if (n >= batch.size) {
    return;
  }
  let lane = i32(lid);
  sumInputs(n, lane, lanes);
  // @unroll
  for (var u = 0; u < classes; u++) {
    laneSums[u * lanes + lane] = logits[u];
  }
  workgroupBarrier();
  for (var u = lane; u < classes; u += lanes) {
    var sum = biasOf(u);
    for (var other = 0; other < lanes; other++) {
      sum += laneSums[u * lanes + other];
    }
    laneLogits[u] = sum;
  }
  workgroupBarrier();
  // @unroll
  for (var u = 0; u < classes; u++) {
    logits[u] = laneLogits[u];
  }
  passBack(n, lane, lanes);
}

fn biasOf(u: i32) -> f32 {
  var value = 0.0;
  // @static
  if (hasBias) {
    value = bias[u];
  }
  return value;
}

// The products of every step-th input from the first, as logits.
fn sumInputs(n: i32, first: i32, step: i32) {
  var sums: array<f32, classes>;
  for (var i = first; i < inputCount; i += step) {
    let cell = inputs[n * inputCount + i];
    // @unroll
    for (var u = 0; u < classes; u++) {
      sums[u] += f32(cell * kernel[i * classes + u]);
    }
  }
  // @unroll
  for (var u = 0; u < classes; u++) {
    logits[u] = sums[u];
  }
}

// From the logits to the metrics and the gradients, those by every step-th input from the first.
fn passBack(n: i32, first: i32, step: i32) {
  let count = exampleCount();
  let isExample = n < count;
  let row = n * classes;
  let found = readRow(row);
  var gradCells: array<element, classes>;
  // @unroll
  for (var u = 0; u < classes; u++) {
    gradCells[u] = element(select(0.0, logitGrad(found, row, u, count) * state.lossScale, isExample));
  }
  if (first == 0) {
    // @unroll
    for (var u = 0; u < classes; u++) {
      outputsGrad[row + u] = gradCells[u];
    }
    metrics[n] = ExampleMetrics(select(0.0, found.loss, isExample), select(0.0, found.isCorrect, isExample));
  }
  for (var i = first; i < inputCount; i += step) {
    let cell = n * inputCount + i;
    var gradSum = 0.0;
    // @unroll
    for (var u = 0; u < classes; u++) {
      gradSum += f32(gradCells[u] * kernel[i * classes + u]);
    }
    // @static
    if (activation == linear) {
      inputsGrad[cell] = element(gradSum);
    } else {
      inputsGrad[cell] = element(gradSum * activationGrad(f32(inputs[cell])));
    }
  }
}
