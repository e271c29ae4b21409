// How many examples the tensors of this pass hold: the only thing that differs between a training pass and the pass of
// one example that is drawn, so both run the same pipelines.
struct Batch {
  size: i32,
}

@group(0) @binding(0) var<uniform> batch: Batch;
