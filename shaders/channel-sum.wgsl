// needs: invocation, batch, element
//
// The sum of a tensor [batch, cells, channels] over everything but its channels: the gradient of a bias that was added to
// every cell,
//
//   sums[c] = sum_{n,i} outputsGrad[n,i,c]
//
// in two stages, each in a fixed order. `sumChunks` adds up one chunk of cells for one channel, neighbours reading neighbouring
// channels; `sumTotals` adds up the chunks of each part of the batch.
const channels = 1;
const cellsPerExample = 1;
// The batch is summed in this many parts, added up in a fixed order by who reads the gradients.
const splitCount = 1;
const imagesPerSplit = 1;
const sumsStride = 0;
const chunkCount = 1;
const cellsPerChunk = 1;

@group(0) @binding(1) var<storage, read> outputsGrad: array<element>;
@group(0) @binding(2) var<storage, read_write> chunkSums: array<f32>;
@group(0) @binding(3) var<storage, read> chunks: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(workgroupSize)
fn sumChunks(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= channels * chunkCount * splitCount) {
    return;
  }
  let chunk = index / channels % chunkCount;
  let split = index / (channels * chunkCount);
  let start = split * imagesPerSplit * cellsPerExample + chunk * cellsPerChunk;
  let splitEnd = min((split + 1) * imagesPerSplit, batch.size) * cellsPerExample;
  let end = min(start + cellsPerChunk, splitEnd);
  var sum = 0.0;
  for (var cell = start; cell < end; cell++) {
    sum += f32(outputsGrad[cell * channels + index % channels]);
  }
  chunkSums[index] = sum;
}

@compute @workgroup_size(workgroupSize)
fn sumTotals(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  if (index >= channels * splitCount) {
    return;
  }
  let c = index % channels;
  let split = index / channels;
  var sum = 0.0;
  for (var chunk = 0; chunk < chunkCount; chunk++) {
    sum += chunks[(split * chunkCount + chunk) * channels + c];
  }
  sums[split * sumsStride + c] = sum;
}
