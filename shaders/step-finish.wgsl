// needs: batch, step-state, schedule, example-metrics, finite
//
// The last kernel of a step, one workgroup: adds up the batch's metrics in a fixed tree, files them in a ring, advances the state.
const workgroupSize = 64u;
const ringSlots = 1024;
// What regularizers add to the mean loss is ready in `penaltySums`, a number per weight.
const hasPenalties = false;
const sectionCount = 1;
// Half precision: a step whose gradients overflowed was left out and halves the loss scale; `growthSteps` good ones in a
// row double it (Micikevicius et al., Mixed Precision Training, 2018).
const isScaled = false;
const growthSteps = 2000;

struct StepMetrics {
  lossSum: f32,
  correctSum: f32,
  count: f32,
  // 1 when the loss was a number.
  isFinite: f32,
}

struct Advance {
  beta1: f32,
  beta2: f32,
  // 1 − beta, computed in double precision: the difference of float32 numbers would lose digits.
  complement1: f32,
  complement2: f32,
  schedule: Schedule,
}

@group(0) @binding(1) var<storage, read> metrics: array<ExampleMetrics>;
@group(0) @binding(2) var<storage, read_write> ring: array<StepMetrics>;
@group(0) @binding(3) var<storage, read_write> state: StepState;
@group(0) @binding(4) var<uniform> advance: Advance;
@group(0) @binding(5) var<storage, read> penaltySums: array<f32>;
@group(0) @binding(6) var<storage, read> squareSums: array<f32>;

var<workgroup> sums: array<vec2f, workgroupSize>;

@compute @workgroup_size(workgroupSize)
fn finish(@builtin(local_invocation_index) lid: u32) {
  let count = min(batch.size, state.exampleCount - state.stepInEpoch * batch.size);
  var own = vec2f();
  for (var n = i32(lid); n < batch.size; n += i32(workgroupSize)) {
    own += vec2f(metrics[n].loss, metrics[n].isCorrect);
  }
  // @static
  if (hasPenalties) {
    for (var s = i32(lid); s < sectionCount; s += i32(workgroupSize)) {
      own.x += f32(count) * penaltySums[s];
    }
  }
  sums[lid] = own;
  workgroupBarrier();
  for (var half = workgroupSize / 2u; half > 0u; half /= 2u) {
    if (lid < half) {
      sums[lid] += sums[lid + half];
    }
    workgroupBarrier();
  }
  if (lid == 0u) {
    let isFinite = isFiniteNumber(sums[0].x);
    ring[state.step % ringSlots] = StepMetrics(sums[0].x, sums[0].y, f32(count), select(0.0, 1.0, isFinite));
    state.step += 1;
    state.stepInEpoch += 1;
    // @static
    if (isScaled) {
      if (!isFiniteNumber(squareSums[sectionCount])) {
        state.lossScale = max(0.5 * state.lossScale, 1.0);
        state.goodSteps = 0;
        return;
      }
      state.goodSteps += 1;
      if (state.goodSteps == growthSteps) {
        state.lossScale = 2.0 * state.lossScale;
        state.goodSteps = 0;
      }
    }
    state.correction1 = state.correction1 * advance.beta1 + advance.complement1;
    state.correction2 = state.correction2 * advance.beta2 + advance.complement2;
    state.updates += 1;
    state.learningRate = learningRateAt(advance.schedule, state.updates);
  }
}
