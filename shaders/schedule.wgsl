// The learning rate of a step (0 is the first), as Keras 3's schedules have it (keras/src/optimizers/schedules):
//
//   constant       initial
//   exponential    initial · decayRate^(step / decaySteps)
//   staircase      initial · decayRate^⌊step / decaySteps⌋
//   cosine         step < warmupSteps: initial + (peak − initial) · step / warmupSteps, then
//                  peak · ((1 − alpha) · (1 + cos(π·u)) / 2 + alpha), u = min((step − warmupSteps) / decaySteps, 1)
//
// Powers are exp2(n · log2 decayRate) with the logarithm from double precision. (1 + cos(π·u)) / 2 = sin²(π/2 · (1 − u)),
// where 1 − u is a quotient of whole numbers: nothing cancels, and the sine of [0, π/2] is a short series, while WGSL's
// own cos may be wrong by 5e-4.
const constantSchedule = 0;
const exponentialSchedule = 1;
const staircaseSchedule = 2;
const cosineSchedule = 3;

struct Schedule {
  kind: i32,
  decaySteps: i32,
  warmupSteps: i32,
  padding: i32,
  initial: f32,
  peak: f32,
  alpha: f32,
  // Of the decay per step (exponential), or per decaySteps (staircase).
  log2Decay: f32,
}

// Taylor's series to the 13th power: wrong by less than 1e-9 up to π/2.
fn sineOfQuarter(x: f32) -> f32 {
  let y = x * x;
  let tail = 1.0 + y / -110.0 * (1.0 + y / -156.0);
  return x * (1.0 + y / -6.0 * (1.0 + y / -20.0 * (1.0 + y / -42.0 * (1.0 + y / -72.0 * tail))));
}

fn learningRateAt(schedule: Schedule, step: i32) -> f32 {
  if (schedule.kind == exponentialSchedule) {
    return schedule.initial * exp2(f32(step) * schedule.log2Decay);
  }
  if (schedule.kind == staircaseSchedule) {
    return schedule.initial * exp2(f32(step / schedule.decaySteps) * schedule.log2Decay);
  }
  if (schedule.kind == cosineSchedule) {
    if (step < schedule.warmupSteps) {
      return schedule.initial + (schedule.peak - schedule.initial) * f32(step) / f32(schedule.warmupSteps);
    }
    let left = schedule.decaySteps - min(step - schedule.warmupSteps, schedule.decaySteps);
    let sine = sineOfQuarter(1.5707963267948966 * f32(left) / f32(schedule.decaySteps));
    return schedule.peak * ((1.0 - schedule.alpha) * sine * sine + schedule.alpha);
  }
  return schedule.initial;
}
