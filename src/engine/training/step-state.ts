/** The GPU's own account of where a pass over a data set stands; the layout is that of step-state.wgsl. */
import { wholeBuffer, type BufferSlice } from '../gpu/kernel.ts';
import type { GpuMemory } from '../gpu/memory.ts';
import type { ResolvedOptimizer } from './optimizers.ts';

/** Bytes of the struct `StepState`. */
export const stepStateBytes = 40;
const exampleCountOffset = 4;
const stepOffset = 8;
const seedOffset = 12;
const correctionOffset = 16;
const updatesOffset = 24;
const learningRateOffset = 28;
const lossScaleOffset = 32;
const goodStepsOffset = 36;

/** What a copy of the struct says of its epoch and of the optimizer. */
export function countersOf(counters: ArrayBuffer): { stepInEpoch: number; exampleCount: number; updates: number } {
  const view = new DataView(counters);
  const [exampleCount, updates] = [view.getInt32(exampleCountOffset, true), view.getInt32(updatesOffset, true)];
  return { stepInEpoch: view.getInt32(0, true), exampleCount, updates };
}

export class StepState {
  readonly slice: BufferSlice;

  constructor(
    private readonly device: GPUDevice,
    memory: GpuMemory,
    label: string,
  ) {
    const buffer = memory.storage(label, stepStateBytes);
    this.slice = wholeBuffer(buffer);
    this.setLossScale(1);
  }

  /** Back to the first batch of a data set of `exampleCount`, or to the one after `stepsDone`. */
  startEpoch(exampleCount: number, stepsDone = 0): void {
    this.device.queue.writeBuffer(this.slice.buffer, 0, Int32Array.of(stepsDone, exampleCount));
  }

  /** The same with no steps behind us. */
  restart(exampleCount: number): void {
    this.startEpoch(exampleCount);
    this.setStep(0);
  }

  /** Sets the number of steps behind us. */
  setStep(step: number): void {
    this.device.queue.writeBuffer(this.slice.buffer, stepOffset, Int32Array.of(step));
  }

  /** Takes over another time's counters, but for its place in an epoch and the seed. */
  resume(counters: ArrayBuffer): void {
    const { queue } = this.device;
    queue.writeBuffer(this.slice.buffer, stepOffset, counters, stepOffset, seedOffset - stepOffset);
    const rest = stepStateBytes - correctionOffset;
    queue.writeBuffer(this.slice.buffer, correctionOffset, counters, correctionOffset, rest);
  }

  /** Sets the seed of the random numbers that steps draw. */
  setSeed(seed: number): void {
    this.device.queue.writeBuffer(this.slice.buffer, seedOffset, Uint32Array.of(seed));
  }

  /** No updates so far: Adam's bias corrections start over, as at its first step. */
  startUpdates(optimizer: ResolvedOptimizer): void {
    const { queue } = this.device;
    const corrections = Float32Array.of(1 - optimizer.beta1, 1 - optimizer.beta2);
    queue.writeBuffer(this.slice.buffer, correctionOffset, corrections);
    queue.writeBuffer(this.slice.buffer, correctionOffset + corrections.byteLength, Int32Array.of(0));
  }

  /** Sets what the loss is multiplied by for its gradients. */
  setLossScale(lossScale: number): void {
    const { queue } = this.device;
    queue.writeBuffer(this.slice.buffer, lossScaleOffset, Float32Array.of(lossScale));
    queue.writeBuffer(this.slice.buffer, goodStepsOffset, Int32Array.of(0));
  }

  /** Sets the learning rate of the next step. */
  setLearningRate(learningRate: number): void {
    this.device.queue.writeBuffer(this.slice.buffer, learningRateOffset, Float32Array.of(learningRate));
  }
}
