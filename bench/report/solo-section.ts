/** Receptive alone on a device: every case, one step dispatch by dispatch, and the roofline. Markdown and a picture. */
import type { SoloCase, SoloMeasurement } from '../node/solo-result.ts';
import type { CaseSuite } from '../results-file.ts';
import { isTuned, type Device, type Found } from './devices.ts';
import { rooflineSvg } from './roofline-svg.ts';
import { roofsOf, type Binding } from './roofline.ts';
import { boundStep, type BoundedStep } from './step-bounds.ts';
import { day, number, paragraphs, percent, spread, table, times } from './text.ts';

/** Text, and pictures by their paths from `docs/`. */
export interface Drawn {
  readonly text: string;
  readonly pictures: ReadonlyMap<string, string>;
}

/** Of the best rate; a machine whose own rate falls below it had other work to do. */
const quietShare = 0.8;

interface Measured extends Found<SoloCase> {
  readonly result: SoloMeasurement;
  readonly step: BoundedStep | undefined;
}

const bindingWords: Readonly<Record<Binding, string>> = {
  compute: 'arithmetic',
  memory: 'memory',
  overhead: 'the dispatch itself',
};

/** Everything measured of Receptive alone; nothing where nothing was. */
export function soloSection(device: Device): Drawn {
  const all = device.solo.flatMap(measuredOf);
  const lectures = all.filter(({ one }) => one.suite === 'lecture');
  // The step as it is at its best.
  const lecture = lectures.find(({ one }) => isTuned(one)) ?? lectures[0];
  if (all.length === 0) return { text: '', pictures: new Map() };
  const detail = lecture ? stepSection(lecture, device.slug) : { text: '', pictures: new Map<string, string>() };
  const text = paragraphs([
    '### Receptive alone',
    runText(all),
    caseTable('Network, batch 64', all, ['lecture', 'networks'], networkName),
    caseTable('Batch of the lecture’s network', all, ['lecture', 'batches'], ({ batchSize }) => `${batchSize}`),
    caseTable('Filters of the lecture’s network, batch 64', all, ['lecture', 'filters'], networkName),
    cannotText(device),
    detail.text,
  ]);
  return { text, pictures: detail.pictures };
}

const networkName = ({ title }: SoloCase) => title;
const tunedMark = (one: SoloCase) => (isTuned(one) ? ', tuned' : '');

function measuredOf(found: Found<SoloCase>): readonly Measured[] {
  const { result } = found.one;
  if (result.cannot !== undefined) return [];
  return [{ ...found, result, step: boundStep(result, found.file.ceilings) }];
}

/** Where and when, and how quiet the machine was. */
function runText(all: readonly Measured[]): string {
  const files = [...new Set(all.map(({ file }) => file))];
  const runs = files.map(
    ({ runtime, startedAt, revision, data, rounds }) =>
      `${runtime.name} ${runtime.version}, ${runtime.webgpu ?? ''}, ${day(startedAt)}` +
      `${revision === '' ? '' : `, commit ${revision}`}, ${data ?? ''}, ${rounds} rounds`,
  );
  const quiet = `${[...new Set(runs)].join('; ')}. Medians, and in brackets the least and the most.`;
  const rates = files.map(({ ceilings }) => ceilings.fmaGflops);
  const [least, most] = [Math.min(...rates.map(({ min }) => min)), Math.max(...rates.map(({ max }) => max))];
  if (least > quietShare * most) return quiet;
  return (
    `${quiet} **The machine was busy meanwhile**: a loop of nothing but arithmetic ran at ${number(least)} to ${number(most)} ` +
    `GFLOP/s, so images/s are less than it gives when it is quiet.`
  );
}

function cannotText({ solo }: Device): string {
  const lines = solo.flatMap(({ one }) =>
    one.result.cannot === undefined ? [] : [`- ${one.title}, batch ${one.batchSize}: ${one.result.cannot}`],
  );
  return lines.length === 0 ? '' : paragraphs(['Not run:', lines.join('\n')]);
}

/** The cases of some suites, by their sizes where they are sweeps; nothing where there is only one to show. */
function caseTable(
  title: string,
  all: readonly Measured[],
  suites: readonly CaseSuite[],
  name: (one: SoloCase) => string,
): string {
  const cases = all.filter(({ one }) => suites.includes(one.suite));
  if (cases.every(({ one }) => one.suite === 'lecture') && suites[1] !== 'networks') return '';
  const isSweep = suites[1] !== 'networks';
  const size = ({ one }: Measured) => one.batchSize * one.macsPerImage;
  const rows = (isSweep ? [...cases].sort((a, b) => size(a) - size(b)) : cases).map(({ one, result, step }) => [
    `${name(one)}${tunedMark(one)}`,
    spread(result.trainImagesPerSecond),
    spread(result.msPerStep),
    spread(result.inferImagesPerSecond),
    number((2 * one.macsPerImage) / 1e6),
    `${result.dispatches.length}`,
    step ? number(step.floorUs / 1000) : '',
    step ? times((result.msPerStep.min * 1000) / step.floorUs) : '',
  ]);
  const columns = [
    ...[title, 'train, images/s', 'ms per step', 'infer, images/s', 'MFLOP per image, forward'],
    ...['dispatches', 'floor, ms', 'of the floor'],
  ];
  return table(columns, rows);
}

function stepSection({ one, result, file, step }: Measured, slug: string): Drawn {
  const roofs = roofsOf(file.ceilings);
  if (!step || !roofs) return { text: '', pictures: new Map() };
  const path = `performance/roofline-${slug}.svg`;
  const title = `Roofline of the lecture's network, batch ${one.batchSize}`;
  const { copyGBps, cachedCopyGBps, dispatchUs, fmaGflops } = file.ceilings;
  const roofText =
    `Its roofs, measured in the same run: ${spread(fmaGflops)} GFLOP/s of multiply-adds in registers, ` +
    `${copyGBps ? spread(copyGBps) : ''} GB/s of large copies, ${cachedCopyGBps ? spread(cachedCopyGBps) : ''} GB/s of copies ` +
    `that fit the cache, ${dispatchUs ? spread(dispatchUs) : ''} µs for an empty dispatch.`;
  const text = paragraphs([
    `### One step, batch ${one.batchSize}${tunedMark(one)}`,
    roofText,
    boundsText(step, result),
    `![${altText(step)}](${path})`,
    dispatchTable(step),
  ]);
  return { text, pictures: new Map([[path, rooflineSvg(title, step.dispatches, roofs)]]) };
}

/** What bounds the step, in words. */
function boundsText(step: BoundedStep, { msPerStep }: SoloMeasurement): string {
  const { shares, sumUs, floorUs } = step;
  const order: readonly Binding[] = ['compute', 'memory', 'overhead'];
  const parts = [...order]
    .sort((a, b) => shares[b] - shares[a])
    .map((binding) => `${percent(shares[binding])} under the roof of ${bindingWords[binding]}`);
  return (
    `The dispatches by themselves take ${number(sumUs / 1000)} ms together, a whole step ${number(msPerStep.min)} ms at best; ` +
    `all roofs together would allow ${number(floorUs / 1000)} ms. Of the time, ${parts.join(', ')}.`
  );
}

/** The picture for those who do not see it. */
function altText(step: BoundedStep): string {
  const [most] = [...step.dispatches].sort((a, b) => b.us - a.us);
  const words = most
    ? ` The largest, ${most.dispatch.label}, reaches ${number(most.dispatch.flops / most.us / 1000)} GFLOP/s.`
    : '';
  return `Roofline: every dispatch that multiplies, by FLOP per byte and GFLOP/s, as a disc as large as its share of the step, under the roofs of memory and arithmetic.${words}`;
}

function dispatchTable({ dispatches }: BoundedStep): string {
  const rows = dispatches.map(({ dispatch, us, share, binding, floorUs }) => [
    dispatch.label,
    number(us),
    percent(share),
    number(dispatch.flops / 1e6),
    number(dispatch.flops / us / 1000),
    number(dispatch.bytes / 1e6),
    number(dispatch.bytes / us / 1000),
    bindingWords[binding],
    number(floorUs),
    times(us / floorUs),
  ]);
  const columns = ['dispatch', 'µs', 'share', 'MFLOP', 'GFLOP/s', 'MB', 'GB/s', 'roof', 'floor, µs', 'of the floor'];
  return table(columns, rows);
}
