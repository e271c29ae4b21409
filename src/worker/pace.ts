/** How fast training shall go: as fast as it can, or slowly enough for people to follow every step. */
import type { Feature, Surroundings } from './feature.ts';
import { paceFor } from './painting-loop.ts';
import type { Request } from './protocol.ts';

export class Pace implements Feature {
  /** Absent for full speed. */
  stepsPerSecond: number | undefined;

  constructor(private readonly surroundings: Surroundings) {}

  /** Least time between two reports of a run at full speed. */
  get reportingMs(): number {
    return paceFor(this.surroundings.engine?.adapter.isSoftware ?? false).reportingMs;
  }

  perform(request: Request): Promise<void> | undefined {
    if (request.type !== 'setPace') return undefined;
    this.stepsPerSecond = request.stepsPerSecond;
    this.surroundings.loop?.setPace(request.stepsPerSecond);
    return Promise.resolve();
  }
}
