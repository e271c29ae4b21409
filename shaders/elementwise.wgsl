// needs: invocation, batch, activation
//
// Activation as a layer of its own.
//
//   forward        outputs = activate(inputs)
//   inputGradient  inputsGrad = activationGrad(inputs) · outputsGrad, where outputsGrad is already by the layer's own sums
//                  (whoever wrote it has applied the layer's activationGrad) and activationGrad(inputs) is that of the layer before
const cellsPerExample = 1;

@group(0) @binding(1) var<storage, read> inputs: array<f32>;
@group(0) @binding(2) var<storage, read_write> outputs: array<f32>;
@group(0) @binding(3) var<storage, read> outputsGrad: array<f32>;
@group(0) @binding(4) var<storage, read_write> inputsGrad: array<f32>;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * cellsPerExample) {
    return;
  }
  outputs[index] = activate(inputs[index]);
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * cellsPerExample) {
    return;
  }
  // @static
  if (activation == linear) {
    inputsGrad[index] = outputsGrad[index];
  } else {
    inputsGrad[index] = outputsGrad[index] * activationGrad(inputs[index]);
  }
}
