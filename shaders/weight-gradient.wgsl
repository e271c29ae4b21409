// needs: weight-sections
//
// The gradient of one weight: the parts that the layers' weightGradient kernels wrote, added up in a fixed order, and that
// of its regularizer: d/dw (l1 |w| + l2 w²) = l1 sign(w) + 2 l2 w, with sign(0) = 0.
const hasRegularizers = false;

@group(0) @binding(2) var<storage, read> gradParts: array<f32>;

// Parts are of the loss times a scale (step-state.wgsl), of which `unscale` is the inverse.
fn weightGrad(index: i32, weight: f32, unscale: f32) -> f32 {
  let block = blocks[index / blockSize];
  var grad = 0.0;
  for (var part = 0; part < block.parts; part++) {
    grad += gradParts[block.offset + part * block.stride + index % blockSize];
  }
  grad *= unscale;
  // @static
  if (hasRegularizers) {
    let section = sections[block.section];
    grad += section.l1 * sign(weight) + 2.0 * section.l2 * weight;
  }
  return grad;
}
