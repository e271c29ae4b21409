// needs: invocation, batch, step-state, element, random
//
// Draws the batch's images anew, each moved in its own way, over what batch-gather.wgsl has put there (places past the
// epoch's last example stay zero). An output cell p, counted from the image's middle m, shows the input at
//
//   q = flip( rotate⁻¹( (p − m − shift) / zoom ) ) + m
//
// so the image is mirrored, turned, zoomed about its middle and shifted, in this order; between cells it is interpolated
// bilinearly, outside it is 0. Whole shifts alone move bytes without a rounding. Noise is added last and not clamped.
//
// Random words of the stream (augmentation, place in the batch) of this step:
//   0, 1     columns and rows to shift by: floor(word · (2 · shift + 1) / 2³²) − shift
//   2, 3     angle = (2u − 1) · rotation,  zoom = 1 + (2u − 1) · zoom
//   4        mirrored where the top bit is set
//   8 + i    noise of value i: a pair of words gives the pair of normal numbers in their place (Box–Muller)
const height = 28;
const width = 28;
const channels = 1;
const valuesPerInvocation = 16;
// As in batch-gather.wgsl.
const isShuffled = true;
const shift = 0;
const hasRotation = false;
// In radians.
const rotation: f32 = 0.0;
const hasZoom = false;
const zoom: f32 = 0.0;
const canFlip = false;
const hasNoise = false;
const noise: f32 = 0.0;

@group(0) @binding(1) var<storage, read> images: array<u32>;
@group(0) @binding(2) var<storage, read> permutation: array<u32>;
@group(0) @binding(3) var<storage, read> state: StepState;
@group(0) @binding(4) var<storage, read_write> inputs: array<element>;

const exampleSize = height * width * channels;
const invocationsPerExample = (exampleSize + valuesPerInvocation - 1) / valuesPerInvocation;
const middle = vec2f(0.5 * f32(width - 1), 0.5 * f32(height - 1));

// How one example is moved; `turn` is (cos, sin) of its angle over its zoom.
struct Motion {
  shift: vec2f,
  turn: vec2f,
  mirror: f32,
}

fn wordsOf(n: i32, block: i32) -> vec4u {
  return randomWords(state.seed, augmentationStream, u32(n), u32(state.step), u32(block));
}

fn wholeShift(word: u32) -> f32 {
  return f32(i32(multiplyHigh(word, 2u * shift + 1u)) - shift);
}

fn motionOf(n: i32) -> Motion {
  let words = wordsOf(n, 0);
  var turn = vec2f(1.0, 0.0);
  // @static
  if (hasRotation) {
    let angle = (2.0 * uniformOf(words.z) - 1.0) * rotation;
    turn = vec2f(cos(angle), sin(angle));
  }
  // @static
  if (hasZoom) {
    turn /= 1.0 + (2.0 * uniformOf(words.w) - 1.0) * zoom;
  }
  var mirror = 1.0;
  // @static
  if (canFlip) {
    mirror = select(1.0, -1.0, wordsOf(n, 1).x >= 0x80000000u);
  }
  return Motion(vec2f(wholeShift(words.x), wholeShift(words.y)), turn, mirror);
}

fn pixel(example: u32, y: i32, x: i32, c: i32) -> f32 {
  let isInside = (y >= 0) & (y < height) & (x >= 0) & (x < width);
  let cell = (clamp(y, 0, height - 1) * width + clamp(x, 0, width - 1)) * channels + c;
  let byte = example * u32(exampleSize) + u32(cell);
  let value = (images[byte / 4u] >> (byte % 4u * 8u)) & 255u;
  return select(0.0, f32(value) / 255.0, isInside);
}

fn movedPixel(example: u32, motion: Motion, i: i32) -> f32 {
  let cell = i / channels;
  let c = i % channels;
  let p = vec2f(f32(cell % width), f32(cell / width)) - middle - motion.shift;
  let turned = vec2f(motion.turn.x * p.x + motion.turn.y * p.y, motion.turn.x * p.y - motion.turn.y * p.x);
  let q = vec2f(turned.x * motion.mirror, turned.y) + middle;
  let corner = floor(q);
  let x = i32(corner.x);
  let y = i32(corner.y);
  let rest = q - corner;
  let upper = pixel(example, y, x, c) * (1.0 - rest.x) + pixel(example, y, x + 1, c) * rest.x;
  let lower = pixel(example, y + 1, x, c) * (1.0 - rest.x) + pixel(example, y + 1, x + 1, c) * rest.x;
  return upper * (1.0 - rest.y) + lower * rest.y;
}

@compute @workgroup_size(workgroupSize)
fn augment(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = flatIndex(gid, groups);
  let n = index / invocationsPerExample;
  let place = state.stepInEpoch * batch.size + n;
  if ((n >= batch.size) | (place >= state.exampleCount)) {
    return;
  }
  var example = u32(place);
  // @static
  if (isShuffled) {
    example = permutation[place];
  }
  let motion = motionOf(n);
  let first = index % invocationsPerExample * valuesPerInvocation;
  let last = min(first + valuesPerInvocation, exampleSize) - 1;
  for (var i = first; i <= last; i += 4) {
    var normals: array<f32, 4>;
    // @static
    if (hasNoise) {
      let words = wordsOf(n, 2 + i / 4);
      let left = normalsOf(words.x, words.y);
      let right = normalsOf(words.z, words.w);
      normals[0] = left.x * noise;
      normals[1] = left.y * noise;
      normals[2] = right.x * noise;
      normals[3] = right.y * noise;
    }
    // From the last to the first: what lies behind the end falls on the last value, which is then written again.
    // @unroll
    for (var k = 0; k < 4; k++) {
      let value = min(i + 3 - k, last);
      inputs[n * exampleSize + value] = element(movedPixel(example, motion, value) + normals[3 - k]);
    }
  }
}
