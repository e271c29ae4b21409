// needs: batch, activation, element, moments
//
// Layer normalization. A row is `rowCells` neighbouring numbers x of one example; every row has statistics of its own, so all
// modes compute the same.
//
//   μ, σ² = mean and biased variance of the row,   s = 1 / √(σ² + ε)
//   y_i = γ_i · x̂_i + β_i,   x̂_i = (x_i − μ) · s
//
// Backward, with g the gradient by y: x also moves its row's μ and σ², hence, summing over the row's n = rowCells numbers
// (batch-normalization.wgsl has the derivation; here γ differs inside the sums),
//   ∂x_i = s · ( γ_i g_i − Σ γ g / n − (x_i − μ) · s² Σ γ g (x − μ) / n )
//   ∂γ_i = Σ over rows g_i x̂_i,   ∂β_i = Σ over rows g_i
// Places past a short batch's examples have g = 0 and get no gradient by themselves.
//
// Row sums: short rows take an invocation each, wide ones (`wide…`) a workgroup each, which merges its lanes in a fixed tree. ∂γ and
// ∂β are summed over rows in parts: part p takes rows p, p + splitCount, …
// μ is kept as `center` + `residual`, as one float32 would round it away from numbers far from zero.
const rowCells = 8;
const rowsPerExample = 1;
const cellsPerInvocation = 4;
const splitCount = 1;
const gammaGradStride = 0;
const betaGradStride = 0;
const epsilon: f32 = 0.001;
const hasGamma = true;
const hasBeta = true;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(4) var<storage, read_write> inputsGrad: array<element>;
@group(0) @binding(5) var<storage, read> gamma: array<f32>;
@group(0) @binding(6) var<storage, read> beta: array<f32>;
@group(0) @binding(7) var<storage, read_write> statistics: array<Statistics>;
@group(0) @binding(8) var<storage, read> known: array<Statistics>;
// Per row: ∂x_i = s · (γ_i g_i − x − (x_i − center) · y).
@group(0) @binding(9) var<storage, read_write> gradientSums: array<vec2f>;
@group(0) @binding(10) var<storage, read> sums: array<vec2f>;
@group(0) @binding(11) var<storage, read_write> gammaGrad: array<f32>;
@group(0) @binding(12) var<storage, read_write> betaGrad: array<f32>;

struct Statistics {
  center: f32,
  residual: f32,
  inverseDeviation: f32,
}

// Cells of a row are dealt out in turns: block b has cells b, b + columnBlocks, …
const columnBlocks = (rowCells + cellsPerInvocation - 1) / cellsPerInvocation;

// Of a row's cells first, first + step, …, the row's first cell taken away.
fn momentsFrom(row: i32, first: i32, step: i32) -> Moments {
  let shift = f32(inputs[row * rowCells]);
  var found = Moments();
  var count = 0.0;
  for (var i = first; i < rowCells; i += step) {
    count += 1.0;
    found = withNumber(found, f32(inputs[row * rowCells + i]) - shift, count);
  }
  return found;
}

fn keepStatistics(row: i32, mean: f32, squares: f32) {
  let shift = f32(inputs[row * rowCells]);
  let center = shift + mean;
  statistics[row] = Statistics(center, (shift - center) + mean, 1.0 / sqrt(max(squares, 0.0) / f32(rowCells) + epsilon));
}

@compute @workgroup_size(workgroupSize)
fn rowStatistics(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = flatIndex(gid, groups);
  if (row >= batch.size * rowsPerExample) {
    return;
  }
  let found = momentsFrom(row, 0, 1);
  keepStatistics(row, found.mean, found.squares);
}

@compute @workgroup_size(workgroupSize)
fn wideRowStatistics(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = i32(group.y * groups.x + group.x);
  if (row >= batch.size * rowsPerExample) {
    return;
  }
  let count = f32((rowCells - i32(lane) + i32(workgroupSize) - 1) / i32(workgroupSize));
  let all = mergedByWorkgroup(momentsFrom(row, i32(lane), i32(workgroupSize)), count, lane);
  if (lane == 0u) {
    keepStatistics(row, all.y, all.z);
  }
}

@compute @workgroup_size(workgroupSize)
fn normalize(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let row = index / columnBlocks;
  if (row >= batch.size * rowsPerExample) {
    return;
  }
  let own = known[row];
  for (var i = index % columnBlocks; i < rowCells; i += columnBlocks) {
    let cell = row * rowCells + i;
    var y = (f32(inputs[cell]) - own.center - own.residual) * own.inverseDeviation;
    // @static
    if (hasGamma) {
      y *= gamma[i];
    }
    // @static
    if (hasBeta) {
      y += beta[i];
    }
    outputs[cell] = element(y);
  }
}

// γ · g of one number.
fn scaledGrad(row: i32, i: i32) -> f32 {
  var grad = f32(outputsGrad[row * rowCells + i]);
  // @static
  if (hasGamma) {
    grad *= gamma[i];
  }
  return grad;
}

fn gradientsFrom(row: i32, first: i32, step: i32) -> vec2f {
  let center = known[row].center;
  var added = vec2f();
  for (var i = first; i < rowCells; i += step) {
    let grad = scaledGrad(row, i);
    added += vec2f(grad, grad * (f32(inputs[row * rowCells + i]) - center));
  }
  return added;
}

fn keepGradients(row: i32, added: vec2f) {
  let own = known[row];
  let slope = own.inverseDeviation * own.inverseDeviation * (added.y - own.residual * added.x) / f32(rowCells);
  gradientSums[row] = vec2f(added.x / f32(rowCells) - own.residual * slope, slope);
}

@compute @workgroup_size(workgroupSize)
fn rowGradients(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = flatIndex(gid, groups);
  if (row >= batch.size * rowsPerExample) {
    return;
  }
  keepGradients(row, gradientsFrom(row, 0, 1));
}

@compute @workgroup_size(workgroupSize)
fn wideRowGradients(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = i32(group.y * groups.x + group.x);
  if (row >= batch.size * rowsPerExample) {
    return;
  }
  let all = addedByWorkgroup(gradientsFrom(row, i32(lane), i32(workgroupSize)), lane);
  if (lane == 0u) {
    keepGradients(row, all);
  }
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let row = index / columnBlocks;
  if (row >= batch.size * rowsPerExample) {
    return;
  }
  let own = known[row];
  let added = sums[row];
  for (var i = index % columnBlocks; i < rowCells; i += columnBlocks) {
    let cell = row * rowCells + i;
    let x = f32(inputs[cell]);
    let grad = own.inverseDeviation * (scaledGrad(row, i) - added.x - (x - own.center) * added.y);
    inputsGrad[cell] = element(grad * activationGrad(x));
  }
}

@compute @workgroup_size(workgroupSize)
fn weightGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= rowCells * splitCount) {
    return;
  }
  let i = index % rowCells;
  let part = index / rowCells;
  var added = vec2f();
  for (var row = part; row < batch.size * rowsPerExample; row += splitCount) {
    let own = known[row];
    let grad = f32(outputsGrad[row * rowCells + i]);
    let normalized = (f32(inputs[row * rowCells + i]) - own.center - own.residual) * own.inverseDeviation;
    added += vec2f(grad * normalized, grad);
  }
  // @static
  if (hasGamma) {
    gammaGrad[part * gammaGradStride + i] = added.x;
  }
  // @static
  if (hasBeta) {
    betaGrad[part * betaGradStride + i] = added.y;
  }
}
