// The random numbers of random.ts, bit for bit: Philox 4×32-10 of Salmon et al., "Parallel random numbers: as easy as
// 1, 2, 3" (SC 2011). A draw is a function of what it is for and of nothing drawn before it, so any invocation may draw any
// number, in any order, and draw it again later:
//
//   words = philox(counter (block, substream, stream, step), key (seed, streamKey));   number i of a stream is word i mod 4
//   of block i / 4
//
// A round multiplies two words of the counter by constants, 32 × 32 → 64 bits, and mixes the halves with the key; WGSL has
// no 64-bit integers, so the high half is put together from products of 16-bit halves, none of which overflows.
const multiplier0 = 0xd2511f53u;
const multiplier1 = 0xcd9e8d57u;
const weyl = vec2u(0x9e3779b9u, 0xbb67ae85u);
const streamKey = 0x52656370u;

// `randomStreams` of random.ts.
const dropoutStream = 3u;
const augmentationStream = 4u;

fn multiplyHigh(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let middle = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let carry = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (carry >> 16u);
}

fn philox(counter: vec4u, key: vec2u) -> vec4u {
  var c = counter;
  var k = key;
  // @unroll
  for (var round = 0; round < 10; round++) {
    c = vec4u(
      multiplyHigh(multiplier1, c.z) ^ c.y ^ k.x,
      multiplier1 * c.z,
      multiplyHigh(multiplier0, c.x) ^ c.w ^ k.y,
      multiplier0 * c.x,
    );
    k += weyl;
  }
  return c;
}

// Numbers [4 · block, 4 · block + 4) of a stream.
fn randomWords(seed: u32, stream: u32, substream: u32, step: u32, block: u32) -> vec4u {
  return philox(vec4u(block, substream, stream, step), vec2u(seed, streamKey));
}

// In [0, 1), of 24 random bits: exact in float32.
fn uniformOf(word: u32) -> f32 {
  return f32(word >> 8u) * 5.9604644775390625e-8;
}

// Two standard normal numbers from two words (Box–Muller); the logarithm's argument is in (0, 1].
fn normalsOf(first: u32, second: u32) -> vec2f {
  let radius = sqrt(-2.0 * log(1.0 - uniformOf(first)));
  let angle = 6.283185307179586 * uniformOf(second);
  return radius * vec2f(cos(angle), sin(angle));
}
