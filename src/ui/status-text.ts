/** What the header says about the run, in two lines, and what is announced aloud. Pure; knows no elements. */
import type { PlaygroundState } from '../app/state.ts';
import { rebuildText } from './rebuild-text.ts';
import { formatCount, formatPercent, formatTimeLeft } from './format.ts';

/** A headline, a second line, and what share of the run is done. */
export interface StatusText {
  readonly headline: string;
  readonly detail: string;
  /** 0…1; undefined where no run is under way. */
  readonly share?: number;
  /** Figures, which are set in the monospace face. */
  readonly isFigures: boolean;
}

/** The slices of the state that the status depends on. */
export type StatusSource = Pick<
  PlaygroundState,
  | 'gpu'
  | 'data'
  | 'built'
  | 'requested'
  | 'phase'
  | 'origin'
  | 'progress'
  | 'hyperparameters'
  | 'accuracy'
  | 'rebuild'
  | 'time'
>;

/** The two lines of the header. */
export function statusText(state: StatusSource): StatusText {
  const words = (headline: string, detail: string): StatusText => ({ headline, detail, isFigures: false });
  if (state.gpu.status === 'unavailable') return words('No GPU', 'Shapes and formulas still work.');
  if (state.gpu.status === 'starting' || !state.built) return words('Preparing the GPU…', 'Compiling the network.');
  if (state.requested) return words('Rebuilding the network…', 'Weights that still fit are kept.');
  if (state.progress && state.phase !== 'idle') return runText(state);
  if (state.phase !== 'idle') return words('Getting ready to train…', 'Compiling the training step for this GPU.');
  const fresh = state.data.sizes
    ? `Train starts from fresh random weights (seed ${state.hyperparameters.seed}).`
    : `Training can start ${state.data.status === 'loading' ? 'when the data are loaded' : 'once there are data'}.`;
  if (state.origin === 'shipped') return words('Showing weights trained earlier by this app.', fresh);
  const news = rebuildText(state.rebuild, 'full');
  if (state.rebuild.newsLeft > 0 && news !== '') return words('The network was rebuilt.', news);
  if (state.origin === 'initial') {
    return words('Fresh random weights.', `Seed ${state.hyperparameters.seed}: the same every time. Press Train.`);
  }
  return words('Weights from your training.', 'Press Train to go on.');
}

function runText(state: StatusSource): StatusText {
  const { progress, phase } = state;
  if (!progress) return { headline: '', detail: '', isFigures: true };
  const { epoch, epochs, stepInEpoch, stepsPerEpoch } = progress;
  const share = phase === 'finished' ? 1 : (epoch * stepsPerEpoch + stepInEpoch) / Math.max(1, epochs * stepsPerEpoch);
  const shownEpoch = Math.min(epoch + 1, epochs);
  const shownStep = phase === 'finished' ? stepsPerEpoch : stepInEpoch;
  return {
    headline: `epoch ${shownEpoch}/${epochs} · step ${formatCount(shownStep)}/${formatCount(stepsPerEpoch)}`,
    detail: runDetail(state),
    share: Math.min(1, share),
    isFigures: true,
  };
}

/** What was kept of a network that has just been rebuilt; empty otherwise. */
function rebuildNews({ rebuild }: StatusSource): string {
  return rebuild.newsLeft > 0 ? rebuildText(rebuild, 'short') : '';
}

function runDetail(state: StatusSource): string {
  const { phase, progress, accuracy } = state;
  const test = accuracy.test.at(-1);
  const then = state.time.lookedAt?.step;
  // The page looks back before training has stopped for it.
  if (then !== undefined && phase !== 'training') {
    return `Step goes on from ${then === 0 ? 'the start' : `step ${formatCount(then)}`}`;
  }
  if (phase === 'finished') return test ? `finished · test accuracy ${formatPercent(test.value)}` : 'finished';
  const news = rebuildNews(state);
  if (phase === 'paused' || !progress) return news === '' ? 'paused · Step trains one batch' : `paused · ${news}`;
  if (news !== '') return news;
  // Two reports make a speed; before, the time left is not known either.
  if (progress.imagesPerSecond === 0) return 'measuring the speed…';
  const speed = `${formatCount(progress.imagesPerSecond)} img/s`;
  const left = formatTimeLeft(progress.secondsLeft);
  return left === '' ? speed : `${speed} · ${left}`;
}

/** What a screen reader hears: phases and epochs, never steps. */
export function announcement(state: StatusSource): string {
  const news = state.rebuild.newsLeft > 0 ? rebuildText(state.rebuild, 'full') : '';
  return [news, phaseAloud(state)].filter((text) => text !== '').join(' ');
}

function phaseAloud(state: StatusSource): string {
  const { phase, progress, accuracy } = state;
  const validation = accuracy.validation.at(-1);
  const scored = validation ? ` Validation accuracy ${formatPercent(validation.value)}.` : '';
  switch (phase) {
    case 'training':
      return progress
        ? `Training, epoch ${Math.min(progress.epoch + 1, progress.epochs)} of ${progress.epochs}.`
        : 'Training.';
    case 'paused':
      return 'Paused.';
    case 'finished':
      return `Training finished.${scored}`;
    case 'idle':
      return state.data.status === 'ready' && state.built ? 'Ready to train.' : '';
  }
}
