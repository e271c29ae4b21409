// needs: element
//
// What four neighbouring invocations lend each other. Where a kernel's quads compute side by side, the loader sets lanes = 4
// and writes quadSwapX, quadSwapY and quadSwapDiagonal of the value into the functions across…: what the lane with the number
// lane ^ 1, lane ^ 2, lane ^ 3 has; and quadBroadcast into lane0 to lane3: what that lane has. Four numbers are then in every
// lane for one load each. As the file stands, every invocation is alone.
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

fn lane0(value: element) -> element {
  return value;
}

fn lane1(value: element) -> element {
  return value;
}

fn lane2(value: element) -> element {
  return value;
}

fn lane3(value: element) -> element {
  return value;
}

// As acrossX and acrossY, for whole words.
fn wordAcrossX(value: u32) -> u32 {
  return value;
}

fn wordAcrossY(value: u32) -> u32 {
  return value;
}
