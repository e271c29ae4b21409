// needs: invocation, batch, step-state, activation, element
//
// Softmax, sparse categorical cross-entropy, accuracy and their gradient in one, from the logits z:
//
//   loss_n = log(sum_k exp(z_k − max)) − (z_label − max)            (log-sum-exp: no log of a small probability)
//   logitsGrad[n,k] = (softmax(z)_k − [k = label]) / count           (of the mean over the batch's count examples),
//                     times activationGrad(z) where the layer before has fused an activation into z
//
// Places of a short last batch past its count get zero loss and zero gradient, so every other kernel may treat them as examples.
const classes = 10;

struct ExampleMetrics {
  loss: f32,
  isCorrect: f32,
}

@group(0) @binding(1) var<storage, read> logits: array<element>;
@group(0) @binding(2) var<storage, read> labels: array<u32>;
@group(0) @binding(3) var<storage, read> state: StepState;
@group(0) @binding(4) var<storage, read_write> logitsGrad: array<element>;
@group(0) @binding(5) var<storage, read_write> metrics: array<ExampleMetrics>;
@group(0) @binding(6) var<storage, read_write> confusion: array<atomic<u32>>;

@compute @workgroup_size(workgroupSize)
fn loss(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let n = flatIndex(gid, groups);
  if (n >= batch.size) {
    return;
  }
  let count = min(batch.size, state.exampleCount - state.stepInEpoch * batch.size);
  let row = n * classes;
  if (n >= count) {
    for (var k = 0; k < classes; k++) {
      logitsGrad[row + k] = element(0.0);
    }
    metrics[n] = ExampleMetrics(0.0, 0.0);
    return;
  }
  let label = i32(labels[n]);
  let predicted = largestLogit(row);
  let largest = f32(logits[row + predicted]);
  var sum = 0.0;
  for (var k = 0; k < classes; k++) {
    sum += exp(f32(logits[row + k]) - largest);
  }
  for (var k = 0; k < classes; k++) {
    let probability = exp(f32(logits[row + k]) - largest) / sum;
    logitsGrad[row + k] = element((probability - select(0.0, 1.0, k == label)) / f32(count) * activationGrad(f32(logits[row + k])));
  }
  metrics[n] = ExampleMetrics(log(sum) - (f32(logits[row + label]) - largest), select(0.0, 1.0, predicted == label));
}

// As `loss`, for evaluation: counts label and prediction instead of writing a gradient. Whole numbers, so order is free.
@compute @workgroup_size(workgroupSize)
fn evaluate(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let n = flatIndex(gid, groups);
  if (n >= batch.size) {
    return;
  }
  if (n >= state.exampleCount - state.stepInEpoch * batch.size) {
    metrics[n] = ExampleMetrics(0.0, 0.0);
    return;
  }
  let row = n * classes;
  let label = i32(labels[n]);
  let predicted = largestLogit(row);
  let largest = f32(logits[row + predicted]);
  var sum = 0.0;
  for (var k = 0; k < classes; k++) {
    sum += exp(f32(logits[row + k]) - largest);
  }
  metrics[n] = ExampleMetrics(log(sum) - (f32(logits[row + label]) - largest), select(0.0, 1.0, predicted == label));
  atomicAdd(&confusion[label * classes + predicted], 1u);
}

// The first of the largest.
fn largestLogit(row: i32) -> i32 {
  var place = 0;
  for (var k = 1; k < classes; k++) {
    place = select(place, k, f32(logits[row + k]) > f32(logits[row + place]));
  }
  return place;
}
