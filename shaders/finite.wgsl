// Whether a number is one: neither infinite nor NaN. Tested by its bits, since n != n is false for NaN on every stack measured.
fn isFiniteNumber(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}
