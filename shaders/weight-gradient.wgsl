// The gradient of one weight: the parts that the layers' weightGradient kernels wrote, added up in a fixed order.
//
// Weights lie in one array, each section starting at a multiple of 64; block b is the weights [64·b, 64·b + 64), and says
// where its parts are. One look-up per weight instead of a search for its layer.
const blockSize = 64;

struct Block {
  // Where the first part of the block's first weight is, the numbers between parts, and the number of parts.
  offset: i32,
  stride: i32,
  parts: i32,
  padding: i32,
}

@group(0) @binding(1) var<storage, read> blocks: array<Block>;
@group(0) @binding(2) var<storage, read> gradParts: array<f32>;

fn weightGrad(index: i32) -> f32 {
  let block = blocks[index / blockSize];
  var grad = 0.0;
  for (var part = 0; part < block.parts; part++) {
    grad += gradParts[block.offset + part * block.stride + index % blockSize];
  }
  return grad;
}
