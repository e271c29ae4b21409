/** At which steps snapshots are taken and which of them stay: dense at the start, ever wider apart. Pure; takes none itself. */

/** Gaps double whenever the steps have quadrupled: the distances grow like the root of the step. */
const quadrupling = 4;
/** At coarseness 0 every step up to the third quadrupling, 64, is on the grid. */
const denseQuadruplings = 2;

/** Steps between two places of the grid around a step; powers of two, so that a coarser grid is a part of a finer one. */
export function gapAt(step: number, coarseness: number): number {
  let quadruplings = 0;
  for (let end = quadrupling; end <= step; end *= quadrupling) quadruplings += 1;
  return 2 ** Math.max(0, quadruplings - denseQuadruplings + coarseness);
}

export class SnapshotSchedule {
  #coarseness = 0;

  /** The first step after `step` at which to take one. */
  after(step: number): number {
    let next = step + 1;
    // Rounding up may lead to where the gaps are wider.
    for (let before = 0; before !== next;) {
      before = next;
      const gap = gapAt(next, this.#coarseness);
      next = Math.ceil(next / gap) * gap;
    }
    return next;
  }

  /** Those of the steps, which rise, that stay when there is room for `capacity` (≥ 1); the first always does. */
  kept(steps: readonly number[], capacity: number): readonly number[] {
    let staying = steps;
    while (staying.length > capacity) {
      this.#coarseness += 1;
      staying = staying.filter((step, index) => index === 0 || step % gapAt(step, this.#coarseness) === 0);
    }
    return staying;
  }
}
