// needs: invocation, element
//
// The copy of all weights that half precision multiplies with: halves = weights, rounded. Runs before every forward pass.
const weightCount = 64;

@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read_write> halves: array<element>;

@compute @workgroup_size(workgroupSize)
fn toHalf(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= weightCount) {
    return;
  }
  halves[index] = element(weights[index]);
}
