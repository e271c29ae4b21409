// The device's arithmetic and nothing else: chains of multiply-adds that never leave the registers.
//
//   sum ← sum · factor + term, for each of 8 chains that do not wait for one another
//
// One invocation takes `parts` · `chains` such steps in a turn, all written out. Factor and term come from memory, so that
// nothing can be folded beforehand; the sums are stored, so that nothing can be left out.

const workgroupSize = 64u;
// Sums, factor and term are what the registers of a small processor hold.
const chains = 8;
const parts = 32;

struct Work {
  factor: f32,
  term: f32,
  turns: u32,
}

@group(0) @binding(0) var<storage, read> work: Work;
@group(0) @binding(1) var<storage, read_write> results: array<f32>;

@compute @workgroup_size(workgroupSize)
fn multiplyAdd(@builtin(global_invocation_id) gid: vec3u) {
  let factor = work.factor;
  let term = work.term;
  let turns = work.turns;
  var sums: array<f32, chains>;
  // @unroll
  for (var chain = 0; chain < chains; chain++) {
    sums[chain] = f32(gid.x) + f32(chain);
  }
  for (var turn = 0u; turn < turns; turn++) {
    // @unroll
    for (var part = 0; part < parts; part++) {
      // @unroll
      for (var chain = 0; chain < chains; chain++) {
        sums[chain] = sums[chain] * factor + term;
      }
    }
  }
  var result = 0.0;
  // @unroll
  for (var chain = 0; chain < chains; chain++) {
    result += sums[chain];
  }
  results[gid.x] = result;
}
