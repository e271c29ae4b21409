// The device's memory and nothing else: every invocation copies one vec4 in each turn.
//
//   copied[place] ← source[place], place = (i + turn · shift) mod count
//
// The count is a power of two. Invocations i that are neighbours copy neighbours, and each turn is elsewhere: over large
// arrays that is the speed of the memory, over small ones that of the cache which holds them, since a workgroup meets what
// others have touched before. Who meets at a place writes the same.

const workgroupSize = 64u;

struct Work {
  turns: u32,
  // vec4s from one turn's place to the next one's.
  shift: u32,
}

@group(0) @binding(0) var<storage, read> work: Work;
@group(0) @binding(1) var<storage, read> source: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> copied: array<vec4f>;

@compute @workgroup_size(workgroupSize)
fn copy(@builtin(global_invocation_id) gid: vec3u) {
  let count = arrayLength(&copied);
  let turns = work.turns;
  let shift = work.shift;
  for (var turn = 0u; turn < turns; turn++) {
    let place = (gid.x + turn * shift) & (count - 1u);
    copied[place] = source[place];
  }
}
