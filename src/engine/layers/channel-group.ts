/** How many channels of a position one invocation handles: the constants of place.wgsl. */
import type { Target } from './op.ts';
import { tileCount } from './tiles.ts';

const channelsOnGpu = 4;
const channelsOnCpu = 8;

export interface ChannelGroup {
  readonly constants: { readonly channels: number; readonly channelsPerInvocation: number };
  /** Invocations a position takes. */
  readonly groups: number;
}

/** Several channels share the index arithmetic; software adapters, whose registers are cheap, take more. */
export function channelGroup(channels: number, target: Target): ChannelGroup {
  const channelsPerInvocation = Math.min(channels, target.isSoftware ? channelsOnCpu : channelsOnGpu);
  return { constants: { channels, channelsPerInvocation }, groups: tileCount(channels, channelsPerInvocation) };
}
