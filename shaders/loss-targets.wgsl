// needs: batch, step-state, element, example-metrics
//
// What every loss reads: the batch's targets, a row per example (a class index has become its one-hot row), smoothed as
// Keras does: target · (1 − labelSmoothing) + labelSmoothing / classes.
const classes = 10;
const labelSmoothing: f32 = 0.0;

@group(0) @binding(1) var<storage, read> outputs: array<element>;
@group(0) @binding(2) var<storage, read> targets: array<f32>;
@group(0) @binding(3) var<storage, read> state: StepState;
@group(0) @binding(4) var<storage, read_write> outputsGrad: array<element>;
@group(0) @binding(5) var<storage, read_write> metrics: array<ExampleMetrics>;
@group(0) @binding(6) var<storage, read_write> confusion: array<atomic<u32>>;

// The outputs are in memory, or those of one example with the invocation that has just computed them (head.wgsl).
const isHead = false;
var<private> logits: array<f32, classes>;

fn output(cell: i32) -> f32 {
  // @static
  if (isHead) {
    return logits[cell % classes];
  } else {
    return f32(outputs[cell]);
  }
}

fn smoothTarget(cell: i32) -> f32 {
  return targets[cell] * (1.0 - labelSmoothing) + labelSmoothing / f32(classes);
}

// The first of the largest outputs.
fn predictedClass(row: i32) -> i32 {
  var place = 0;
  for (var k = 1; k < classes; k++) {
    place = select(place, k, output(row + k) > output(row + place));
  }
  return place;
}

// The first of the largest targets.
fn wantedClass(row: i32) -> i32 {
  var place = 0;
  for (var k = 1; k < classes; k++) {
    place = select(place, k, targets[row + k] > targets[row + place]);
  }
  return place;
}

// Real examples of the batch under way. Places of a short last batch past them get zero loss and zero gradient, so every
// other kernel may treat them as examples.
fn exampleCount() -> i32 {
  return min(batch.size, state.exampleCount - state.stepInEpoch * batch.size);
}
