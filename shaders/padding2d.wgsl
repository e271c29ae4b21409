// needs: invocation, batch, activation
//
// Padding by the nearest border cell (replicate), for the convolution that follows.
//
//   forward        outputs[y,x] = inputs[clamp(y − top), clamp(x − left)]
//   inputGradient  inputsGrad[y,x] = activationGrad(inputs) · sum of outputsGrad over all cells that copied (y,x):
//                  one inside, a strip at the border, a block at a corner
const inputHeight = 28;
const inputWidth = 28;
const channels = 1;
const outputHeight = 30;
const outputWidth = 30;
const padTop = 1;
const padLeft = 1;

@group(0) @binding(1) var<storage, read> inputs: array<f32>;
@group(0) @binding(2) var<storage, read_write> outputs: array<f32>;
@group(0) @binding(3) var<storage, read> outputsGrad: array<f32>;
@group(0) @binding(4) var<storage, read_write> inputsGrad: array<f32>;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * outputHeight * outputWidth * channels) {
    return;
  }
  let c = index % channels;
  let x = clamp(index / channels % outputWidth - padLeft, 0, inputWidth - 1);
  let y = clamp(index / (channels * outputWidth) % outputHeight - padTop, 0, inputHeight - 1);
  let n = index / (channels * outputWidth * outputHeight);
  outputs[index] = inputs[((n * inputHeight + y) * inputWidth + x) * channels + c];
}

// The padded cells [x, y) that copied an input row (or column): the border ones reach to the padded edge.
fn copiesOf(cell: i32, pad: i32, size: i32, paddedSize: i32) -> vec2i {
  return vec2i(select(cell + pad, 0, cell == 0), select(cell + pad + 1, paddedSize, cell == size - 1));
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * inputHeight * inputWidth * channels) {
    return;
  }
  let c = index % channels;
  let n = index / (channels * inputWidth * inputHeight);
  let columns = copiesOf(index / channels % inputWidth, padLeft, inputWidth, outputWidth);
  let rows = copiesOf(index / (channels * inputWidth) % inputHeight, padTop, inputHeight, outputHeight);
  var grad = 0.0;
  for (var y = rows.x; y < rows.y; y++) {
    for (var x = columns.x; x < columns.y; x++) {
      grad += outputsGrad[((n * outputHeight + y) * outputWidth + x) * channels + c];
    }
  }
  // @static
  if (activation == linear) {
    inputsGrad[index] = grad;
  } else {
    inputsGrad[index] = grad * activationGrad(inputs[index]);
  }
}
