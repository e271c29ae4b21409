// What the loss says of one example of the batch; step-finish.wgsl adds them up.
struct ExampleMetrics {
  loss: f32,
  // 1 when the largest output is at the largest target.
  isCorrect: f32,
}
