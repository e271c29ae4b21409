// needs: invocation, activation, loss-targets
//
// Softmax, categorical cross-entropy, accuracy and their gradient in one, from the logits z and the target row t:
//
//   loss_n = Σ_k t_k · (log(sum_j exp(z_j − max)) − (z_k − max))     (log-sum-exp: no log of a small probability)
//   logitsGrad[n,k] = (softmax(z)_k · Σ_j t_j − t_k) / count         (of the mean over the batch's count examples),
//                     times activationGrad(z) where the layer before has fused an activation into z

struct Row {
  // The sum of exp(z − largest).
  sum: f32,
  largest: f32,
  targetSum: f32,
  loss: f32,
  predicted: i32,
  isCorrect: f32,
}

fn readRow(row: i32) -> Row {
  let predicted = predictedClass(row);
  let largest = output(row + predicted);
  var sum = 0.0;
  for (var k = 0; k < classes; k++) {
    sum += exp(output(row + k) - largest);
  }
  let logSum = log(sum);
  var targetSum = 0.0;
  var loss = 0.0;
  for (var k = 0; k < classes; k++) {
    let wanted = smoothTarget(row + k);
    targetSum += wanted;
    loss += wanted * (logSum - (output(row + k) - largest));
  }
  return Row(sum, largest, targetSum, loss, predicted, select(0.0, 1.0, predicted == wantedClass(row)));
}

// Of the mean over `count` examples, by logit k.
fn logitGrad(found: Row, row: i32, k: i32, count: i32) -> f32 {
  let probability = exp(output(row + k) - found.largest) / found.sum;
  return (probability * found.targetSum - smoothTarget(row + k)) / f32(count);
}

@compute @workgroup_size(workgroupSize)
fn loss(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let n = flatIndex(gid, groups);
  if (n >= batch.size) {
    return;
  }
  let count = exampleCount();
  let row = n * classes;
  if (n >= count) {
    for (var k = 0; k < classes; k++) {
      outputsGrad[row + k] = element(0.0);
    }
    metrics[n] = ExampleMetrics(0.0, 0.0);
    return;
  }
  let found = readRow(row);
  for (var k = 0; k < classes; k++) {
    let grad = logitGrad(found, row, k, count) * activationGrad(output(row + k));
    outputsGrad[row + k] = element(grad * state.lossScale);
  }
  metrics[n] = ExampleMetrics(found.loss, found.isCorrect);
}

// As `loss`, for evaluation: counts label and prediction instead of writing a gradient. Whole numbers, so order is free.
@compute @workgroup_size(workgroupSize)
fn evaluate(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let n = flatIndex(gid, groups);
  if (n >= batch.size) {
    return;
  }
  if (n >= exampleCount()) {
    metrics[n] = ExampleMetrics(0.0, 0.0);
    return;
  }
  let found = readRow(n * classes);
  metrics[n] = ExampleMetrics(found.loss, found.isCorrect);
  atomicAdd(&confusion[wantedClass(n * classes) * classes + found.predicted], 1u);
}
