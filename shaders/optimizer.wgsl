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
// Each invocation has four neighbouring weights, `place` being the index of the first divided by four: sections start at
// multiples of 64.
//
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

@group(0) @binding(3) var<storage, read_write> weights: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> slots: array<vec4f>;
@group(0) @binding(5) var<storage, read> state: StepState;
@group(0) @binding(6) var<uniform> hyperparameters: Hyperparameters;
@group(0) @binding(7) var<storage, read_write> gradients: array<vec4f>;
@group(0) @binding(10) var<storage, read> squareSums: array<f32>;

const placeCount = weightCount / 4;

// Which of the four learn.
fn learning(place: i32) -> vec4<bool> {
  var learns = vec4<bool>(true);
  // @static
  if (isSelective) {
    // @unroll
    for (var i = 0; i < 4; i++) {
      learns[i] = flags[flagIndex(4 * place + i)] == isLearning;
    }
  }
  return learns;
}

// The numbers after a step: those that do not learn stay as they were.
fn learned(before: vec4f, after: vec4f, learns: vec4<bool>) -> vec4f {
  // @static
  if (isSelective) {
    return select(before, after, learns);
  } else {
    return after;
  }
}

fn unscale() -> f32 {
  var inverse = 1.0;
  // @static
  if (isScaled) {
    inverse = 1.0 / state.lossScale;
  }
  return inverse;
}

// There are such weights, and no gradient has overflowed.
fn isTaken(place: i32) -> bool {
  var isTaken = place < placeCount;
  // @static
  if (isScaled) {
    isTaken = isTaken & isFiniteNumber(squareSums[sectionCount]);
  }
  return isTaken;
}

fn clippedGrad(place: i32) -> vec4f {
  var grad = vec4f();
  // @static
  if (isClippedByNorm || isClippedByGlobalNorm) {
    var sum = sectionCount;
    // @static
    if (isClippedByNorm) {
      sum = blocks[place / foursPerBlock].section;
    }
    grad = gradients[place] * hyperparameters.clip / max(sqrt(squareSums[sum]), hyperparameters.clip);
  } else {
    // @static
    if (isScaled) {
      grad = gradients[place];
    } else {
      grad = weightGrad(place, weights[place], 1.0);
    }
  }
  // @static
  if (isClippedByValue) {
    grad = clamp(grad, vec4f(-hyperparameters.clip), vec4f(hyperparameters.clip));
  }
  return grad;
}

fn decayed(weight: vec4f) -> vec4f {
  var after = weight;
  // @static
  if (hasWeightDecay) {
    after -= weight * hyperparameters.weightDecay * state.learningRate;
  }
  return after;
}

// m ← momentum·m − lr·g;  w ← w + m, or with Nesterov w + momentum·m − lr·g;  without momentum w ← w − lr·g
@compute @workgroup_size(workgroupSize)
fn sgd(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let place = flatIndex(gid, groups);
  if (!isTaken(place)) {
    return;
  }
  let learns = learning(place);
  let before = weights[place];
  let step = state.learningRate * clippedGrad(place);
  var change = -step;
  // @static
  if (hasMomentum) {
    let velocity = hyperparameters.momentum * slots[place] - step;
    slots[place] = learned(slots[place], velocity, learns);
    // @static
    if (isNesterov) {
      change = hyperparameters.momentum * velocity - step;
    } else {
      change = velocity;
    }
  }
  weights[place] = learned(before, decayed(before) + change, learns);
}

// v ← rho·v + (1 − rho)·g²;  centered: a ← rho·a + (1 − rho)·g, d = v − a² + eps, else d = v + eps;  s = lr·g / √d
// with momentum m ← momentum·m + s, w ← w − m;  else w ← w − s
@compute @workgroup_size(workgroupSize)
fn rmsprop(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let place = flatIndex(gid, groups);
  if (!isTaken(place)) {
    return;
  }
  let learns = learning(place);
  let before = weights[place];
  let grad = clippedGrad(place);
  let velocity = hyperparameters.rho * slots[place] + hyperparameters.rhoComplement * grad * grad;
  slots[place] = learned(slots[place], velocity, learns);
  var denominator = velocity + hyperparameters.epsilon;
  // @static
  if (isCentered) {
    let meanPlace = placeCount + place;
    let mean = hyperparameters.rho * slots[meanPlace] + hyperparameters.rhoComplement * grad;
    slots[meanPlace] = learned(slots[meanPlace], mean, learns);
    denominator -= mean * mean;
  }
  var step = state.learningRate * grad * inverseSqrt(denominator);
  // @static
  if (hasMomentum) {
    let momentPlace = 2 * placeCount + place;
    step += hyperparameters.momentum * slots[momentPlace];
    slots[momentPlace] = learned(slots[momentPlace], step, learns);
  }
  weights[place] = learned(before, decayed(before) - step, learns);
}

// m ← m + (g − m)(1 − beta1);  v ← v + (g² − v)(1 − beta2);  w ← w − lr·√(1 − beta2^t)/(1 − beta1^t) · m / (√v + eps)
@compute @workgroup_size(workgroupSize)
fn adam(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let place = flatIndex(gid, groups);
  if (!isTaken(place)) {
    return;
  }
  let learns = learning(place);
  let before = weights[place];
  let grad = clippedGrad(place);
  let oldMean = slots[place];
  let oldVariance = slots[placeCount + place];
  let mean = oldMean + (grad - oldMean) * hyperparameters.beta1Complement;
  let variance = oldVariance + (grad * grad - oldVariance) * hyperparameters.beta2Complement;
  slots[place] = learned(oldMean, mean, learns);
  slots[placeCount + place] = learned(oldVariance, variance, learns);
  let rate = state.learningRate * sqrt(state.correction2) / state.correction1;
  let step = rate * mean / (sqrt(variance) + hyperparameters.epsilon);
  weights[place] = learned(before, decayed(before) - step, learns);
}

// a ← a + g², a starting at initialAccumulatorValue;  w ← w − lr·g / √(a + eps)
@compute @workgroup_size(workgroupSize)
fn adagrad(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let place = flatIndex(gid, groups);
  if (!isTaken(place)) {
    return;
  }
  let learns = learning(place);
  let before = weights[place];
  let grad = clippedGrad(place);
  let accumulator = slots[place] + grad * grad;
  slots[place] = learned(slots[place], accumulator, learns);
  let step = state.learningRate * grad * inverseSqrt(accumulator + hyperparameters.epsilon);
  weights[place] = learned(before, decayed(before) - step, learns);
}

// The gradients themselves, for whoever wants to read them; where it is selective, those of weights that learn, else zero.
@compute @workgroup_size(workgroupSize)
fn gather(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let place = flatIndex(gid, groups);
  if (place >= placeCount) {
    return;
  }
  gradients[place] = learned(vec4f(), weightGrad(place, weights[place], unscale()), learning(place));
}
