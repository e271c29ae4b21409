// Draws the maps of one tensor as tiles, straight from the buffer the network keeps it in: one diverging scale, symmetric
// around zero, cells as squares of whole device pixels.
//
//   vertexMain     one triangle that covers the canvas
//   fragmentMain   pixel → tile → cell → number → colour = mix(zero, number < 0 ? negative : positive, |number| / limit)

struct MapView {
  // Cells of one map, and how many maps there are.
  mapHeight: i32,
  mapWidth: i32,
  mapCount: i32,
  // Where a number is: map m, row y, column x at (m / inner)·outerStride + (m % inner)·innerStride + y·rowStride + x·columnStride.
  inner: i32,
  outerStride: i32,
  innerStride: i32,
  rowStride: i32,
  columnStride: i32,
  // Tiles in device pixels.
  columns: i32,
  cellPx: i32,
  gapPx: i32,
  // Which of `limits` is this tensor's.
  slot: i32,
  negative: vec4f,
  zero: vec4f,
  positive: vec4f,
  gap: vec4f,
}

@group(0) @binding(0) var<uniform> view: MapView;
@group(0) @binding(1) var<storage, read> numbers: array<f32>;
@group(0) @binding(2) var<storage, read> limits: array<f32>;

@vertex
fn vertexMain(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  let corner = vec2f(f32(index & 1u), f32(index >> 1u));
  return vec4f(corner * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn fragmentMain(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let pixel = vec2i(position.xy);
  let pitch = vec2i(view.mapWidth, view.mapHeight) * view.cellPx + view.gapPx;
  let tile = pixel / pitch;
  let cell = (pixel - tile * pitch) / view.cellPx;
  let map = tile.y * view.columns + tile.x;
  if (tile.x >= view.columns || map >= view.mapCount || cell.x >= view.mapWidth || cell.y >= view.mapHeight) {
    return view.gap;
  }
  let place = map / view.inner * view.outerStride + map % view.inner * view.innerStride + cell.y * view.rowStride + cell.x * view.columnStride;
  let strength = clamp(numbers[place] / max(limits[view.slot], 1e-30), -1.0, 1.0);
  return mix(view.zero, select(view.positive, view.negative, strength < 0.0), abs(strength));
}
