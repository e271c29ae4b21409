// What the numbers of one tensor come to.
//
//   summarise     one workgroup, a fixed tree: found = limit, largest |number|, Σ number, Σ number², zeros; the limit is the
//                 smallest power of two that no number is beyond, 0 for zeros only
//   countBins     after it, an invocation for each number: how many of those that are not 0 lie in each of binCount equal parts of −limit…limit
//   noteLargest   an invocation for each map: found[map] = max(found[map], the largest |number| of that map), channels last
const workgroupSize = 64u;
const binCount = 64;
// 2^-60 and up to 2^60: what lies outside is as good as 0, or not finite.
const leastPower = -60.0;
const powers = 120;

struct Span {
  // Numbers of the tensor; of one map, for `noteLargest`.
  count: i32,
  // Channels, for `noteLargest`.
  maps: i32,
}

@group(0) @binding(0) var<uniform> span: Span;
@group(0) @binding(1) var<storage, read> numbers: array<f32>;
@group(0) @binding(2) var<storage, read_write> found: array<f32>;
@group(0) @binding(3) var<storage, read_write> bins: array<atomic<u32>>;

// Largest |number|, Σ number, Σ number², zeros.
var<workgroup> partial: array<vec4f, workgroupSize>;

fn powerAbove(size: f32) -> f32 {
  var limit = exp2(leastPower);
  for (var power = 0; power < powers && limit < size; power++) {
    limit *= 2.0;
  }
  return select(0.0, limit, size > 0.0);
}

@compute @workgroup_size(workgroupSize)
fn summarise(@builtin(local_invocation_index) lid: u32) {
  var own = vec4f();
  for (var i = i32(lid); i < span.count; i += i32(workgroupSize)) {
    let number = numbers[i];
    own = vec4f(max(own.x, abs(number)), own.yzw + vec3f(number, number * number, select(0.0, 1.0, number == 0.0)));
  }
  partial[lid] = own;
  workgroupBarrier();
  for (var half = workgroupSize / 2u; half > 0u; half /= 2u) {
    if (lid < half) {
      let other = partial[lid + half];
      partial[lid] = vec4f(max(partial[lid].x, other.x), partial[lid].yzw + other.yzw);
    }
    workgroupBarrier();
  }
  if (lid == 0u) {
    let all = partial[0];
    found[0] = powerAbove(all.x);
    found[1] = all.x;
    found[2] = all.y;
    found[3] = all.z;
    found[4] = all.w;
  }
}

@compute @workgroup_size(workgroupSize)
fn countBins(@builtin(global_invocation_id) gid: vec3u) {
  let index = i32(gid.x);
  if (index >= span.count) {
    return;
  }
  let number = numbers[index];
  let limit = found[0];
  if (number != 0.0 && limit > 0.0) {
    let place = clamp((number / limit + 1.0) * 0.5 * f32(binCount), 0.0, f32(binCount - 1));
    atomicAdd(&bins[i32(place)], 1u);
  }
}

@compute @workgroup_size(workgroupSize)
fn noteLargest(@builtin(global_invocation_id) gid: vec3u) {
  let map = i32(gid.x);
  if (map >= span.maps) {
    return;
  }
  var largest = found[map];
  for (var cell = 0; cell < span.count; cell++) {
    largest = max(largest, abs(numbers[cell * span.maps + map]));
  }
  found[map] = largest;
}
