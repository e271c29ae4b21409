// Draws the maps of one tensor as tiles, straight from the buffer the network keeps it in: one diverging scale, symmetric
// around zero, cells as squares of whole device pixels. The scale ends at the largest |number| of the whole tensor or of a group:
// one map of outputs, one filter with all its input channels.
//
//   findGroupLimit   a workgroup for each group, a fixed tree: limits[1 + group] = the largest |number| of the group
//   findLimit        one workgroup after it: limits[0] = the largest of all groups
//   vertexMain       one triangle that covers the canvas
//   fragmentMain     pixel → tile → cell → number → colour = mix(zero, number < 0 ? negative : positive, |number| / limit)
const workgroupSize = 64u;

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
  // 1 where every group has its own scale, 0 where all share one.
  hasOwnScales: i32,
  negative: vec4f,
  zero: vec4f,
  positive: vec4f,
  gap: vec4f,
}

@group(0) @binding(0) var<uniform> view: MapView;
@group(0) @binding(1) var<storage, read> numbers: array<f32>;
@group(0) @binding(2) var<storage, read> limits: array<f32>;
@group(0) @binding(3) var<storage, read_write> foundLimits: array<f32>;

var<workgroup> largest: array<f32, workgroupSize>;

fn placeOf(map: i32, y: i32, x: i32) -> i32 {
  return map / view.inner * view.outerStride + map % view.inner * view.innerStride + y * view.rowStride + x * view.columnStride;
}

// The largest of what every invocation found, in largest[0].
fn shareLargest(lid: u32, own: f32) {
  largest[lid] = own;
  workgroupBarrier();
  for (var half = workgroupSize / 2u; half > 0u; half /= 2u) {
    if (lid < half) {
      largest[lid] = max(largest[lid], largest[lid + half]);
    }
    workgroupBarrier();
  }
}

@compute @workgroup_size(workgroupSize)
fn findGroupLimit(@builtin(workgroup_id) wid: vec3u, @builtin(local_invocation_index) lid: u32) {
  let cells = view.mapHeight * view.mapWidth;
  var own = 0.0;
  for (var i = i32(lid); i < cells * view.inner; i += i32(workgroupSize)) {
    let cell = i / view.inner;
    let map = i32(wid.x) * view.inner + i % view.inner;
    own = max(own, abs(numbers[placeOf(map, cell / view.mapWidth, cell % view.mapWidth)]));
  }
  shareLargest(lid, own);
  if (lid == 0u) {
    foundLimits[1 + i32(wid.x)] = largest[0];
  }
}

@compute @workgroup_size(workgroupSize)
fn findLimit(@builtin(local_invocation_index) lid: u32) {
  var own = 0.0;
  for (var group = i32(lid); group < view.mapCount / view.inner; group += i32(workgroupSize)) {
    own = max(own, foundLimits[1 + group]);
  }
  shareLargest(lid, own);
  if (lid == 0u) {
    foundLimits[0] = largest[0];
  }
}

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
  let limit = limits[view.hasOwnScales * (1 + map / view.inner)];
  let strength = clamp(numbers[placeOf(map, cell.y, cell.x)] / max(limit, 1e-30), -1.0, 1.0);
  return mix(view.zero, select(view.positive, view.negative, strength < 0.0), abs(strength));
}
