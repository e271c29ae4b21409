// needs: invocation, weight-sections
//
// Puts new flags of filters into force: a filter that is now held at zero has its numbers put by, and gets them back when
// it is not any more. Runs when a mask changes, never in a step. `flags` are the new ones, `formerFlags` those in force.
const weightCount = 64;

@group(0) @binding(2) var<storage, read> formerFlags: array<u32>;
@group(0) @binding(3) var<storage, read_write> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> putBy: array<f32>;

@compute @workgroup_size(workgroupSize)
fn enforce(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= weightCount) {
    return;
  }
  let place = flagIndex(index);
  let wasZeroed = formerFlags[place] == isZeroed;
  let becomesZeroed = flags[place] == isZeroed;
  if (becomesZeroed && !wasZeroed) {
    putBy[index] = weights[index];
    weights[index] = 0.0;
  }
  if (wasZeroed && !becomesZeroed) {
    weights[index] = putBy[index];
  }
}
