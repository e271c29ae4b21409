// needs: invocation, batch, activation, element
//
// The gradient of a tensor that several layers read: the sum of what each of them wrote, in a fixed order, and then the
// activation undone that its producer has fused:
//
//   inputsGrad = activationGrad(inputs) · (part0 + part1 + …)
//
// and, where the producer has pooled it, given back to the cell that won its window, with zeros for the others. More parts
// than one dispatch can bind are added in several, the sum of one being the first part of the next.
const cellsPerExample = 1;
const partCount = 2;
// Of the pooled tensor, and of the windows: 1 × 1 where there are none.
const inputHeight = 1;
const inputWidth = 1;
const inputChannels = 1;
const inputPoolHeight = 1;
const inputPoolWidth = 1;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> inputsGrad: array<element>;
@group(0) @binding(3) var<storage, read> part0: array<element>;
@group(0) @binding(4) var<storage, read> part1: array<element>;
@group(0) @binding(5) var<storage, read> part2: array<element>;
@group(0) @binding(6) var<storage, read> part3: array<element>;
@group(0) @binding(7) var<storage, read> part4: array<element>;
@group(0) @binding(8) var<storage, read> inputWinners: array<u32>;

@compute @workgroup_size(workgroupSize)
fn sum(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * cellsPerExample) {
    return;
  }
  var grad = f32(part0[index]);
  // @static
  if (partCount > 1) {
    grad += f32(part1[index]);
  }
  // @static
  if (partCount > 2) {
    grad += f32(part2[index]);
  }
  // @static
  if (partCount > 3) {
    grad += f32(part3[index]);
  }
  // @static
  if (partCount > 4) {
    grad += f32(part4[index]);
  }
  // @static
  if (activation != linear) {
    grad *= activationGrad(f32(inputs[index]));
  }
  // @static
  if (inputPoolHeight * inputPoolWidth == 1) {
    inputsGrad[index] = element(grad);
  } else {
    unpool(index, grad);
  }
}

fn unpool(index: i32, grad: f32) {
  let c = index % inputChannels;
  let x = index / inputChannels % inputWidth;
  let row = index / (inputChannels * inputWidth);
  let word = inputWinners[(row * inputWidth + x) * ((inputChannels + 3) / 4) + c / 4];
  let winner = i32(word >> u32(c % 4 * 8)) & 255;
  // @short
  for (var k = 0; k < inputPoolHeight * inputPoolWidth; k++) {
    let y = row * inputPoolHeight + k / inputPoolWidth;
    let cell = (y * (inputWidth * inputPoolWidth) + x * inputPoolWidth + k % inputPoolWidth) * inputChannels + c;
    inputsGrad[cell] = element(select(0.0, grad, winner == k));
  }
}
