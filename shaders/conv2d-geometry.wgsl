// needs: element
//
// What the passes of a convolution share: its shape, the tile of one invocation, and where a number stands. The tensors are
//
//   inputs   [batch, inputHeight, inputWidth, inputChannels]        kernel  [kernelHeight, kernelWidth, channelsPerGroup, filters]
//   outputs  [batch, outputHeight, outputWidth, filters]            bias    [filters]
//
// and output (oy,ox) sees input (oy·strideY − padTop + ky·dilationY, ox·strideX − padLeft + kx·dilationX) through tap (ky,kx).
//
// Groups. Filters [g·filtersPerGroup, (g+1)·filtersPerGroup) see channels [g·channelsPerGroup, (g+1)·channelsPerGroup) only,
// and the kernel counts its channels within the group. With as many groups as channels this is the depthwise convolution:
// filtersPerGroup is then its depth multiplier m, filter c·m + k the k-th of channel c, and a depthwise kernel
// [kernelHeight, kernelWidth, inputChannels, m] lies in memory exactly as [kernelHeight, kernelWidth, 1, filters] does.
//
// Transposition. A transposed convolution is a convolution run backwards: its outputs are what is called inputs here. Its
// forward pass is inputGradient, its input gradient is forward (both isTransposed), and its weight gradient is weightGradient
// with the two tensors changed over.
const inputHeight = 28;
const inputWidth = 28;
const inputChannels = 1;
const outputHeight = 26;
const outputWidth = 26;
const filters = 32;
const groupCount = 1;
const kernelHeight = 3;
const kernelWidth = 3;
const strideY = 1;
const strideX = 1;
const dilationY = 1;
const dilationX = 1;
const padTop = 0;
const padLeft = 0;
// Whether any window reaches beyond the inputs.
const isPadded = false;
const hasBias = false;
const isTransposed = false;

// The results of one invocation: rows × columns × channels. In weightGradient, tileHeight × tileWidth outputs are summed at
// a time, and tileDepth input channels × tileChannels filters are its results for each tap. A tile stays within one group.
const tileHeight = 1;
const tileWidth = 2;
const tileChannels = 4;
// The kernel is taken in chunks of taps, so that a large one does not unroll without bound.
const tapRows = 3;
const tapColumns = 3;

const taps = tapRows * tapColumns;
const channelsPerGroup = inputChannels / groupCount;
const filtersPerGroup = filters / groupCount;
const filterTilesPerGroup = (filtersPerGroup + tileChannels - 1) / tileChannels;
const filterTiles = groupCount * filterTilesPerGroup;
// The inputs that a tile of outputs sees.
const patchHeight = (tileHeight - 1) * strideY + (tapRows - 1) * dilationY + 1;
const patchWidth = (tileWidth - 1) * strideX + (tapColumns - 1) * dilationX + 1;

fn inputIndex(n: i32, y: i32, x: i32, c: i32) -> i32 {
  return ((n * inputHeight + y) * inputWidth + x) * inputChannels + c;
}

// c counts within the group of f.
fn kernelIndex(ky: i32, kx: i32, c: i32, f: i32) -> i32 {
  return ((ky * kernelWidth + kx) * channelsPerGroup + c) * filters + f;
}

fn outputIndex(n: i32, y: i32, x: i32, f: i32) -> i32 {
  return ((n * outputHeight + y) * outputWidth + x) * filters + f;
}
