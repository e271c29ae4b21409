/** What the pictures of the saliency panel say, in words. Pure; knows no elements. */
import type { SaliencyKind } from '../../app/saliency-slice.ts';
import type { ClimbProgress, Saliency } from '../../worker/protocol.ts';
import { formatCount, formatDecimal, formatSigned } from '../format.ts';

/** One line on what the colours mean. */
export function meaningText(kind: SaliencyKind, channels: number): string {
  const summed = channels > 1 ? ` Added up over ${channels} channels.` : '';
  return kind === 'gradient'
    ? `More ink: +\u00a0raises it, −\u00a0lowers it.${summed}`
    : `What the ink adds (+) or takes (−).${summed}`;
}

/** The map for those who do not see it: what it is of, and where it is strongest. */
export function saliencyText(saliency: Saliency, kind: SaliencyKind): string {
  const { unit, width } = saliency;
  const plane = saliency[kind];
  const name = `${kind === 'gradient' ? 'Gradient' : 'Gradient times input'} of the score of ${unit} by each pixel`;
  const strongest = plane.reduce(
    (best, value, place) => (Math.abs(value) > Math.abs(plane[best] ?? 0) ? place : best),
    0,
  );
  const value = plane[strongest] ?? 0;
  if (value === 0) return `${name}: zero everywhere`;
  const figure = formatSigned(value, Math.abs(value) < 0.1 ? 4 : 2);
  return `${name}: strongest at row ${Math.floor(strongest / width)}, column ${strongest % width}: ${figure}`;
}

/** How far a climb has come. */
export function climbText({ steps, planned, isOver }: ClimbProgress): string {
  if (isOver && steps < planned)
    return steps === 0 ? 'no pixel moves it' : `${formatCount(steps)} steps, then no slope`;
  return isOver ? `after ${formatCount(steps)} steps` : `step ${formatCount(steps)} of ${formatCount(planned)}`;
}

/** `−0.13 → 5.99`. */
export function climbFigures({ before, value }: ClimbProgress): string {
  return `${formatDecimal(before, 2)} → ${formatDecimal(value, 2)}`;
}
