// Where a pass over a data set stands. Lives on the GPU and is advanced there by the last kernel of a step, so that a
// command stream of many steps needs no writes between them.
struct StepState {
  // Steps since the start of the epoch: which batch is next.
  stepInEpoch: i32,
  // Examples in an epoch; the last batch may be short.
  exampleCount: i32,
  // Steps since the initial weights.
  step: i32,
  // The network's seed, of which every random number is a function (random.wgsl).
  seed: u32,
  // 1 − beta^t of Adam's two moments for the step under way, t counting from 1.
  correction1: f32,
  correction2: f32,
  // Steps since the optimizer's slots were last empty, and the learning rate its schedule has for the step under way.
  updates: i32,
  learningRate: f32,
  // What the loss is multiplied by so that gradients in 16 bits do not vanish; 1 in float32.
  lossScale: f32,
  // Updates since the scale was last changed.
  goodSteps: i32,
}
