// needs: invocation
// Mean and variance of many numbers without cancellation: of n numbers, their mean and the sum of their squared deviations
// from it. The variance is squares / n.
//
//   one number more (Welford 1962)             d = x − m,   m' = m + d / n',   s' = s + d · (x − m')
//   two sets (Chan, Golub & LeVeque 1979)      δ = m_b − m_a,   m = m_a + δ · n_b / n,   s = s_a + s_b + δ² · n_a · n_b / n
//
// Whoever sums takes one of the numbers away from all first: the mean is then small, and as exact as the deviations are.
struct Moments {
  mean: f32,
  squares: f32,
}

// `count` counts the new number.
fn withNumber(moments: Moments, x: f32, count: f32) -> Moments {
  let deviation = x - moments.mean;
  let mean = moments.mean + deviation / count;
  return Moments(mean, moments.squares + deviation * (x - mean));
}

fn merged(a: Moments, countA: f32, b: Moments, countB: f32) -> Moments {
  let difference = b.mean - a.mean;
  let shareB = countB / max(countA + countB, 1.0);
  return Moments(a.mean + difference * shareB, a.squares + b.squares + difference * difference * countA * shareB);
}

var<workgroup> gathered: array<vec4f, workgroupSize>;

// What the lanes of a workgroup have summed, in a fixed tree: count, mean, squares.
fn mergedByWorkgroup(own: Moments, count: f32, lane: u32) -> vec4f {
  gathered[lane] = vec4f(count, own.mean, own.squares, 0.0);
  workgroupBarrier();
  for (var half = u32(workgroupSize) / 2u; half > 0u; half /= 2u) {
    if (lane < half) {
      let a = gathered[lane];
      let b = gathered[lane + half];
      let both = merged(Moments(a.y, a.z), a.x, Moments(b.y, b.z), b.x);
      gathered[lane] = vec4f(a.x + b.x, both.mean, both.squares, 0.0);
    }
    workgroupBarrier();
  }
  return gathered[0];
}

// The lanes' sums, added in a fixed tree.
fn addedByWorkgroup(own: vec2f, lane: u32) -> vec2f {
  gathered[lane] = vec4f(own, 0.0, 0.0);
  workgroupBarrier();
  for (var half = u32(workgroupSize) / 2u; half > 0u; half /= 2u) {
    if (lane < half) {
      gathered[lane] += gathered[lane + half];
    }
    workgroupBarrier();
  }
  return gathered[0].xy;
}
