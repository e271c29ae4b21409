// needs: batch, step-state, activation, element, moments
//
// Batch normalization over the last axis. A row is one position of one example: `channels` numbers x. For every channel
//
//   training    μ, σ² = mean and biased variance over the N rows of the batch's real examples (a short batch has fewer)
//   fixed       μ, σ² = moving_mean, moving_variance          (inference, and layers that are not trainable)
//   y = γ · x̂ + β,   x̂ = (x − μ) / √(σ² + ε)
//   moving' = moving · momentum + (μ or σ²) · (1 − momentum)                                       (Keras 3: σ² stays biased)
//
// Backward, with g the gradient by y and s = 1 / √(σ² + ε): fixed statistics leave ∂x = γ s g. In training x also moves μ and
// σ²: ∂x̂ = γ g, ∂σ² = −½ s³ Σ ∂x̂ (x − μ), ∂μ = −s Σ ∂x̂ (its term through σ² is −2 ∂σ² Σ (x − μ) / N = 0), and
//   ∂x = s ∂x̂ + ∂σ² · 2 (x − μ) / N + ∂μ / N = γ s · ( g − Σg / N − (x − μ) · s² Σ g (x − μ) / N )
//   ∂β = Σ g,   ∂γ = Σ g x̂ = s Σ g (x − μ)
// Places past the batch's examples take no part in the sums and get no gradient.
//
// Sums have two stages of fixed order: part p takes rows p, p + parts, … (neighbours read neighbours), then one workgroup per
// channel merges the parts. μ is kept as `center` + `residual`, as one float32 would round it away from numbers far from zero.
const channels = 8;
// Rows of one example.
const positions = 1;
const channelsPerInvocation = 4;
const rowsPerInvocation = 8;
const parts = 4;
const epsilon: f32 = 0.001;
const momentum: f32 = 0.99;
// 1 − momentum, computed in double precision.
const arrivingShare: f32 = 0.01;
const isFixed = false;
const hasGamma = true;
const hasBeta = true;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(4) var<storage, read_write> inputsGrad: array<element>;
@group(0) @binding(5) var<storage, read> state: StepState;
@group(0) @binding(6) var<storage, read> gamma: array<f32>;
@group(0) @binding(7) var<storage, read> beta: array<f32>;
@group(0) @binding(8) var<storage, read> fixedMean: array<f32>;
@group(0) @binding(9) var<storage, read> fixedVariance: array<f32>;
@group(0) @binding(10) var<storage, read_write> movingMean: array<f32>;
@group(0) @binding(11) var<storage, read_write> movingVariance: array<f32>;
// Two numbers per part and channel.
@group(0) @binding(12) var<storage, read_write> partSums: array<vec2f>;
@group(0) @binding(13) var<storage, read> summedParts: array<vec2f>;
@group(0) @binding(14) var<storage, read_write> statistics: array<Statistics>;
@group(0) @binding(15) var<storage, read> known: array<Statistics>;
@group(0) @binding(16) var<storage, read_write> gradientSums: array<GradientSums>;
@group(0) @binding(17) var<storage, read> sums: array<GradientSums>;
@group(0) @binding(18) var<storage, read_write> gammaGrad: array<f32>;
@group(0) @binding(19) var<storage, read_write> betaGrad: array<f32>;

// Of one channel: μ = center + residual; y = (x − center) · scale + offset.
struct Statistics {
  center: f32,
  residual: f32,
  variance: f32,
  inverseDeviation: f32,
  scale: f32,
  offset: f32,
}

// Of one channel: ∂γ, ∂β, and ∂x = scale · (g − level − (x − center) · slope).
struct GradientSums {
  gammaGrad: f32,
  betaGrad: f32,
  level: f32,
  slope: f32,
}

const channelTiles = (channels + channelsPerInvocation - 1) / channelsPerInvocation;

// The last tile moves inward; what it shares with the one before is computed twice, bit for bit the same.
fn firstChannel(index: i32) -> i32 {
  return min(index % channelTiles * channelsPerInvocation, channels - channelsPerInvocation);
}

// Rows of the batch's real examples, which come first. Fixed statistics need no count, and the others' gradient is 0.
fn realRows() -> i32 {
  var examples = batch.size;
  // @static
  if (!isFixed) {
    examples = min(examples, state.exampleCount - state.stepInEpoch * batch.size);
  }
  return examples * positions;
}

fn statisticsOf(c: i32, center: f32, residual: f32, variance: f32) -> Statistics {
  let inverseDeviation = 1.0 / sqrt(variance + epsilon);
  var scale = inverseDeviation;
  // @static
  if (hasGamma) {
    scale *= gamma[c];
  }
  var offset = -residual * scale;
  // @static
  if (hasBeta) {
    offset += beta[c];
  }
  return Statistics(center, residual, variance, inverseDeviation, scale, offset);
}

@compute @workgroup_size(workgroupSize)
fn momentParts(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= parts * channelTiles) {
    return;
  }
  let c = firstChannel(index);
  let part = index / channelTiles;
  let rows = realRows();
  var shifts: array<f32, channelsPerInvocation>;
  var found: array<Moments, channelsPerInvocation>;
  // @unroll
  for (var q = 0; q < channelsPerInvocation; q++) {
    shifts[q] = f32(inputs[c + q]);
  }
  var count = 0.0;
  for (var row = part; row < rows; row += parts) {
    count += 1.0;
    // @unroll
    for (var q = 0; q < channelsPerInvocation; q++) {
      found[q] = withNumber(found[q], f32(inputs[row * channels + c + q]) - shifts[q], count);
    }
  }
  // @unroll
  for (var q = 0; q < channelsPerInvocation; q++) {
    partSums[part * channels + c + q] = vec2f(found[q].mean, found[q].squares);
  }
}

@compute @workgroup_size(workgroupSize)
fn mergeMoments(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let c = i32(group.y * groups.x + group.x);
  if (c >= channels) {
    return;
  }
  let rows = realRows();
  var own = Moments();
  var count = 0.0;
  for (var part = i32(lane); part < parts; part += i32(workgroupSize)) {
    let partRows = f32((rows - part + parts - 1) / parts);
    let sum = summedParts[part * channels + c];
    own = merged(own, count, Moments(sum.x, sum.y), partRows);
    count += partRows;
  }
  let all = mergedByWorkgroup(own, count, lane);
  if (lane == 0u) {
    let shift = f32(inputs[c]);
    let center = shift + all.y;
    statistics[c] = statisticsOf(c, center, (shift - center) + all.y, max(all.z, 0.0) / max(all.x, 1.0));
  }
}

@compute @workgroup_size(workgroupSize)
fn fixedMoments(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let c = flatIndex(gid, groups);
  if (c >= channels) {
    return;
  }
  statistics[c] = statisticsOf(c, fixedMean[c], 0.0, fixedVariance[c]);
}

@compute @workgroup_size(workgroupSize)
fn normalize(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let rows = batch.size * positions;
  let rowBlocks = (rows + rowsPerInvocation - 1) / rowsPerInvocation;
  if (index >= rowBlocks * channelTiles) {
    return;
  }
  let c = firstChannel(index);
  var centers: array<f32, channelsPerInvocation>;
  var scales: array<f32, channelsPerInvocation>;
  var offsets: array<f32, channelsPerInvocation>;
  // @unroll
  for (var q = 0; q < channelsPerInvocation; q++) {
    centers[q] = known[c + q].center;
    scales[q] = known[c + q].scale;
    offsets[q] = known[c + q].offset;
  }
  for (var row = index / channelTiles; row < rows; row += rowBlocks) {
    // @unroll
    for (var q = 0; q < channelsPerInvocation; q++) {
      let cell = row * channels + c + q;
      outputs[cell] = element((f32(inputs[cell]) - centers[q]) * scales[q] + offsets[q]);
    }
  }
}

@compute @workgroup_size(workgroupSize)
fn moveStatistics(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let c = flatIndex(gid, groups);
  if (c >= channels) {
    return;
  }
  movingMean[c] = movingMean[c] * momentum + known[c].center * arrivingShare;
  movingVariance[c] = movingVariance[c] * momentum + known[c].variance * arrivingShare;
}

@compute @workgroup_size(workgroupSize)
fn gradientParts(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= parts * channelTiles) {
    return;
  }
  let c = firstChannel(index);
  let part = index / channelTiles;
  let rows = realRows();
  var means: array<f32, channelsPerInvocation>;
  var added: array<vec2f, channelsPerInvocation>;
  // @unroll
  for (var q = 0; q < channelsPerInvocation; q++) {
    means[q] = known[c + q].center;
  }
  for (var row = part; row < rows; row += parts) {
    // @unroll
    for (var q = 0; q < channelsPerInvocation; q++) {
      let cell = row * channels + c + q;
      let grad = f32(outputsGrad[cell]);
      added[q] += vec2f(grad, grad * (f32(inputs[cell]) - means[q]));
    }
  }
  // @unroll
  for (var q = 0; q < channelsPerInvocation; q++) {
    partSums[part * channels + c + q] = added[q];
  }
}

@compute @workgroup_size(workgroupSize)
fn addGradients(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let c = i32(group.y * groups.x + group.x);
  if (c >= channels) {
    return;
  }
  var own = vec2f();
  for (var part = i32(lane); part < parts; part += i32(workgroupSize)) {
    own += summedParts[part * channels + c];
  }
  let all = addedByWorkgroup(own, lane);
  if (lane == 0u) {
    let channel = known[c];
    let count = f32(max(realRows(), 1));
    let product = all.y - channel.residual * all.x;
    let slope = channel.inverseDeviation * channel.inverseDeviation * product / count;
    gradientSums[c] = GradientSums(channel.inverseDeviation * product, all.x, all.x / count - channel.residual * slope, slope);
  }
}

@compute @workgroup_size(workgroupSize)
fn weightGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let c = flatIndex(gid, groups);
  if (c >= channels) {
    return;
  }
  // @static
  if (hasGamma) {
    gammaGrad[c] = sums[c].gammaGrad;
  }
  // @static
  if (hasBeta) {
    betaGrad[c] = sums[c].betaGrad;
  }
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let rows = batch.size * positions;
  let rowBlocks = (rows + rowsPerInvocation - 1) / rowsPerInvocation;
  if (index >= rowBlocks * channelTiles) {
    return;
  }
  let c = firstChannel(index);
  let counted = realRows();
  var middles: array<f32, channelsPerInvocation>;
  var factors: array<f32, channelsPerInvocation>;
  var levels: array<f32, channelsPerInvocation>;
  var slopes: array<f32, channelsPerInvocation>;
  // @unroll
  for (var q = 0; q < channelsPerInvocation; q++) {
    middles[q] = known[c + q].center;
    factors[q] = known[c + q].scale;
    levels[q] = sums[c + q].level;
    slopes[q] = sums[c + q].slope;
  }
  for (var row = index / channelTiles; row < rows; row += rowBlocks) {
    // @unroll
    for (var q = 0; q < channelsPerInvocation; q++) {
      let cell = row * channels + c + q;
      let x = f32(inputs[cell]);
      let grad = factors[q] * (f32(outputsGrad[cell]) - levels[q] - (x - middles[q]) * slopes[q]);
      inputsGrad[cell] = element(select(0.0, grad * activationGrad(x), row < counted));
    }
  }
}

@compute @workgroup_size(workgroupSize)
fn fixedInputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let rows = batch.size * positions;
  let rowBlocks = (rows + rowsPerInvocation - 1) / rowsPerInvocation;
  if (index >= rowBlocks * channelTiles) {
    return;
  }
  let c = firstChannel(index);
  var weights: array<f32, channelsPerInvocation>;
  // @unroll
  for (var q = 0; q < channelsPerInvocation; q++) {
    weights[q] = known[c + q].scale;
  }
  for (var row = index / channelTiles; row < rows; row += rowBlocks) {
    // @unroll
    for (var q = 0; q < channelsPerInvocation; q++) {
      let cell = row * channels + c + q;
      // @static
      if (activation == linear) {
        inputsGrad[cell] = element(f32(outputsGrad[cell]) * weights[q]);
      } else {
        inputsGrad[cell] = element(f32(outputsGrad[cell]) * weights[q] * activationGrad(f32(inputs[cell])));
      }
    }
  }
}
