// needs: element
//
// What four neighbouring invocations lend each other. Where a kernel's quads compute side by side, the loader sets lanes = 4
// and writes quadSwapX, quadSwapY and quadSwapDiagonal of the value into the functions across…: what the lane with the number
// lane ^ 1, lane ^ 2, lane ^ 3 has. Four numbers are then in every lane for one load each. As the file stands, every
// invocation is alone.
const lanes = 1;

fn acrossX(value: element) -> element {
  return value;
}

fn acrossY(value: element) -> element {
  return value;
}

fn acrossDiagonal(value: element) -> element {
  return value;
}

// As acrossX and acrossY, for whole words.
fn wordAcrossX(value: u32) -> u32 {
  return value;
}

fn wordAcrossY(value: u32) -> u32 {
  return value;
}

// What the lanes of a quad have, in their order, in every one of them: exchanges and masks, since broadcasts cost more where
// invocations are the lanes of a CPU's vectors.
fn ofAllLanes(value: element, lane: i32) -> vec4f {
  let isOdd = 0u - (u32(lane) & 1u);
  let isHigh = 0u - ((u32(lane) >> 1u) & 1u);
  let own = bitcast<u32>(f32(value));
  let next = wordAcrossX(own);
  let swapped = (own ^ next) & isOdd;
  let even = own ^ swapped;
  let odd = next ^ swapped;
  let otherEven = wordAcrossY(even);
  let otherOdd = wordAcrossY(odd);
  let swappedEven = (even ^ otherEven) & isHigh;
  let swappedOdd = (odd ^ otherOdd) & isHigh;
  return bitcast<vec4f>(vec4u(even ^ swappedEven, odd ^ swappedOdd, otherEven ^ swappedEven, otherOdd ^ swappedOdd));
}
