// needs: invocation, batch, activation, conv2d-geometry
//
// The sums of conv2d-input-gradient.wgsl, one input cell and channel at a time, for strides so large that a tile of whole
// strides fits no registers:
//
//   inputsGrad[n,y,x,c] = activationGrad(inputs) · sum_{ky,kx,f} outputsGrad[n, (y + top − ky·dy)/sy, (x + left − kx·dx)/sx, f] · kernel[ky,kx,c,f]
//
// over the taps for which both divisions are whole; transposed, with a bias and an activation instead of activationGrad.
@group(0) @binding(1) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(2) var<storage, read> kernel: array<element>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> inputs: array<element>;
@group(0) @binding(5) var<storage, read_write> inputsGrad: array<element>;

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * inputChannels) {
    return;
  }
  let c = index % inputChannels;
  let x = index / inputChannels % inputWidth;
  let y = index / (inputChannels * inputWidth) % inputHeight;
  let n = index / (inputChannels * inputWidth * inputHeight);
  let firstFilter = c / channelsPerGroup * filtersPerGroup;
  var grad = 0.0;
  // @static
  if (hasBias) {
    grad = bias[c];
  }
  for (var ky = 0; ky < kernelHeight; ky++) {
    for (var kx = 0; kx < kernelWidth; kx++) {
      let down = y + padTop - ky * dilationY;
      let right = x + padLeft - kx * dilationX;
      let isWhole = (down >= 0) & (right >= 0) & (down % strideY == 0) & (right % strideX == 0);
      if (isWhole & (down / strideY < outputHeight) & (right / strideX < outputWidth)) {
        let output = outputIndex(n, down / strideY, right / strideX, firstFilter);
        let tap = kernelIndex(ky, kx, c % channelsPerGroup, firstFilter);
        for (var f = 0; f < filtersPerGroup; f++) {
          grad += f32(outputsGrad[output + f] * kernel[tap + f]);
        }
      }
    }
  }
  // @static
  if (isTransposed) {
    inputsGrad[index] = element(activate(grad));
  } else {
    // @static
    if (activation == linear) {
      inputsGrad[index] = element(grad);
    } else {
      inputsGrad[index] = element(grad * activationGrad(f32(inputs[index])));
    }
  }
}
