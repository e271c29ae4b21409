// needs: invocation, batch, activation, element
//
// Softmax over the last axis.
//
//   forward        outputs[r,k] = exp(inputs[r,k] − max_j inputs[r,j]) / sum_j exp(inputs[r,j] − max)
//   inputGradient  inputsGrad[r,k] = activationGrad(inputs) · outputs[r,k] · (outputsGrad[r,k] − sum_j outputsGrad[r,j] · outputs[r,j])
const rowsPerExample = 1;
const classes = 10;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read> probabilities: array<element>;
@group(0) @binding(4) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(5) var<storage, read_write> inputsGrad: array<element>;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = flatIndex(gid, groups);
  if (row >= batch.size * rowsPerExample) {
    return;
  }
  var largest = f32(inputs[row * classes]);
  for (var k = 1; k < classes; k++) {
    largest = max(largest, f32(inputs[row * classes + k]));
  }
  var sum = 0.0;
  for (var k = 0; k < classes; k++) {
    sum += exp(f32(inputs[row * classes + k]) - largest);
  }
  for (var k = 0; k < classes; k++) {
    outputs[row * classes + k] = element(exp(f32(inputs[row * classes + k]) - largest) / sum);
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
    expected += f32(outputsGrad[row * classes + k]) * f32(probabilities[row * classes + k]);
  }
  for (var k = 0; k < classes; k++) {
    let cell = row * classes + k;
    let grad = f32(probabilities[cell]) * (f32(outputsGrad[cell]) - expected);
    // @static
    if (activation == linear) {
      inputsGrad[cell] = element(grad);
    } else {
      inputsGrad[cell] = element(grad * activationGrad(f32(inputs[cell])));
    }
  }
}
