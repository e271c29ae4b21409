// needs: invocation, batch, activation, element
//
// Activation as a layer of its own.
//
//   forward        outputs = activate(inputs)
//   inputGradient  inputsGrad = activationGrad(inputs) · outputsGrad, where outputsGrad is already by the layer's own sums
//                  (whoever wrote it has applied the layer's activationGrad) and activationGrad(inputs) is that of the layer before
//   inputGradientAt  inputsGrad = f'(inputs) · outputsGrad for gelu and silu, whose derivative takes the inputs:
//                  gelu  (1 + erf(x / √2)) / 2 + x · exp(−x² / 2) / √(2π),   silu  s · (1 + x · (1 − s)) with s = sigmoid(x)
const cellsPerExample = 1;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(4) var<storage, read_write> inputsGrad: array<element>;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * cellsPerExample) {
    return;
  }
  outputs[index] = element(activate(f32(inputs[index])));
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * cellsPerExample) {
    return;
  }
  // @static
  if (activation == linear) {
    inputsGrad[index] = element(outputsGrad[index]);
  } else {
    inputsGrad[index] = element(f32(outputsGrad[index]) * activationGrad(f32(inputs[index])));
  }
}

@compute @workgroup_size(workgroupSize)
fn inputGradientAt(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * cellsPerExample) {
    return;
  }
  let x = f32(inputs[index]);
  let s = logistic(x);
  var slope = s * (1.0 + x * (1.0 - s));
  // @static
  if (activation == gelu) {
    slope = 0.5 * (1.0 + erf(x * 0.7071067811865476)) + x * exp(-0.5 * min(x * x, 2.0 * sigmoidLimit)) * 0.3989422804014327;
  }
  inputsGrad[index] = element(f32(outputsGrad[index]) * slope);
}
