/** How much GPU memory a network will take, worked out before anything is allocated; and the refusal when it is too much. */
import { EngineError } from '../error.ts';
import type { BufferSlice, Kernel } from '../gpu/kernel.ts';
import type { LoweredModel } from '../layers/lower.ts';
import type { Target } from '../layers/op.ts';
import { planMemory } from './memory-plan.ts';
import { Pass } from './pass.ts';
import type { WeightSource } from './weight-source.ts';

/** One buffer the network will make. */
export interface BufferNeed {
  /** The largest tensor that will lie in it. */
  readonly label: string;
  readonly sizeBytes: number;
}

/** What a device, or whoever lends it, allows. In bytes. */
export interface MemoryLimits {
  readonly maxBufferBytes: number;
  readonly maxTotalBytes: number;
}

/** What the lecture advises when a network does not fit. */
const advice = 'use smaller batches, larger strides, fewer layers or filters, or half precision';

/** A place for bindings of kernels that are only counted. */
const nowhere: BufferSlice = { buffer: undefined as unknown as GPUBuffer, offset: 0, size: 0 };
const nothing: WeightSource = {
  weight: () => nowhere,
  master: () => nowhere,
  parts: () => ({ slice: nowhere, stride: 0 }),
};

/** The buffers of the training pass and of the pass of one example that is shown, largest first. */
export function tensorNeeds(lowered: LoweredModel, shown: LoweredModel, target: Target): readonly BufferNeed[] {
  const training = new Pass(lowered, target, nowhere, nothing);
  const forward = [...training.forward('inference', nowhere), ...training.probabilities(nowhere)];
  const backward = [...training.backward(nowhere), ...training.inputGradient(nowhere)];
  const step = [...training.forward('training', nowhere), ...backward];
  const inspected = new Pass(shown, { ...target, batchSize: 1, element: 'f32' }, nowhere, nothing);
  const drawn = [...inspected.forward('inference', nowhere), ...inspected.probabilities(nowhere)];
  const input = training.tensor(lowered.input);
  return [...buffersOf([forward, step], (tensor) => tensor === input), ...buffersOf([drawn], () => true)].sort(
    (a, b) => b.sizeBytes - a.sizeBytes,
  );
}

function buffersOf(sequences: readonly (readonly Kernel[])[], isKept: Parameters<typeof planMemory>[1]): BufferNeed[] {
  const { buffers, bufferOf } = planMemory(sequences, isKept);
  const largest = new Map<number, string>();
  for (const [tensor, buffer] of bufferOf) if (!largest.has(buffer)) largest.set(buffer, tensor.label);
  return buffers.map((sizeBytes, index) => ({ label: largest.get(index) ?? 'tensor', sizeBytes }));
}

/** @throws EngineError `outOfMemory` with the largest buffer, or the total, that the limits do not allow. */
export function assertFits(needs: readonly BufferNeed[], limits: MemoryLimits): void {
  const tooLarge = needs.find(({ sizeBytes }) => sizeBytes > limits.maxBufferBytes);
  if (tooLarge) {
    throw new EngineError(
      'outOfMemory',
      `${tooLarge.label}: a tensor may have at most ${limits.maxBufferBytes} bytes on this device; ${advice}. Received ${tooLarge.sizeBytes} bytes.`,
    );
  }
  const totalBytes = needs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (totalBytes > limits.maxTotalBytes) {
    const most = needs.reduce((a, b) => (b.sizeBytes > a.sizeBytes ? b : a));
    throw new EngineError(
      'outOfMemory',
      `model: may take at most ${limits.maxTotalBytes} bytes of GPU memory; ${advice}. Received ${totalBytes} bytes, most for ${most.label} (${most.sizeBytes}).`,
    );
  }
}
