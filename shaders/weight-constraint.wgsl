// needs: invocation
//
// Keras 3's constraints (keras/src/constraints), after the update, one weight per dispatch. n is the norm over the
// reduced axes, eps = 1e-7:
//
//   nonNeg      w ← w · [w ≥ 0]
//   unitNorm    w ← w / (eps + n)
//   maxNorm     w ← w · min(n, maxValue) / (eps + n)
//   minMaxNorm  w ← w · (rate · min(max(n, minValue), maxValue) + (1 − rate) · n) / (eps + n)
//
// The weight has four axes, the first ones of size 1 where it has fewer. One workgroup per group of numbers with a norm in
// common: it adds up their squares in a fixed tree, then scales them. Filters that do not learn keep their numbers.
const size0 = 1;
const size1 = 1;
const size2 = 1;
const size3 = 1;
// 1 for the axes that a norm is over, else 0.
const reduced0 = 1;
const reduced1 = 1;
const reduced2 = 1;
const reduced3 = 0;

const unitNorm = 0;
const maxNorm = 1;
const minMaxNorm = 2;
const constraint = 0;
const minValue: f32 = 0.0;
const maxValue: f32 = 1.0;
const rate: f32 = 1.0;
const epsilon: f32 = 1e-7;

const isSelective = false;
const firstFlag = 0;
const filters = 1;
const inner = 1;
const isLearning = 1u;

@group(0) @binding(0) var<storage, read_write> weight: array<f32>;
@group(0) @binding(1) var<storage, read> flags: array<u32>;

var<workgroup> sums: array<f32, workgroupSize>;

const members0 = 1 + (size0 - 1) * reduced0;
const members1 = 1 + (size1 - 1) * reduced1;
const members2 = 1 + (size2 - 1) * reduced2;
const members3 = 1 + (size3 - 1) * reduced3;
const memberCount = members0 * members1 * members2 * members3;
const cellCount = size0 * size1 * size2 * size3;
const groupCount = cellCount / memberCount;

// Where member `member` of group `group` is.
fn place(group: i32, member: i32) -> i32 {
  let groups3 = size3 / members3;
  let groups2 = size2 / members2;
  let groups1 = size1 / members1;
  let i3 = group % groups3 + member % members3;
  let i2 = group / groups3 % groups2 + member / members3 % members2;
  let i1 = group / (groups3 * groups2) % groups1 + member / (members3 * members2) % members1;
  let i0 = group / (groups3 * groups2 * groups1) + member / (members3 * members2 * members1);
  return ((i0 * size1 + i1) * size2 + i2) * size3 + i3;
}

fn learns(index: i32) -> bool {
  var isFree = true;
  // @static
  if (isSelective) {
    isFree = flags[firstFlag + index / inner % filters] == isLearning;
  }
  return isFree;
}

fn scaleFor(norm: f32) -> f32 {
  var wanted = 1.0;
  // @static
  if (constraint == maxNorm) {
    wanted = min(norm, maxValue);
  }
  // @static
  if (constraint == minMaxNorm) {
    wanted = rate * clamp(norm, minValue, maxValue) + (1.0 - rate) * norm;
  }
  return wanted / (epsilon + norm);
}

@compute @workgroup_size(workgroupSize)
fn scale(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lid: u32) {
  let group = i32(wid.y * groups.x + wid.x);
  let isInside = group < groupCount;
  var own = 0.0;
  for (var member = i32(lid); member < memberCount; member += i32(workgroupSize)) {
    let number = weight[place(min(group, groupCount - 1), member)];
    own += number * number;
  }
  sums[lid] = own;
  workgroupBarrier();
  for (var half = workgroupSize / 2u; half > 0u; half /= 2u) {
    if (lid < half) {
      sums[lid] += sums[lid + half];
    }
    workgroupBarrier();
  }
  let factor = scaleFor(sqrt(sums[0]));
  for (var member = i32(lid); member < memberCount; member += i32(workgroupSize)) {
    let index = place(min(group, groupCount - 1), member);
    if (isInside && learns(index)) {
      weight[index] *= factor;
    }
  }
}

@compute @workgroup_size(workgroupSize)
fn nonNeg(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= cellCount) {
    return;
  }
  if (learns(index)) {
    weight[index] = max(weight[index], 0.0);
  }
}
