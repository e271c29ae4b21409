/** Results as lines of text for the person who waits for them. */
import { bindingOf, floorOf, roofsOf } from '../report/roofline.ts';
import type { AdapterFacts, DeviceCeilings, DispatchResult, Spread } from '../results-file.ts';
import type { SoloCase } from './solo-result.ts';

/** `933 (880–940)`. */
export function spreadText({ min, median, max }: Spread): string {
  return `${numberText(median)} (${numberText(min)}–${numberText(max)})`;
}

function numberText(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** The adapter in one line. */
export function adapterText({ vendor, architecture, device, description }: AdapterFacts): string {
  return [vendor, architecture, device, description].filter((word) => word !== '').join(' · ');
}

/** The roofs in one line. */
export function ceilingsText(ceilings: DeviceCeilings): string {
  const parts: readonly (readonly [Spread | undefined, string])[] = [
    [ceilings.fmaGflops, 'GFLOP/s in registers'],
    [ceilings.copyGBps, 'GB/s of large copies'],
    [ceilings.cachedCopyGBps, 'GB/s of cached copies'],
    [ceilings.dispatchUs, 'µs for an empty dispatch'],
  ];
  return parts.flatMap(([spread, unit]) => (spread ? [`${spreadText(spread)} ${unit}`] : [])).join(', ');
}

/** A case with its dispatches, several lines. */
export function caseText({ network, batchSize, result }: SoloCase, ceilings: DeviceCeilings): string {
  const title = `${network}, batch ${batchSize}`;
  if (result.cannot !== undefined) return `${title}: cannot: ${result.cannot}`;
  const sumUs = result.dispatches.reduce((sum, { us }) => sum + us.median, 0);
  const lines = [
    `${title}: train ${spreadText(result.trainImagesPerSecond)} images/s, ${spreadText(result.msPerStep)} ms per step, ` +
      `infer ${spreadText(result.inferImagesPerSecond)} images/s; first step after ${numberText(result.firstStepMs)} ms` +
      (result.tuning ? `, tuned in ${numberText(result.tuning.ms / 1000)} s` : ''),
    `  loss ${numberText(result.lossBefore)} → ${numberText(result.lossAfter)} after ${result.steps} steps; ` +
      `${result.dispatches.length} dispatches, ${numberText(sumUs / 1000)} ms in all when each runs by itself`,
    ...result.dispatches.map((dispatch) => dispatchText(dispatch, sumUs, ceilings)),
  ];
  return lines.join('\n');
}

function dispatchText(dispatch: DispatchResult, sumUs: number, ceilings: DeviceCeilings): string {
  const { label, us, flops, bytes } = dispatch;
  const roofs = roofsOf(ceilings);
  const cells = [
    label.padEnd(34),
    `${numberText(us.median)} µs`.padStart(11),
    `${((100 * us.median) / sumUs).toFixed(1)} %`.padStart(7),
    `${numberText(flops / us.median / 1000)} GFLOP/s`.padStart(15),
    `${numberText(bytes / us.median / 1000)} GB/s`.padStart(11),
    ...(roofs ? [bindingOf(dispatch, roofs).padStart(10), `floor ${numberText(floorOf(dispatch, roofs))} µs`] : []),
  ];
  return `  ${cells.join(' ')}`;
}
