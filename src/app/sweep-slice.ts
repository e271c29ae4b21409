/** How sure the network is of the chosen image's class at every shift sideways, beside the network before it. Pure. */
import type { Request } from '../worker/protocol.ts';
import { noMoves, type ImageMoves } from './image-moves.ts';
import type { Message } from './intent.ts';
import { largestIn, sharesOf, sweepShifts, sweptImages } from './shift-sweep.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

/** One network's answers along the sweep. */
export interface ShiftCurve {
  /** The model's name. */
  readonly network: string;
  /** The class asked about: the label, or the answer where there is none. */
  readonly about: number;
  /** How sure of it at each of `sweepShifts`, 0…1. */
  readonly shares: readonly number[];
}

/** How often a network is right about test images along the sweep. */
export interface AccuracyCurve {
  /** The model's name. */
  readonly network: string;
  /** Test images at each shift. */
  readonly count: number;
  /** Share of right answers at each of `sweepShifts`, 0…1. */
  readonly shares: readonly number[];
}

export interface SweepState {
  /** Somebody looks at it. */
  readonly isWanted: boolean;
  /** Counts whatever makes a curve another; what `asked` is behind of is not drawn yet. */
  readonly version: number;
  /** Of the question under way or answered last. */
  readonly asked: number;
  readonly isAsking: boolean;
  readonly curve?: ShiftCurve;
  /** The same image's curve of the network before. */
  readonly before?: ShiftCurve;
  /** Of whatever image is chosen. */
  readonly accuracy?: AccuracyCurve;
  /** The accuracy of the network before. */
  readonly accuracyBefore?: AccuracyCurve;
  /** What the curves are of. */
  readonly original?: Float32Array;
  readonly moves: ImageMoves;
}

/** The curve is looked at, or no longer. */
export interface SweepIntent {
  readonly type: 'sweepWatched';
  readonly isWatched: boolean;
}

/** After these the network may answer otherwise. */
const turningPoints: ReadonlySet<Message['type']> = new Set([
  ...(['evaluated', 'wasReset', 'built', 'phase'] as const),
  ...(['surgeryState', 'lookedBack', 'cameBack', 'wentOn'] as const),
]);

/** One question at a time, and the next when something has changed meanwhile. */
export const sweepSlice: Slice<SweepState> = {
  initial: { isWanted: false, version: 0, asked: -1, isAsking: false, moves: noMoves },
  reduce(sweep, message, state) {
    const changed = changes(accuracies(answers(sweep, message, state), message, state), message, state);
    const { isWanted, isAsking, version, asked } = changed;
    const isDue = isWanted && !isAsking && version !== asked && state.built !== undefined;
    return isDue ? { ...changed, isAsking: true, asked: version } : changed;
  },
  requests(_message, before, { sweep, input }) {
    const requests: Request[] = [];
    const { isWanted } = sweep;
    if (isWanted !== before.sweep.isWanted)
      requests.push({ type: 'watchShiftAccuracy', shifts: isWanted ? sweepShifts : [] });
    if (sweep.asked === before.sweep.asked) return requests;
    const images = sweptImages(input.original, input.shape, input.moves);
    return [...requests, { type: 'predictImages', id: sweep.asked, images, shape: input.shape }];
  },
};

function answers(sweep: SweepState, message: Message, { input, builtConfig }: PlaygroundState): SweepState {
  if (message.type === 'sweepWatched') return { ...sweep, isWanted: message.isWatched };
  if (message.type === 'failed') return sweep.isAsking ? { ...sweep, isAsking: false } : sweep;
  if (message.type !== 'imagesPredicted' || message.id !== sweep.asked) return sweep;
  const { outputs, classes } = message;
  const about = input.label ?? largestIn(outputs, classes, sweepShifts.indexOf(0));
  const curve = { network: builtConfig?.name ?? 'this network', about, shares: sharesOf(outputs, classes, about) };
  return { ...sweep, isAsking: false, curve };
}

function accuracies(sweep: SweepState, message: Message, { builtConfig }: PlaygroundState): SweepState {
  if (message.type === 'shiftAccuracy') {
    const { count, shares } = message;
    return { ...sweep, accuracy: { network: builtConfig?.name ?? 'this network', count, shares } };
  }
  if (message.type === 'dataReady' || message.type === 'wasReset') {
    // Of other images, or of weights that are gone.
    const { accuracy: _gone, accuracyBefore, ...rest } = sweep;
    return message.type === 'wasReset' && accuracyBefore ? { ...rest, accuracyBefore } : rest;
  }
  if (message.type !== 'built' || !sweep.accuracy || !isAnother(message, sweep.accuracy)) return sweep;
  const { accuracy: accuracyBefore, ...rest } = sweep;
  return { ...rest, accuracyBefore };
}

function changes(sweep: SweepState, message: Message, state: PlaygroundState): SweepState {
  const { original, moves } = state.input;
  if (original !== sweep.original || !isSameBut(moves, sweep.moves)) {
    // Another image's curve says nothing about this one.
    const { before: _gone, ...rest } = sweep;
    return { ...rest, original, moves, version: sweep.version + 1 };
  }
  if (!turningPoints.has(message.type)) return sweep;
  const next = { ...sweep, version: sweep.version + 1 };
  return message.type === 'built' && sweep.curve && isAnother(message, sweep.curve)
    ? { ...next, before: sweep.curve }
    : next;
}

function isAnother({ config }: Extract<Message, { type: 'built' }>, curve: { readonly network: string }): boolean {
  return (config.name ?? 'this network') !== curve.network;
}

/** Whether two moves differ at most in the shift that is swept. */
function isSameBut(a: ImageMoves, b: ImageMoves): boolean {
  return JSON.stringify({ ...a, shiftX: 0 }) === JSON.stringify({ ...b, shiftX: 0 });
}
