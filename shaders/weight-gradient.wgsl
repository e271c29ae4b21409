// needs: weight-sections
//
// The gradient of four neighbouring weights, which are of one block: the parts that the layers' weightGradient kernels wrote, added up in a fixed order, and that
// of its regularizer: d/dw (l1 |w| + l2 w²) = l1 sign(w) + 2 l2 w, with sign(0) = 0.
const hasRegularizers = false;

@group(0) @binding(2) var<storage, read> gradParts: array<vec4f>;

const foursPerBlock = blockSize / 4;

// Of the weights 4 · place to 4 · place + 3. Parts are of the loss times a scale (step-state.wgsl), of which `unscale` is
// the inverse.
fn weightGrad(place: i32, weight: vec4f, unscale: f32) -> vec4f {
  let block = blocks[place / foursPerBlock];
  var grad = vec4f();
  for (var part = 0; part < block.parts; part++) {
    grad += gradParts[(block.offset + part * block.stride) / 4 + place % foursPerBlock];
  }
  grad *= unscale;
  // @static
  if (hasRegularizers) {
    let section = sections[block.section];
    grad += section.l1 * sign(weight) + 2.0 * section.l2 * weight;
  }
  return grad;
}
