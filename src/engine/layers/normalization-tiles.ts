/** How the normalizations share out their work: channels and rows per invocation, parts of a sum. Pure arithmetic. */
import type { Target } from './op.ts';
import { tileCount } from './tiles.ts';

/** Channels one invocation holds in registers, and the rows it goes through with them. */
export function normalizationTile(target: Target, channels: number) {
  return {
    channelsPerInvocation: Math.min(channels, target.isSoftware ? 8 : 4),
    rowsPerInvocation: target.isSoftware ? 16 : 4,
  };
}

/** Rows a part has at least: fewer would only move work to the second stage. */
const minPartRows = 8;

/** In how many parts the rows of a batch are summed, so that every core has work. */
export function summedParts(
  target: Target,
  channels: number,
  channelsPerInvocation: number,
  positions: number,
): number {
  const wanted = target.isSoftware ? 256 : 16384;
  const possible = Math.ceil((target.tunedBatchSize * positions) / minPartRows);
  return Math.min(possible, tileCount(wanted, tileCount(channels, channelsPerInvocation)));
}

/** Invocations of the workgroup that merges parts, a power of two: barriers are dear where a CPU computes. */
export function laneCountFor(target: Target): number {
  return target.isSoftware ? 4 : 64;
}
