/** What the timeline says, on the page and aloud. Pure; knows no elements. */
import type { PlaygroundState } from '../../app/state.ts';
import type { TimeState } from '../../app/time-slice.ts';
import type { Place } from '../../worker/protocol.ts';
import { formatBytes, formatCount, formatDecimal, formatLoss } from '../format.ts';

/** The slices of the state that the timeline's words depend on. */
export type TimeTextSource = Pick<PlaygroundState, 'time' | 'loss' | 'progress' | 'phase'>;

/** The step that training stands at. */
export function nowStepOf({ loss }: Pick<PlaygroundState, 'loss'>): number {
  return loss.train.at(-1)?.step ?? 0;
}

/** The line beside the timeline. */
export function timeWords(state: TimeTextSource): string {
  const { lookedAt, note, oversizeBytes, roomBytes } = state.time;
  if (lookedAt) return lookingBack(lookedAt, nowStepOf(state));
  if (note === 'rebuilt') return 'The network was rebuilt: the snapshots of the one before are gone.';
  if (note === 'emptyOptimizer') return 'The optimizer is another than then: its memory began empty.';
  if (oversizeBytes !== undefined) {
    const [size, room] = [formatBytes(oversizeBytes), formatBytes(roomBytes)];
    return `One snapshot of this network takes ${size}, and there is room for ${room}: none are kept.`;
  }
  return keptWords(state.time);
}

function lookingBack({ step, epoch }: Place, nowStep: number): string {
  const place = step === 0 ? 'the initial weights' : `step ${formatCount(step)}, epoch ${epoch + 1}`;
  return `You look at ${place}; training stands at ${formatCount(nowStep)}.`;
}

function keptWords({ places, bytes, roomBytes }: TimeState): string {
  if (places.length === 0) return 'Snapshots are kept as training goes, to look back at.';
  const count = places.length === 1 ? '1 snapshot' : `${places.length} snapshots`;
  const room = formatDecimal(roomBytes / 1e6, 0);
  return `${count} · ${formatDecimal(bytes / 1e6, 1)} of ${room}\u00a0MB`;
}

/** What the slider says aloud: `step 320, epoch 1, loss 0.210`. */
export function momentWords(state: TimeTextSource): string {
  const { time, loss, progress } = state;
  const place = time.lookedAt;
  const step = place?.step ?? nowStepOf(state);
  // The loss of a step is that of its batch before its update.
  const value = loss.train.findLast((point) => point.step === step)?.value;
  const epoch = place?.epoch ?? progress?.epoch ?? 0;
  const words = [`step ${formatCount(step)}`, `epoch ${epoch + 1}`];
  if (value !== undefined) words.push(`loss ${formatLoss(value)}`);
  return place ? words.join(', ') : `now: ${words.join(', ')}`;
}
