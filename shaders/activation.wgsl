// Activations that are computed where a layer writes its outputs, and undone where the next layer writes their gradient.
// The derivative is written with the output y = f(x), so that x need not be kept:
//   relu       y = max(x, 0)               dy/dx = 1 where y > 0, else 0
//   leakyRelu  y = x, or slope * x below 0   dy/dx = 1 where y > 0, else slope
//   sigmoid    y = 1 / (1 + exp(-x))       dy/dx = y (1 - y)
//   tanh       y = tanh(x)                 dy/dx = 1 - y y
const linear = 0;
const relu = 1;
const leakyRelu = 2;
const sigmoid = 3;
const hyperbolicTangent = 4;

const activation = 0;
const negativeSlope = 0.2;

// Beyond these, exp overflows and tanh gives NaN on some stacks, while the results no longer change in float32.
const sigmoidLimit = 87.0;
const tanhLimit = 15.0;

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
    y = 1.0 / (1.0 + exp(-clamp(x, -sigmoidLimit, sigmoidLimit)));
  }
  // @static
  if (activation == hyperbolicTangent) {
    y = tanh(clamp(x, -tanhLimit, tanhLimit));
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
  return slope;
}
