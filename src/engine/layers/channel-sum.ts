/** Sums over everything but the channels, in two stages: the gradient of a bias that no other kernel computes. */
import type { BufferSlice, Kernel } from '../gpu/kernel.ts';
import type { Shape } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { workgroupSizeFor, type BackwardMemory } from './op.ts';
import { tileCount } from './tiles.ts';

/** Invocations worth starting; more chunks only lengthen the second stage. */
const wantedOnGpu = 8192;
const wantedOnCpu = 64;

/** Adds up `memory.outputsGrad`, of this shape per example, into `sums`, in so many parts of the batch. */
export function channelSumKernels(
  label: string,
  memory: BackwardMemory,
  shape: Shape,
  sums: { readonly slice: BufferSlice; readonly stride: number },
  splitCount: number,
): Kernel[] {
  const { target } = memory;
  const channels = shape.at(-1) ?? 1;
  const cellsPerExample = cellCount(shape.slice(0, -1));
  const imagesPerSplit = tileCount(target.batchSize, splitCount);
  const cells = imagesPerSplit * cellsPerExample;
  const wanted = target.isSoftware ? wantedOnCpu : wantedOnGpu;
  const chunkCount = Math.min(tileCount(wanted, channels * splitCount), Math.ceil(Math.sqrt(cells)));
  const constants = {
    channels,
    cellsPerExample,
    splitCount,
    imagesPerSplit,
    sumsStride: sums.stride,
    chunkCount,
    cellsPerChunk: tileCount(cells, chunkCount),
  };
  const chunkSums = memory.table('channel sums', channels * chunkCount * splitCount);
  const common = { shader: 'channel-sum', constants, workgroupSize: workgroupSizeFor(target) };
  return [
    {
      ...common,
      label: `${label} chunks`,
      entryPoint: 'sumChunks',
      bindings: { batch: memory.batch, outputsGrad: memory.outputsGrad, chunkSums },
      invocations: channels * chunkCount * splitCount,
    },
    {
      ...common,
      label: `${label} totals`,
      entryPoint: 'sumTotals',
      bindings: { chunks: chunkSums, sums: sums.slice },
      invocations: channels * splitCount,
    },
  ];
}
