/** The trainers beside one another on a device, as Markdown tables. */
import { peerIds, peerTitle } from '../peer-list.ts';
import type { CaseResult, Inability, Measurement, PeerId } from '../results-file.ts';
import type { Device, Found } from './devices.ts';
import { day, number, paragraphs, spread, table, times } from './text.ts';

function measured(result: Measurement | Inability | undefined): Measurement | undefined {
  return result === undefined || result.cannot !== undefined ? undefined : result;
}

function resultOf({ peers }: CaseResult, id: PeerId): Measurement | Inability | undefined {
  return peers.find(({ peer }) => peer === id);
}

/** Everything that was compared on the device; nothing where nothing was. */
export function comparedSection({ compared }: Device): string {
  const lecture = compared.find(({ one }) => one.suite === 'lecture');
  const others = compared.filter(({ one }) => one.suite !== 'lecture');
  return paragraphs([...(lecture ? [lectureTables(lecture)] : []), otherTable(others)]);
}

function lectureTables({ file, one }: Found<CaseResult>): string {
  const receptive = measured(resultOf(one, 'receptive'));
  const ratio = (part: number | undefined, whole: number) => (part === undefined ? '' : times(part / whole));
  const rows = one.peers.map((result): readonly string[] => {
    if (result.cannot !== undefined) return [`${peerTitle(result.peer)}: ${result.cannot}`, '', '', '', '', '', ''];
    const { trainImagesPerSecond: train, inferImagesPerSecond: infer, calls } = result;
    return [
      `${peerTitle(result.peer)} ${result.version}`,
      spread(train),
      ratio(receptive?.trainImagesPerSecond.median, train.median),
      spread(infer),
      ratio(receptive?.inferImagesPerSecond.median, infer.median),
      `${number(result.firstStepMs)} ms`,
      `${number(calls.dispatches + calls.draws)} / ${number(calls.submits)} / ${number(calls.buffers)}`,
    ];
  });
  const columns = [
    ...['', 'train, images/s', 'Receptive is', 'infer, images/s', 'Receptive is', 'load to first step'],
    'dispatches or draws / submits / buffers per step',
  ];
  const notes = one.peers.flatMap((result) =>
    result.cannot === undefined ? result.notes.map((note) => `- ${peerTitle(result.peer)}: ${note}`) : [],
  );
  const { name, version } = file.runtime;
  return paragraphs([
    '### Beside other trainers',
    `The lecture's network, batch ${one.batchSize}, in ${name} ${version}, ${day(file.startedAt)}, ${file.rounds} rounds. ` +
      `Medians, and in brackets the least and the most. The machine's own arithmetic, measured in the same rounds: ` +
      `${spread(file.ceilings.fmaGflops)} GFLOP/s.`,
    table(columns, rows),
    notes.join('\n'),
  ]);
}

/** Every other case in a row, every trainer in a column. */
function otherTable(found: readonly Found<CaseResult>[]): string {
  if (found.length === 0) return '';
  const ids = peerIds.filter((id) => found.some(({ one }) => resultOf(one, id)));
  const rows = found.map(({ one }) => {
    const receptive = measured(resultOf(one, 'receptive'))?.trainImagesPerSecond.median;
    const cells = ids.map((id) => {
      const result = resultOf(one, id);
      if (!result) return '';
      const own = measured(result)?.trainImagesPerSecond.median;
      if (own === undefined) return 'cannot';
      if (id === 'receptive' || receptive === undefined) return number(own);
      return `${number(own)} (${times(receptive / own)})`;
    });
    return [`${one.title}, batch ${one.batchSize}`, ...cells];
  });
  return paragraphs([
    'Other networks, batches and numbers of filters, training, images/s, and in brackets how many times faster Receptive is:',
    table(['', ...ids.map(peerTitle)], rows),
  ]);
}
