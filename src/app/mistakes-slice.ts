/** What the network gets wrong: the confusion matrix of the last measurement and the images behind its cells. Pure. */
import { cellCount } from '../engine/shape/cells.ts';
import type { AnswersReport, ImageShape, Report, Request, WeightsOrigin } from '../worker/protocol.ts';
import {
  confusionOf,
  imagesOfCell,
  joinAnswers,
  rightCount,
  worstMistakes,
  type Answers,
  type ConfusionCell,
} from './answers.ts';
import type { Message } from './intent.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

/** Answers of one set of weights, complete or on their way. */
export interface MistakesMeasurement extends Answers {
  readonly id: number;
  readonly step: number;
  readonly origin: WeightsOrigin;
  /** Images that will have been answered when it is complete. */
  readonly planned: number;
  readonly confusion: Uint32Array<ArrayBuffer>;
  readonly right: number;
}

export interface MistakesState {
  readonly measurement?: MistakesMeasurement;
  /** The cell whose images are listed; absent: the worst mistakes of all. */
  readonly cell?: ConfusionCell;
  /** Test images in the order in which they are listed. */
  readonly listed: readonly number[];
  /** How many of them are shown. */
  readonly shownCount: number;
  /** Bytes of test images by index, in `imageShape`. */
  readonly images: ReadonlyMap<number, Uint8Array>;
  readonly imageShape: ImageShape;
}

/** What a person can want of the mistakes. */
export type MistakesIntent =
  { readonly type: 'confusionCellChosen'; readonly cell?: ConfusionCell } | { readonly type: 'moreMistakesWanted' };

const pageSize = 24;

/** Follows measurements while its panel is open. */
export const mistakesSlice: Slice<MistakesState> = {
  initial: { listed: [], shownCount: pageSize, images: new Map(), imageShape: [28, 28, 1] },
  reduce(mistakes, message, state) {
    switch (message.type) {
      case 'answers':
        return relisted({ ...mistakes, measurement: measured(mistakes.measurement, message, state.origin) });
      case 'confusionCellChosen': {
        const { cell: _before, ...rest } = mistakes;
        return relisted({ ...rest, shownCount: pageSize, ...(message.cell ? { cell: message.cell } : {}) });
      }
      case 'moreMistakesWanted':
        return { ...mistakes, shownCount: mistakes.shownCount + pageSize };
      case 'exampleImages':
        return withImages(mistakes, message);
      case 'dataReady': {
        // Answers to other images.
        const { measurement: _gone, ...rest } = mistakes;
        return { ...rest, images: new Map(), listed: [] };
      }
      default:
        return mistakes;
    }
  },
  requests(message, before, after) {
    return [...watchRequests(before, after), ...imageRequests(message, after)];
  },
};

/** The images on show, the first of those listed. */
export function shownMistakes({ listed, shownCount }: MistakesState): readonly number[] {
  return listed.slice(0, shownCount);
}

function watchRequests(before: PlaygroundState, after: PlaygroundState): readonly Request[] {
  const isWatching = after.dock.panel === 'mistakes';
  return isWatching === (before.dock.panel === 'mistakes') ? [] : [{ type: 'watchMistakes', isWatching }];
}

function imageRequests(message: Message, { mistakes }: PlaygroundState): readonly Request[] {
  switch (message.type) {
    case 'answers':
    case 'confusionCellChosen':
    case 'moreMistakesWanted': {
      const indices = shownMistakes(mistakes).filter((index) => !mistakes.images.has(index));
      return indices.length === 0 ? [] : [{ type: 'fetchExamples', indices }];
    }
    default:
      return [];
  }
}

function measured(
  before: MistakesMeasurement | undefined,
  report: AnswersReport,
  origin: WeightsOrigin,
): MistakesMeasurement {
  const goesOn = before?.id === report.id && report.first > 0;
  const answers = joinAnswers(goesOn ? before : undefined, report);
  const confusion = confusionOf(answers);
  const { id, step, planned } = report;
  const { classes, labels, certainties } = answers;
  const counts = { confusion, right: rightCount(confusion, classes) };
  return { id, step, planned, origin, classes, labels, answers: answers.answers, certainties, ...counts };
}

function relisted(mistakes: MistakesState): MistakesState {
  const { measurement, cell } = mistakes;
  if (!measurement) return mistakes;
  return { ...mistakes, listed: cell ? imagesOfCell(measurement, cell) : worstMistakes(measurement) };
}

function withImages(mistakes: MistakesState, report: Extract<Report, { type: 'exampleImages' }>): MistakesState {
  const cells = cellCount(report.shape);
  const images = new Map(mistakes.images);
  report.indices.forEach((index, place) => {
    images.set(index, report.images.subarray(place * cells, (place + 1) * cells));
  });
  return { ...mistakes, images, imageShape: report.shape };
}
