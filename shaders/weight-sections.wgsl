// How the weights lie: one array, each weight a section of it that starts at a multiple of 64. Block b is the numbers
// [64·b, 64·b + 64) and names its section: one look-up per number instead of a search.
const blockSize = 64;

struct Block {
  // Where the first part of the gradient of the block's first number is, the numbers between parts, and the number of parts.
  offset: i32,
  stride: i32,
  parts: i32,
  section: i32,
}

struct Section {
  firstBlock: i32,
  blockCount: i32,
  // Number i of the section belongs to filter i / inner % filters, whose flag is flags[firstFlag + filter].
  firstFlag: i32,
  filters: i32,
  inner: i32,
  // The regularizer, l1 Σ|w| + l2 Σw²; zero without one.
  l1: f32,
  l2: f32,
  padding: i32,
}

@group(0) @binding(1) var<storage, read> blocks: array<Block>;
@group(0) @binding(8) var<storage, read> sections: array<Section>;
@group(0) @binding(9) var<storage, read> flags: array<u32>;

// Flags of filters: one learns, one keeps its numbers, or one is held at zero.
const isFrozen = 0u;
const isLearning = 1u;
const isZeroed = 2u;

fn flagIndex(index: i32) -> i32 {
  let section = sections[blocks[index / blockSize].section];
  return section.firstFlag + (index - section.firstBlock * blockSize) / section.inner % section.filters;
}
