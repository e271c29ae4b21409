// needs: invocation, batch, activation
//
// Softmax over the last axis.
//
//   forward        outputs[r,k] = exp(inputs[r,k] − max_j inputs[r,j]) / sum_j exp(inputs[r,j] − max)
//   inputGradient  inputsGrad[r,k] = activationGrad(inputs) · outputs[r,k] · (outputsGrad[r,k] − sum_j outputsGrad[r,j] · outputs[r,j])
const rowsPerExample = 1;
const classes = 10;

@group(0) @binding(1) var<storage, read> inputs: array<f32>;
@group(0) @binding(2) var<storage, read_write> outputs: array<f32>;
@group(0) @binding(3) var<storage, read> probabilities: array<f32>;
@group(0) @binding(4) var<storage, read> outputsGrad: array<f32>;
@group(0) @binding(5) var<storage, read_write> inputsGrad: array<f32>;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = flatIndex(gid, groups);
  if (row >= batch.size * rowsPerExample) {
    return;
  }
  var largest = inputs[row * classes];
  for (var k = 1; k < classes; k++) {
    largest = max(largest, inputs[row * classes + k]);
  }
  var sum = 0.0;
  for (var k = 0; k < classes; k++) {
    sum += exp(inputs[row * classes + k] - largest);
  }
  for (var k = 0; k < classes; k++) {
    outputs[row * classes + k] = exp(inputs[row * classes + k] - largest) / sum;
  }
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = flatIndex(gid, groups);
  if (row >= batch.size * rowsPerExample) {
    return;
  }
  var expected = 0.0;
  for (var k = 0; k < classes; k++) {
    expected += outputsGrad[row * classes + k] * probabilities[row * classes + k];
  }
  for (var k = 0; k < classes; k++) {
    let cell = row * classes + k;
    let grad = probabilities[cell] * (outputsGrad[cell] - expected);
    // @static
    if (activation == linear) {
      inputsGrad[cell] = grad;
    } else {
      inputsGrad[cell] = grad * activationGrad(inputs[cell]);
    }
  }
}
