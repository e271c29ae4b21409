// needs: invocation, quad
//
// Whether the quads of this adapter are four invocations in a row: each writes the numbers its neighbours sent it.
@group(0) @binding(0) var<storage, read_write> received: array<f32>;

@compute @workgroup_size(workgroupSize)
fn exchange(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  received[index * 3] = f32(acrossX(element(index)));
  received[index * 3 + 1] = f32(acrossY(element(index)));
  received[index * 3 + 2] = f32(acrossDiagonal(element(index)));
}
