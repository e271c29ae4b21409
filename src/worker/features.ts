/** The features of a session, told and asked one after another. Knows none of their requests. */
import type { Network } from '../engine/index.ts';
import { AskedImages } from './asked-images.ts';
import { CellReader } from './cell-reader.ts';
import { Climber } from './climber.ts';
import { EffectiveField } from './effective-field.ts';
import { Examples } from './examples.ts';
import type { Feature, Surroundings } from './feature.ts';
import { LayerWatcher } from './layer-watch.ts';
import { Mistakes } from './mistakes.ts';
import { PerformanceWatcher } from './performance.ts';
import type { Report, Request } from './protocol.ts';
import { SaliencyWatcher } from './saliency.ts';
import { ShiftAccuracy } from './shift-accuracy.ts';
import { Surgery } from './surgery.ts';

/** Makes every feature that is built from its surroundings alone, in the order in which they are asked. */
export function createFeatures(surroundings: Surroundings): readonly Feature[] {
  return [
    new AskedImages(surroundings),
    new CellReader(surroundings),
    new Climber(surroundings),
    new EffectiveField(surroundings),
    new Examples(surroundings),
    new LayerWatcher(surroundings),
    new Mistakes(surroundings),
    new PerformanceWatcher(surroundings),
    new SaliencyWatcher(surroundings),
    new ShiftAccuracy(surroundings),
    new Surgery(surroundings),
  ];
}

/** All features as one. */
export class Features {
  constructor(private readonly features: readonly Feature[]) {}

  /** Performs a request that is some feature's own. */
  async perform(request: Request): Promise<void> {
    for (const feature of this.features) {
      const performance = feature.perform(request);
      if (performance) return performance;
    }
  }

  show(network: Network): void {
    for (const feature of this.features) feature.show?.(network);
  }

  follow(report: Report): void {
    for (const feature of this.features) feature.follow?.(report);
  }

  painted(): void {
    for (const feature of this.features) feature.painted?.();
  }
}
