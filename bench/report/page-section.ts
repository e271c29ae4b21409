/** What the app's page costs the training in it, as Markdown. */
import type { Device } from './devices.ts';
import { day, number, paragraphs, percent, table } from './text.ts';

/** The newest such measurement of the device; nothing where there is none. */
export function pageSection({ files }: Device): string {
  const file = files.findLast(({ drawing }) => drawing !== undefined);
  if (!file?.drawing) return '';
  const { engineImagesPerSecond: engine, pageImagesPerSecond: page, cost } = file.drawing;
  const rows = [
    ['The engine alone, images/s', ...[engine.min, engine.median, engine.max].map(number)],
    ['In the app, everything live, images/s', ...[page.min, page.median, page.max].map(number)],
    ['What the page costs', ...[cost.min, cost.median, cost.max].map(percent)],
  ];
  const { name, version } = file.runtime;
  return paragraphs([
    '### What the page costs',
    `The app as it is shipped at 1440×900, training the lecture's network with maps, charts and explanations live, beside the bare ` +
      `engine, in turns, in ${name} ${version}, ${day(file.startedAt)}, ${file.rounds} rounds.`,
    table(['', 'least', 'median', 'most'], rows),
  ]);
}
