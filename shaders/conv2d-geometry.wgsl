// needs: element, quad
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
// Pooling. Max pooling behind the convolution may be part of it: outputHeight × outputWidth are then the outputs that a window
// of poolHeight × poolWidth keeps (whole windows, side by side), of which the largest is written. Its place in the window is
// remembered in one byte of `winners`, four filters to a word; gradients by the outputs are written back to those places.
// inputPoolHeight × inputPoolWidth says the same of the convolution that made the inputs.
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
const poolHeight = 1;
const poolWidth = 1;
const inputPoolHeight = 1;
const inputPoolWidth = 1;

// The results of one invocation: rows × columns × channels. The lanes of a quad have tiles side by side and lend each other
// weights: tiles then have a multiple of four channels, and slot s of a lane is channel s ^ lane, so that what one lane loads
// for slot 0 is what the others need for theirs (lentSlots = 4). Or they have one tile with channels of their own, and lend
// each other the patch. In weightGradient, tileHeight × tileWidth outputs are summed at
// a time, and tileDepth input channels × tileChannels filters are its results for each tap. A tile stays within one group.
const lentSlots = 1;
const lendsPatch = lanes > lentSlots;
const tileHeight = 1;
const tileWidth = 2;
const tileChannels = 4;
// The kernel is taken in chunks of taps, so that a large one does not unroll without bound.
const tapRows = 3;
const tapColumns = 3;

const poolCells = poolHeight * poolWidth;
const inputPoolCells = inputPoolHeight * inputPoolWidth;
const taps = tapRows * tapColumns;
const channelsPerGroup = inputChannels / groupCount;
const filtersPerGroup = filters / groupCount;
// Channels that the lanes of a quad have together, where they are their own.
const quadChannels = tileChannels * lanes / lentSlots;
const filterTilesPerGroup = (filtersPerGroup + quadChannels - 1) / quadChannels;
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

fn pooledIndex(n: i32, y: i32, x: i32, f: i32) -> i32 {
  return ((n * (outputHeight / poolHeight) + y) * (outputWidth / poolWidth) + x) * filters + f;
}

fn unpooledInputIndex(n: i32, y: i32, x: i32, c: i32) -> i32 {
  return ((n * (inputHeight * inputPoolHeight) + y) * (inputWidth * inputPoolWidth) + x) * inputChannels + c;
}

// The channel of slot s in tile `tile` of a group; the last tiles may have some past the end.
fn slotChannel(tile: i32, lane: i32, s: i32) -> i32 {
  return select(tile * tileChannels + (s ^ lane), (tile * lanes + lane) * tileChannels + s, lendsPatch);
}

// The word of `winners` for one pooled cell and four of its channels, of which c is one.
fn winnerWord(cell: i32, c: i32, channels: i32) -> i32 {
  return cell / channels * ((channels + 3) / 4) + c / 4;
}
