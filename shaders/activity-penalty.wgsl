// needs: invocation, batch, step-state, activation, element, example-metrics
//
// A layer's activity regularizer: Σ (l1 |y| + l2 y²) over the activated outputs y of the batch's count examples, divided by
// count, is added to the loss.
//
//   gradient   valuesGrad = (l1 sign(y) + 2 l2 y) / count · activationGrad(y), zero past the count examples
//   add        loss_n += Σ (l1 |y| + l2 y²): one workgroup per example, a fixed tree
const cellsPerExample = 1;
const l1: f32 = 0.01;
const l2: f32 = 0.01;

@group(0) @binding(1) var<storage, read> values: array<element>;
@group(0) @binding(2) var<storage, read> state: StepState;
@group(0) @binding(3) var<storage, read_write> valuesGrad: array<element>;
@group(0) @binding(4) var<storage, read_write> metrics: array<ExampleMetrics>;

var<workgroup> sums: array<f32, workgroupSize>;

fn exampleCount() -> i32 {
  return min(batch.size, state.exampleCount - state.stepInEpoch * batch.size);
}

@compute @workgroup_size(workgroupSize)
fn gradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * cellsPerExample) {
    return;
  }
  let count = exampleCount();
  let y = f32(values[index]);
  let grad = (l1 * sign(y) + 2.0 * l2 * y) / f32(count) * activationGrad(y) * state.lossScale;
  valuesGrad[index] = element(select(0.0, grad, index / cellsPerExample < count));
}

@compute @workgroup_size(workgroupSize)
fn add(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lid: u32) {
  let n = i32(wid.y * groups.x + wid.x);
  let row = min(n, batch.size - 1) * cellsPerExample;
  var own = 0.0;
  for (var i = i32(lid); i < cellsPerExample; i += i32(workgroupSize)) {
    let y = f32(values[row + i]);
    own += l1 * abs(y) + l2 * y * y;
  }
  sums[lid] = own;
  workgroupBarrier();
  for (var half = workgroupSize / 2u; half > 0u; half /= 2u) {
    if (lid < half) {
      sums[lid] += sums[lid + half];
    }
    workgroupBarrier();
  }
  if (lid == 0u && n < exampleCount()) {
    metrics[n].loss += sums[0];
  }
}
