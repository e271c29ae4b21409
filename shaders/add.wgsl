// needs: invocation, batch, element
//
// The sum of two to six tensors of one shape, from the first to the last; more are added in several dispatches.
//
//   forward   outputs = inputs0 + inputs1 + …
//
// Every source's gradient is outputsGrad as it is, so there is no backward kernel. An invocation adds one number of each.
const cellsPerExample = 1;
const sourceCount = 6;

@group(0) @binding(1) var<storage, read> inputs0: array<element>;
@group(0) @binding(2) var<storage, read> inputs1: array<element>;
@group(0) @binding(3) var<storage, read> inputs2: array<element>;
@group(0) @binding(4) var<storage, read> inputs3: array<element>;
@group(0) @binding(5) var<storage, read> inputs4: array<element>;
@group(0) @binding(6) var<storage, read> inputs5: array<element>;
@group(0) @binding(7) var<storage, read_write> outputs: array<element>;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * cellsPerExample) {
    return;
  }
  var sum = f32(inputs0[index]) + f32(inputs1[index]);
  // @static
  if (sourceCount > 2) {
    sum += f32(inputs2[index]);
  }
  // @static
  if (sourceCount > 3) {
    sum += f32(inputs3[index]);
  }
  // @static
  if (sourceCount > 4) {
    sum += f32(inputs4[index]);
  }
  // @static
  if (sourceCount > 5) {
    sum += f32(inputs5[index]);
  }
  outputs[index] = element(sum);
}
