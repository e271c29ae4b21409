// needs: invocation, batch, activation, element
//
// The gradient of a tensor that several layers read: the sum of what each of them wrote, in a fixed order, and then the
// activation undone that its producer has fused:
//
//   inputsGrad = activationGrad(inputs) · (part0 + part1 + …)
//
// More parts than one dispatch can bind are added in several, each going on with what the one before left (isContinued);
// only the last one knows the activation.
const cellsPerExample = 1;
const partCount = 2;
const isContinued = false;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> inputsGrad: array<element>;
@group(0) @binding(3) var<storage, read> part0: array<element>;
@group(0) @binding(4) var<storage, read> part1: array<element>;
@group(0) @binding(5) var<storage, read> part2: array<element>;
@group(0) @binding(6) var<storage, read> part3: array<element>;
@group(0) @binding(7) var<storage, read> part4: array<element>;

@compute @workgroup_size(workgroupSize)
fn sum(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * cellsPerExample) {
    return;
  }
  var grad = f32(part0[index]);
  // @static
  if (isContinued) {
    grad += f32(inputsGrad[index]);
  }
  // @static
  if (partCount > 1) {
    grad += f32(part1[index]);
  }
  // @static
  if (partCount > 2) {
    grad += f32(part2[index]);
  }
  // @static
  if (partCount > 3) {
    grad += f32(part3[index]);
  }
  // @static
  if (partCount > 4) {
    grad += f32(part4[index]);
  }
  // @static
  if (activation == linear) {
    inputsGrad[index] = element(grad);
  } else {
    inputsGrad[index] = element(grad * activationGrad(f32(inputs[index])));
  }
}
