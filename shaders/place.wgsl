// A position of a channels-last tensor, and the channels that one invocation handles there, which so share the index
// arithmetic. Where they do not divide evenly the last ones move inward: some channels are then computed twice, bit for bit
// the same.
const channels = 32;
const channelsPerInvocation = 4;

const channelGroups = (channels + channelsPerInvocation - 1) / channelsPerInvocation;

// One position of a plane, and the first of its channels.
struct Place {
  n: i32,
  y: i32,
  x: i32,
  c: i32,
}

fn placeOf(index: i32, height: i32, width: i32) -> Place {
  let c = min(index % channelGroups * channelsPerInvocation, channels - channelsPerInvocation);
  let cell = index / channelGroups;
  return Place(cell / (height * width), cell / width % height, cell % width, c);
}

// The cell [y, x] of the same example and channel, in a tensor of this height and width.
fn cellAt(place: Place, y: i32, x: i32, height: i32, width: i32) -> i32 {
  return ((place.n * height + y) * width + x) * channels + place.c;
}
