// needs: invocation, step-state, weight-gradient, finite
//
// The update rules of Keras 3 (keras/src/optimizers), over all weights at once. g is the gradient, w the weight; the
// slots (velocity, moments) lie one after another in `slots`, weightCount numbers each.
//
// Before every rule, in Keras's order:
//   g ← g + the regularizer's gradient
//   clipnorm        g ← g · clip / max(‖g‖, clip), ‖g‖ over the weight;   globalClipnorm: ‖g‖ over all that learn
//   clipvalue       g ← min(max(g, −clip), clip)
//   weight decay    w ← w − w · weightDecay · lr
// Norms need the whole gradient first: `gather` adds up the parts, weight-sums.wgsl the squares, and the rule then reads
// `gradients` instead of the parts. Without them, the rule adds up the parts itself.
//
// In half precision the parts are of the scaled loss, and a step in which a gradient has overflowed is left out: the sum
// of all squares then is no number.
const weightCount = 64;
const sectionCount = 1;
const hasMomentum = false;
const isNesterov = false;
const isCentered = false;
const hasWeightDecay = false;
const isClippedByNorm = false;
const isClippedByGlobalNorm = false;
const isClippedByValue = false;
const isScaled = false;
// Some filters do not learn: frozen layers, masks.
const isSelective = false;

// 1 − rho and 1 − beta come from double precision, see step-finish.wgsl.
struct Hyperparameters {
  momentum: f32,
  epsilon: f32,
  rho: f32,
  rhoComplement: f32,
  beta1Complement: f32,
  beta2Complement: f32,
  weightDecay: f32,
  clip: f32,
}

@group(0) @binding(3) var<storage, read_write> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> slots: array<f32>;
@group(0) @binding(5) var<storage, read> state: StepState;
@group(0) @binding(6) var<uniform> hyperparameters: Hyperparameters;
@group(0) @binding(7) var<storage, read_write> gradients: array<f32>;
@group(0) @binding(10) var<storage, read> squareSums: array<f32>;

fn isUpdated(index: i32) -> bool {
  var learns = index < weightCount;
  // @static
  if (isSelective) {
    learns = learns & (flags[flagIndex(min(index, weightCount - 1))] == isLearning);
  }
  return learns;
}

fn unscale() -> f32 {
  var inverse = 1.0;
  // @static
  if (isScaled) {
    inverse = 1.0 / state.lossScale;
  }
  return inverse;
}

// isUpdated, unless a gradient has overflowed.
fn isTaken(index: i32) -> bool {
  var isTaken = isUpdated(index);
  // @static
  if (isScaled) {
    isTaken = isTaken & isFiniteNumber(squareSums[sectionCount]);
  }
  return isTaken;
}

fn clippedGrad(index: i32) -> f32 {
  var grad = 0.0;
  // @static
  if (isClippedByNorm || isClippedByGlobalNorm) {
    var place = sectionCount;
    // @static
    if (isClippedByNorm) {
      place = blocks[index / blockSize].section;
    }
    grad = gradients[index] * hyperparameters.clip / max(sqrt(squareSums[place]), hyperparameters.clip);
  } else {
    // @static
    if (isScaled) {
      grad = gradients[index];
    } else {
      grad = weightGrad(index, weights[index], 1.0);
    }
  }
  // @static
  if (isClippedByValue) {
    grad = clamp(grad, -hyperparameters.clip, hyperparameters.clip);
  }
  return grad;
}

fn decayedWeight(index: i32) -> f32 {
  var weight = weights[index];
  // @static
  if (hasWeightDecay) {
    weight -= weight * hyperparameters.weightDecay * state.learningRate;
  }
  return weight;
}

// m ← momentum·m − lr·g;  w ← w + m, or with Nesterov w + momentum·m − lr·g;  without momentum w ← w − lr·g
@compute @workgroup_size(workgroupSize)
fn sgd(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (!isTaken(index)) {
    return;
  }
  let step = state.learningRate * clippedGrad(index);
  let weight = decayedWeight(index);
  // @static
  if (hasMomentum) {
    let velocity = hyperparameters.momentum * slots[index] - step;
    slots[index] = velocity;
    // @static
    if (isNesterov) {
      weights[index] = weight + (hyperparameters.momentum * velocity - step);
    } else {
      weights[index] = weight + velocity;
    }
  } else {
    weights[index] = weight - step;
  }
}

// v ← rho·v + (1 − rho)·g²;  centered: a ← rho·a + (1 − rho)·g, d = v − a² + eps, else d = v + eps;  s = lr·g / √d
// with momentum m ← momentum·m + s, w ← w − m;  else w ← w − s
@compute @workgroup_size(workgroupSize)
fn rmsprop(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (!isTaken(index)) {
    return;
  }
  let grad = clippedGrad(index);
  let weight = decayedWeight(index);
  let velocity = hyperparameters.rho * slots[index] + hyperparameters.rhoComplement * grad * grad;
  slots[index] = velocity;
  var denominator = velocity + hyperparameters.epsilon;
  // @static
  if (isCentered) {
    let mean = hyperparameters.rho * slots[weightCount + index] + hyperparameters.rhoComplement * grad;
    slots[weightCount + index] = mean;
    denominator -= mean * mean;
  }
  let step = state.learningRate * grad * inverseSqrt(denominator);
  // @static
  if (hasMomentum) {
    let moment = hyperparameters.momentum * slots[2 * weightCount + index] + step;
    slots[2 * weightCount + index] = moment;
    weights[index] = weight - moment;
  } else {
    weights[index] = weight - step;
  }
}

// m ← m + (g − m)(1 − beta1);  v ← v + (g² − v)(1 − beta2);  w ← w − lr·√(1 − beta2^t)/(1 − beta1^t) · m / (√v + eps)
@compute @workgroup_size(workgroupSize)
fn adam(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (!isTaken(index)) {
    return;
  }
  let grad = clippedGrad(index);
  let weight = decayedWeight(index);
  let mean = slots[index] + (grad - slots[index]) * hyperparameters.beta1Complement;
  let variance = slots[weightCount + index] + (grad * grad - slots[weightCount + index]) * hyperparameters.beta2Complement;
  slots[index] = mean;
  slots[weightCount + index] = variance;
  let rate = state.learningRate * sqrt(state.correction2) / state.correction1;
  weights[index] = weight - rate * mean / (sqrt(variance) + hyperparameters.epsilon);
}

// a ← a + g², a starting at initialAccumulatorValue;  w ← w − lr·g / √(a + eps)
@compute @workgroup_size(workgroupSize)
fn adagrad(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (!isTaken(index)) {
    return;
  }
  let grad = clippedGrad(index);
  let weight = decayedWeight(index);
  let accumulator = slots[index] + grad * grad;
  slots[index] = accumulator;
  weights[index] = weight - state.learningRate * grad * inverseSqrt(accumulator + hyperparameters.epsilon);
}

// The gradients themselves, for whoever wants to read them; where it is selective, those of weights that learn, else zero.
@compute @workgroup_size(workgroupSize)
fn gather(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= weightCount) {
    return;
  }
  gradients[index] = select(0.0, weightGrad(index, weights[index], unscale()), isUpdated(index));
}
