/** The tables that a run prints: one row for each peer, and the same as ratios to Receptive. */
import { peerTitle } from '../peer-list.ts';
import type { CaseResult, DrawingResult, Measurement, Spread } from '../results-file.ts';

type Row = readonly string[];

const figure = (value: number): string =>
  value === 0
    ? '0'
    : value.toLocaleString('en', value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });

/** Smallest – median – largest. */
export const describeSpread = ({ min, median, max }: Spread): string => [min, median, max].map(figure).join(' – ');

const kib = (bytes: number): string => `${figure(bytes / 1024)} KiB`;
const mib = (bytes: number): string => `${figure(bytes / 2 ** 20)} MiB`;

/** `12.3×`, or `–` where Receptive has none. */
const times = (value: number): string => (Number.isFinite(value) ? `${figure(value)}×` : '–');

/** Columns padded to their longest cell; the first to the left, the others to the right. */
export function alignRows(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function speedRows(measured: readonly Measurement[]): Row[] {
  return [
    [
      '',
      'train images/s',
      'infer images/s',
      'ms per step',
      'first step',
      'GPU',
      'page',
      'wasm',
      'scripts',
      'with wasm',
    ],
    ...measured.map((one) => [
      peerTitle(one.peer),
      describeSpread(one.trainImagesPerSecond),
      describeSpread(one.inferImagesPerSecond),
      describeSpread(one.msPerStep),
      `${figure(one.firstStepMs / 1000)} s`,
      mib(one.memory.gpuBytes),
      mib(one.memory.scriptBytes),
      mib(one.memory.wasmBytes),
      kib(one.scriptTransferBytes),
      kib(one.transferBytes),
    ]),
  ];
}

function callRows(measured: readonly Measurement[]): Row[] {
  const names = ['dispatches', 'submits', 'buffers', 'bindGroups', 'pipelines', 'writeBuffers', 'draws'] as const;
  return [
    ['per step', ...names],
    ...measured.map(({ peer, calls }) => [peerTitle(peer), ...names.map((name) => figure(calls[name]))]),
  ];
}

/** How many times as fast, as soon, as large Receptive is; above 1 Receptive is better. */
function ratioRows(measured: readonly Measurement[], receptive: Measurement): Row[] {
  const held = ({ memory }: Measurement): number => memory.gpuBytes + memory.scriptBytes + memory.wasmBytes;
  return [
    ['Receptive is', 'train', 'infer', 'first step', 'dispatches', 'memory', 'scripts'],
    ...measured
      .filter(({ peer }) => peer !== 'receptive')
      .map((one) => [
        `beside ${peerTitle(one.peer)}`,
        times(receptive.trainImagesPerSecond.median / one.trainImagesPerSecond.median),
        times(receptive.inferImagesPerSecond.median / one.inferImagesPerSecond.median),
        times(one.firstStepMs / receptive.firstStepMs),
        one.calls.dispatches > 0 ? times(one.calls.dispatches / receptive.calls.dispatches) : '–',
        times(held(one) / held(receptive)),
        times(one.scriptTransferBytes / receptive.scriptTransferBytes),
      ]),
  ];
}

/** Everything about one case. */
export function describeCase(result: CaseResult): string {
  const measured = result.peers.filter((peer) => peer.cannot === undefined);
  const receptive = measured.find(({ peer }) => peer === 'receptive');
  const notes = measured.flatMap(({ peer, notes }) => notes.map((note) => `${peerTitle(peer)}: ${note}`));
  const inabilities = result.peers.flatMap(({ peer, cannot }) =>
    cannot === undefined ? [] : [`${peerTitle(peer)}: cannot: ${cannot}`],
  );
  const millions = (result.macsPerImage / 1e6).toFixed(2);
  return [
    `\n${result.title}, batch ${result.batchSize}: ${figure(result.params)} parameters, ${millions} million multiply-adds per image forward`,
    alignRows(speedRows(measured)),
    alignRows(callRows(measured)),
    ...(receptive ? [alignRows(ratioRows(measured, receptive))] : []),
    ...[...inabilities, ...notes].map((line) => `  ${line}`),
  ].join('\n\n');
}

/** What the app takes of the engine's speed. */
export function describeDrawing({ engineImagesPerSecond, pageImagesPerSecond, cost }: DrawingResult): string {
  const percent = [cost.min, cost.median, cost.max].map((share) => `${(100 * share).toFixed(1)} %`).join(' – ');
  return [
    `  engine alone  ${describeSpread(engineImagesPerSecond)} images/s`,
    `  in the app    ${describeSpread(pageImagesPerSecond)} images/s, which costs ${percent}`,
  ].join('\n');
}
