// needs: invocation, quad
//
// Whether the quads of this adapter are four invocations in a row: each writes the numbers its neighbours sent it, then those of
// all four.
@group(0) @binding(0) var<storage, read_write> received: array<f32>;

@compute @workgroup_size(workgroupSize)
fn exchange(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let sent = element(index);
  let ofQuad = ofAllLanes(sent, index % 4);
  received[index * 7] = f32(acrossX(sent));
  received[index * 7 + 1] = f32(acrossY(sent));
  received[index * 7 + 2] = f32(acrossDiagonal(sent));
  received[index * 7 + 3] = ofQuad.x;
  received[index * 7 + 4] = ofQuad.y;
  received[index * 7 + 5] = ofQuad.z;
  received[index * 7 + 6] = ofQuad.w;
}
