// The numbers of one filter, which lie apart in the array of weights, out of it and into it: numbers[i] is weights[places[i]].
// They are carried as bits, so that what is written back is what was read. One invocation per number.
const workgroupSize = 64u;

@group(0) @binding(0) var<storage, read> places: array<u32>;
@group(0) @binding(1) var<storage, read_write> weights: array<u32>;
@group(0) @binding(2) var<storage, read_write> numbers: array<u32>;

@compute @workgroup_size(workgroupSize)
fn gather(@builtin(global_invocation_id) gid: vec3u) {
  if (gid.x < arrayLength(&places)) {
    numbers[gid.x] = weights[places[gid.x]];
  }
}

@compute @workgroup_size(workgroupSize)
fn scatter(@builtin(global_invocation_id) gid: vec3u) {
  if (gid.x < arrayLength(&places)) {
    weights[places[gid.x]] = numbers[gid.x];
  }
}
