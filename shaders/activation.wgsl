// Activations that are computed where a layer writes its outputs, and undone where the next layer writes their gradient.
// The derivative is written with the output y = f(x), so that x need not be kept:
//   relu       y = max(x, 0)               dy/dx = 1 where y > 0, else 0
//   leakyRelu  y = x, or slope * x below 0   dy/dx = 1 where y > 0, else slope
//   sigmoid    y = 1 / (1 + exp(-x))       dy/dx = y (1 - y)
//   tanh       y = tanh(x)                 dy/dx = 1 - y y
//   elu        y = x, or exp(x) - 1 below 0     dy/dx = 1 where y > 0, else y + 1
//   selu       y = s x, or s a (exp(x) - 1)     dy/dx = s where y > 0, else y + s a      (Klambauer et al. 2017)
//   softplus   y = log(1 + exp(x))         dy/dx = 1 - exp(-y)
// gelu and silu are not monotone; their derivative needs x and stands in elementwise.wgsl:
//   gelu       y = x (1 + erf(x / sqrt 2)) / 2                                            (Hendrycks & Gimpel 2016)
//   silu       y = x sigmoid(x)
const linear = 0;
const relu = 1;
const leakyRelu = 2;
const sigmoid = 3;
const hyperbolicTangent = 4;
const elu = 5;
const selu = 6;
const softplus = 7;
const gelu = 8;
const silu = 9;

const activation = 0;
const negativeSlope = 0.2;

// Beyond these, exp overflows and tanh gives NaN on some stacks, while the results no longer change in float32.
const sigmoidLimit = 87.0;
const tanhLimit = 15.0;

const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

fn logistic(x: f32) -> f32 {
  return 1.0 / (1.0 + exp(-clamp(x, -sigmoidLimit, sigmoidLimit)));
}

// The error function to 1.5e-7: formula 7.1.26 of Abramowitz & Stegun, Handbook of Mathematical Functions (1964).
fn erf(x: f32) -> f32 {
  let t = 1.0 / (1.0 + 0.3275911 * abs(x));
  let series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return sign(x) * (1.0 - series * exp(-min(x * x, sigmoidLimit)));
}

fn activate(x: f32) -> f32 {
  var y = x;
  // @static
  if (activation == relu) {
    y = select(x, 0.0, x < 0.0);
  }
  // @static
  if (activation == leakyRelu) {
    y = select(x, x * negativeSlope, x < 0.0);
  }
  // @static
  if (activation == sigmoid) {
    y = logistic(x);
  }
  // @static
  if (activation == hyperbolicTangent) {
    y = tanh(clamp(x, -tanhLimit, tanhLimit));
  }
  // @static
  if (activation == elu) {
    y = select(x, exp(max(x, -sigmoidLimit)) - 1.0, x < 0.0);
  }
  // @static
  if (activation == selu) {
    y = seluScale * select(x, seluAlpha * (exp(max(x, -sigmoidLimit)) - 1.0), x < 0.0);
  }
  // @static
  if (activation == softplus) {
    y = max(x, 0.0) + log(1.0 + exp(-min(abs(x), sigmoidLimit)));
  }
  // @static
  if (activation == gelu) {
    y = 0.5 * x * (1.0 + erf(x * 0.7071067811865476));
  }
  // @static
  if (activation == silu) {
    y = x * logistic(x);
  }
  return y;
}

fn activationGrad(y: f32) -> f32 {
  var slope = 1.0;
  // @static
  if (activation == relu) {
    slope = select(0.0, 1.0, y > 0.0);
  }
  // @static
  if (activation == leakyRelu) {
    slope = select(negativeSlope, 1.0, y > 0.0);
  }
  // @static
  if (activation == sigmoid) {
    slope = y * (1.0 - y);
  }
  // @static
  if (activation == hyperbolicTangent) {
    slope = 1.0 - y * y;
  }
  // @static
  if (activation == elu) {
    slope = select(y + 1.0, 1.0, y > 0.0);
  }
  // @static
  if (activation == selu) {
    slope = select(y + seluScale * seluAlpha, seluScale, y > 0.0);
  }
  // @static
  if (activation == softplus) {
    slope = 1.0 - exp(-y);
  }
  return slope;
}
