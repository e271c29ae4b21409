/** A step's dispatches under the roofs: how long each is, what holds it, how far from its floor it is. Pure numbers. */
import type { SoloMeasurement } from '../node/solo-result.ts';
import type { DeviceCeilings, DispatchResult } from '../results-file.ts';
import { bindingOf, floorOf, roofsOf, type Binding } from './roofline.ts';

/** A dispatch under the roofs. */
export interface BoundedDispatch {
  readonly dispatch: DispatchResult;
  /** The least that was seen, as the roofs are the best that was. */
  readonly us: number;
  /** Of all dispatches' time. */
  readonly share: number;
  readonly binding: Binding;
  readonly floorUs: number;
}

/** A step under the roofs. */
export interface BoundedStep {
  readonly dispatches: readonly BoundedDispatch[];
  /** All dispatches by themselves. */
  readonly sumUs: number;
  readonly floorUs: number;
  /** The share of the time that is spent in dispatches held by each roof. */
  readonly shares: Readonly<Record<Binding, number>>;
}

/** Undefined where a roof was not measured, or no dispatch. */
export function boundStep(result: SoloMeasurement, ceilings: DeviceCeilings): BoundedStep | undefined {
  const roofs = roofsOf(ceilings);
  if (!roofs || result.dispatches.length === 0) return undefined;
  const sumUs = result.dispatches.reduce((sum, { us }) => sum + us.min, 0);
  const dispatches = result.dispatches.map((dispatch) => ({
    dispatch,
    us: dispatch.us.min,
    share: dispatch.us.min / sumUs,
    binding: bindingOf(dispatch, roofs),
    floorUs: floorOf(dispatch, roofs),
  }));
  const shareOf = (wanted: Binding) =>
    dispatches.filter(({ binding }) => binding === wanted).reduce((sum, { share }) => sum + share, 0);
  return {
    ...{ dispatches, sumUs },
    floorUs: dispatches.reduce((sum, { floorUs }) => sum + floorUs, 0),
    shares: { compute: shareOf('compute'), memory: shareOf('memory'), overhead: shareOf('overhead') },
  };
}
