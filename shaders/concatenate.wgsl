// needs: invocation, batch, activation, element
//
// One source of a concatenation. Along the joined axis and those behind it a source is rows of rowCells numbers that lie
// together; in the result they lie from firstCell on in rows of joinedRowCells. The axes before are rows.
//
//   forward        outputs[r, firstCell + k] = inputs[r, k]
//   inputGradient  inputsGrad[r, k] = activationGrad(inputs) · outputsGrad[r, firstCell + k]
//
// An invocation copies one number.
const rowsPerExample = 1;
const rowCells = 8;
const joinedRowCells = 16;
const firstCell = 0;

@group(0) @binding(1) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<element>;
@group(0) @binding(3) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(4) var<storage, read_write> inputsGrad: array<element>;

fn joinedCell(index: i32) -> i32 {
  return index / rowCells * joinedRowCells + firstCell + index % rowCells;
}

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * rowsPerExample * rowCells) {
    return;
  }
  outputs[joinedCell(index)] = inputs[index];
}

@compute @workgroup_size(workgroupSize)
fn inputGradient(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= batch.size * rowsPerExample * rowCells) {
    return;
  }
  let grad = outputsGrad[joinedCell(index)];
  // @static
  if (activation == linear) {
    inputsGrad[index] = grad;
  } else {
    inputsGrad[index] = element(f32(grad) * activationGrad(f32(inputs[index])));
  }
}
