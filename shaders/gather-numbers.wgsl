// A box of numbers out of a tensor, side by side: gathered[place + (i·count1 + j)·count2 + k] =
// numbers[first + i·stride0 + j·stride1 + k·stride2]. One invocation per number.
const workgroupSize = 64u;

struct Box {
  first: i32,
  place: i32,
  count0: i32,
  count1: i32,
  count2: i32,
  stride0: i32,
  stride1: i32,
  stride2: i32,
}

@group(0) @binding(0) var<uniform> box: Box;
@group(0) @binding(1) var<storage, read> numbers: array<f32>;
@group(0) @binding(2) var<storage, read_write> gathered: array<f32>;

@compute @workgroup_size(workgroupSize)
fn gatherBox(@builtin(global_invocation_id) gid: vec3u) {
  let index = i32(gid.x);
  if (index >= box.count0 * box.count1 * box.count2) {
    return;
  }
  let k = index % box.count2;
  let j = (index / box.count2) % box.count1;
  let i = index / (box.count2 * box.count1);
  gathered[box.place + index] = numbers[box.first + i * box.stride0 + j * box.stride1 + k * box.stride2];
}
