/** Figures of speed as the panel shows them: milliseconds, operations a second, words for kinds of work. Pure. */
import { formatCount, formatDecimal, formatPercent } from '../format.ts';
import { workKinds, type KindTimes, type WorkKind } from './step-breakdown.ts';

/** The same in as few letters as the legend has room for. */
export const kindSigns: Readonly<Record<WorkKind, string>> = {
  forward: 'forward',
  inputGradient: '∂ inputs',
  weightGradient: '∂ weights',
  other: 'rest',
};

/** What each kind is called. */
export const kindWords: Readonly<Record<WorkKind, string>> = {
  forward: 'forward',
  inputGradient: 'gradients of inputs',
  weightGradient: 'gradients of weights',
  other: 'the rest',
};

/** Milliseconds in three figures: `0.61`, `12.4`, `402`. */
export function formatMs(ms: number): string {
  return formatDecimal(ms, ms < 9.995 ? 2 : ms < 99.95 ? 1 : 0);
}

/** 10⁹ operations a second in about three figures. */
export function formatGflops(gflops: number): string {
  return gflops < 99.95 ? formatDecimal(gflops, 1) : formatCount(gflops);
}

/** Operations in a time, as 10⁹ of them a second; undefined where nothing was multiplied, or in no time. */
export function gflopsOf(flops: number, ms: number): number | undefined {
  return flops > 0 && ms > 0 ? flops / ms / 1e6 : undefined;
}

/** The share of the device's best: `40 % of 3,100`; empty while that is unknown. */
export function peakText(gflops: number | undefined, peakGflops: number | undefined): string {
  if (peakGflops === undefined) return '';
  const peak = formatGflops(peakGflops);
  return gflops === undefined ? `best here ${peak}` : `${formatPercent(gflops / peakGflops, 0)} of ${peak}`;
}

/** The kinds of a bar aloud: `forward 0.20 ms, gradients of weights 0.41 ms`. */
export function describeTimes(times: KindTimes): string {
  return workKinds
    .filter((kind) => times[kind] > 0)
    .map((kind) => `${kindWords[kind]} ${formatMs(times[kind])} ms`)
    .join(', ');
}

/** Steps that go into a submit, and what that makes of submits: `12 steps a submit`. */
export function submitText(stepsPerSubmit: number): string {
  if (stepsPerSubmit <= 0) return '';
  const steps = stepsPerSubmit < 9.95 ? formatDecimal(stepsPerSubmit, 1) : formatCount(stepsPerSubmit);
  return `${formatDecimal(1 / stepsPerSubmit, 2)} a step (${steps} steps at once)`;
}
