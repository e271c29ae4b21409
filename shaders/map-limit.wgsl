// The symmetric limit of a colour scale: limits[slot] = the largest |number| of a tensor. One workgroup, a fixed tree.
const workgroupSize = 64u;

struct LimitRequest {
  count: i32,
  slot: i32,
}

@group(0) @binding(0) var<uniform> request: LimitRequest;
@group(0) @binding(1) var<storage, read> numbers: array<f32>;
@group(0) @binding(2) var<storage, read_write> limits: array<f32>;

var<workgroup> largest: array<f32, workgroupSize>;

@compute @workgroup_size(workgroupSize)
fn findLimit(@builtin(local_invocation_index) lid: u32) {
  var own = 0.0;
  for (var i = i32(lid); i < request.count; i += i32(workgroupSize)) {
    own = max(own, abs(numbers[i]));
  }
  largest[lid] = own;
  workgroupBarrier();
  for (var half = workgroupSize / 2u; half > 0u; half /= 2u) {
    if (lid < half) {
      largest[lid] = max(largest[lid], largest[lid + half]);
    }
    workgroupBarrier();
  }
  if (lid == 0u) {
    limits[request.slot] = largest[0];
  }
}
