// Nothing, but each dispatch has to wait for the one before it, since both write the same number.

@group(0) @binding(0) var<storage, read_write> count: array<u32>;

@compute @workgroup_size(1)
fn empty() {
  count[0] += 1u;
}
