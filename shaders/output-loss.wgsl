// needs: invocation, activation, loss-targets
//
// Losses by the outputs y and the target row t, each the mean over the batch's count examples, their gradients and the
// accuracy (largest output at the largest target). C is the number of outputs, s = t, but −1 where t = 0 (hinge).
//
//   meanSquaredError   loss_n = Σ (y − t)² / C                              dy_k = 2 (y_k − t_k) / C
//   hinge              loss_n = Σ max(1 − s·y, 0) / C                       dy_k = −s_k / C where 1 − s_k·y_k > 0
//   categoricalHinge   loss_n = max(1 + max_k (1 − t_k)·y_k − Σ t·y, 0)     dy_k = −t_k, and (1 − t_k) / m at the m largest
//
// outputsGrad = dy / count, times activationGrad(y) where the layer before has fused its activation into y.
const meanSquaredError = 0;
const hinge = 1;
const categoricalHinge = 2;
const lossKind = 0;

struct Row {
  loss: f32,
  // Of categoricalHinge: the largest (1 − t)·y, how many have it, and whether the margin is missed.
  rival: f32,
  rivals: f32,
  isMissed: f32,
}

fn signedTarget(cell: i32) -> f32 {
  return select(targets[cell], -1.0, targets[cell] == 0.0);
}

fn rivalAt(cell: i32) -> f32 {
  return (1.0 - targets[cell]) * output(cell);
}

fn readRow(row: i32) -> Row {
  var sum = 0.0;
  var rival = rivalAt(row);
  var rivals = 0.0;
  for (var k = 0; k < classes; k++) {
    let y = output(row + k);
    // @static
    if (lossKind == meanSquaredError) {
      let miss = y - targets[row + k];
      sum += miss * miss / f32(classes);
    }
    // @static
    if (lossKind == hinge) {
      sum += max(1.0 - signedTarget(row + k) * y, 0.0) / f32(classes);
    }
    // @static
    if (lossKind == categoricalHinge) {
      sum -= targets[row + k] * y;
      rival = max(rival, rivalAt(row + k));
    }
  }
  // @static
  if (lossKind == categoricalHinge) {
    for (var k = 0; k < classes; k++) {
      rivals += select(0.0, 1.0, rivalAt(row + k) == rival);
    }
    sum = max(1.0 + rival + sum, 0.0);
  }
  return Row(sum, rival, rivals, select(0.0, 1.0, sum > 0.0));
}

fn outputGrad(found: Row, cell: i32) -> f32 {
  let y = output(cell);
  var grad = 0.0;
  // @static
  if (lossKind == meanSquaredError) {
    grad = 2.0 * (y - targets[cell]) / f32(classes);
  }
  // @static
  if (lossKind == hinge) {
    let wanted = signedTarget(cell);
    grad = select(0.0, -wanted / f32(classes), 1.0 - wanted * y > 0.0);
  }
  // @static
  if (lossKind == categoricalHinge) {
    let share = select(0.0, (1.0 - targets[cell]) / found.rivals, rivalAt(cell) == found.rival);
    grad = (share - targets[cell]) * found.isMissed;
  }
  return grad;
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
    outputsGrad[row + k] = element(outputGrad(found, row + k) / f32(count) * activationGrad(output(row + k)) * state.lossScale);
  }
  metrics[n] = ExampleMetrics(found.loss, select(0.0, 1.0, predictedClass(row) == wantedClass(row)));
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
  let row = n * classes;
  let predicted = predictedClass(row);
  let wanted = wantedClass(row);
  metrics[n] = ExampleMetrics(readRow(row).loss, select(0.0, 1.0, predicted == wanted));
  atomicAdd(&confusion[wanted * classes + predicted], 1u);
}
