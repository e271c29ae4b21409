// One number per invocation. Dispatches are one-dimensional and fold into y past 65,535 workgroups, so every kernel asks
// for its flat index here and checks it against its own bound.
const workgroupSize = 64u;

fn flatIndex(gid: vec3u, groups: vec3u) -> i32 {
  return i32(gid.y * groups.x * workgroupSize + gid.x);
}
