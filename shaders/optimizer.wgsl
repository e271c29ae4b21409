// needs: invocation, step-state, weight-gradient
//
// The update rules of Keras 3 (keras/src/optimizers), over all weights at once. g is the gradient, w the weight; the
// slots (velocity, moments) lie one after another in `slots`, weightCount numbers each.
const weightCount = 64;
const hasMomentum = false;
const isNesterov = false;
const isCentered = false;

// 1 − rho and 1 − beta come from double precision, see step-finish.wgsl.
struct Hyperparameters {
  learningRate: f32,
  momentum: f32,
  epsilon: f32,
  rho: f32,
  rhoComplement: f32,
  beta1Complement: f32,
  beta2Complement: f32,
  padding: f32,
}

@group(0) @binding(3) var<storage, read_write> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> slots: array<f32>;
@group(0) @binding(5) var<storage, read> state: StepState;
@group(0) @binding(6) var<uniform> hyperparameters: Hyperparameters;
@group(0) @binding(7) var<storage, read_write> gradients: array<f32>;

// m ← momentum·m − lr·g;  w ← w + m, or with Nesterov w + momentum·m − lr·g;  without momentum w ← w − lr·g
@compute @workgroup_size(workgroupSize)
fn sgd(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= weightCount) {
    return;
  }
  let step = hyperparameters.learningRate * weightGrad(index);
  // @static
  if (hasMomentum) {
    let velocity = hyperparameters.momentum * slots[index] - step;
    slots[index] = velocity;
    // @static
    if (isNesterov) {
      weights[index] += hyperparameters.momentum * velocity - step;
    } else {
      weights[index] += velocity;
    }
  } else {
    weights[index] -= step;
  }
}

// v ← rho·v + (1 − rho)·g²;  centered: a ← rho·a + (1 − rho)·g, d = v − a² + eps, else d = v + eps;  s = lr·g / √d
// with momentum m ← momentum·m + s, w ← w − m;  else w ← w − s
@compute @workgroup_size(workgroupSize)
fn rmsprop(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= weightCount) {
    return;
  }
  let grad = weightGrad(index);
  let velocity = hyperparameters.rho * slots[index] + hyperparameters.rhoComplement * grad * grad;
  slots[index] = velocity;
  var denominator = velocity + hyperparameters.epsilon;
  // @static
  if (isCentered) {
    let mean = hyperparameters.rho * slots[weightCount + index] + hyperparameters.rhoComplement * grad;
    slots[weightCount + index] = mean;
    denominator -= mean * mean;
  }
  let step = hyperparameters.learningRate * grad * inverseSqrt(denominator);
  // @static
  if (hasMomentum) {
    let moment = hyperparameters.momentum * slots[2 * weightCount + index] + step;
    slots[2 * weightCount + index] = moment;
    weights[index] -= moment;
  } else {
    weights[index] -= step;
  }
}

// m ← m + (g − m)(1 − beta1);  v ← v + (g² − v)(1 − beta2);  w ← w − lr·√(1 − beta2^t)/(1 − beta1^t) · m / (√v + eps)
@compute @workgroup_size(workgroupSize)
fn adam(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= weightCount) {
    return;
  }
  let grad = weightGrad(index);
  let mean = slots[index] + (grad - slots[index]) * hyperparameters.beta1Complement;
  let variance = slots[weightCount + index] + (grad * grad - slots[weightCount + index]) * hyperparameters.beta2Complement;
  slots[index] = mean;
  slots[weightCount + index] = variance;
  let rate = hyperparameters.learningRate * sqrt(state.correction2) / state.correction1;
  weights[index] -= rate * mean / (sqrt(variance) + hyperparameters.epsilon);
}

// The gradients themselves, for whoever wants to read them.
@compute @workgroup_size(workgroupSize)
fn gather(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= weightCount) {
    return;
  }
  gradients[index] = weightGrad(index);
}
