// needs: invocation, weight-sections
//
// Sums over all numbers of each weight in two stages of fixed order: per block of 64 numbers, then per section.
//
//   squares    blockSums[b] = Σ g²                    the squared norms that gradients are clipped by
//   penalties  blockSums[b] = Σ l1 |w| + l2 w²        what the regularizers add to the loss
//   sections   sectionSums[s] = Σ blockSums           one workgroup per section
//   total      sectionSums[sectionCount] = Σ sectionSums
const blockCount = 1;
const sectionCount = 1;

@group(0) @binding(2) var<storage, read> gradients: array<f32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> blockSums: array<f32>;
@group(0) @binding(5) var<storage, read_write> sectionSums: array<f32>;

var<workgroup> sums: array<f32, workgroupSize>;

@compute @workgroup_size(workgroupSize)
fn squares(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let block = flatIndex(gid, groups);
  if (block >= blockCount) {
    return;
  }
  var sum = 0.0;
  for (var i = 0; i < blockSize; i++) {
    let grad = gradients[block * blockSize + i];
    sum += grad * grad;
  }
  blockSums[block] = sum;
}

@compute @workgroup_size(workgroupSize)
fn penalties(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let block = flatIndex(gid, groups);
  if (block >= blockCount) {
    return;
  }
  let section = sections[blocks[block].section];
  var sum = 0.0;
  for (var i = 0; i < blockSize; i++) {
    let weight = weights[block * blockSize + i];
    sum += section.l1 * abs(weight) + section.l2 * weight * weight;
  }
  blockSums[block] = sum;
}

@compute @workgroup_size(workgroupSize)
fn sectionSum(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lid: u32) {
  let place = i32(wid.y * groups.x + wid.x);
  let section = sections[min(place, sectionCount - 1)];
  var own = 0.0;
  for (var b = i32(lid); b < section.blockCount; b += i32(workgroupSize)) {
    own += blockSums[section.firstBlock + b];
  }
  let sum = workgroupSum(lid, own);
  if (lid == 0u && place < sectionCount) {
    sectionSums[place] = sum;
  }
}

@compute @workgroup_size(workgroupSize)
fn total(@builtin(local_invocation_index) lid: u32) {
  var own = 0.0;
  for (var s = i32(lid); s < sectionCount; s += i32(workgroupSize)) {
    own += sectionSums[s];
  }
  let sum = workgroupSum(lid, own);
  if (lid == 0u) {
    sectionSums[sectionCount] = sum;
  }
}

// The workgroup's numbers added up in a fixed tree, for its first invocation.
fn workgroupSum(lid: u32, own: f32) -> f32 {
  sums[lid] = own;
  workgroupBarrier();
  for (var half = workgroupSize / 2u; half > 0u; half /= 2u) {
    if (lid < half) {
      sums[lid] += sums[lid + half];
    }
    workgroupBarrier();
  }
  return sums[0];
}
