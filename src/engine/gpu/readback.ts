/** Reading GPU memory back, for callers who may wait: one staging buffer per read, released afterwards. */
import { EngineError } from '../error.ts';
import { isDeviceGone } from './device.ts';
import type { BufferSlice } from './kernel.ts';
import type { GpuMemory } from './memory.ts';

/** Copies of the slices, as they are when everything submitted so far has run. @throws EngineError `deviceLost`. */
export async function readSlices(
  device: GPUDevice,
  memory: GpuMemory,
  slices: readonly BufferSlice[],
): Promise<ArrayBuffer[]> {
  const total = slices.reduce((sum, slice) => sum + slice.size, 0);
  const staging = memory.create('readback', total, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  try {
    const encoder = device.createCommandEncoder({ label: 'readback' });
    let offset = 0;
    for (const slice of slices) {
      encoder.copyBufferToBuffer(slice.buffer, slice.offset, staging, offset, slice.size);
      offset += slice.size;
    }
    device.queue.submit([encoder.finish()]);
    await mapForReading(device, staging);
    const mapped = staging.getMappedRange();
    offset = 0;
    return slices.map((slice) => mapped.slice(offset, (offset += slice.size)));
  } finally {
    memory.release(staging);
  }
}

/** Short beside a submit of training steps (40 ms), long beside an empty submit (20 µs). */
const nudgeIntervalMs = 2;

/**
 * Firefox looks for finished work every 100 ms, and whenever something is submitted: so that a read takes as long as its
 * work, empty lists are submitted while it waits (bugzilla 1870699). Elsewhere nobody needs it.
 */
const needsNudges = typeof navigator !== 'undefined' && /\bFirefox\//.test(navigator.userAgent);

/** Maps a staging buffer. @throws EngineError `deviceLost` when the device went away meanwhile. */
export async function mapForReading(device: GPUDevice, staging: GPUBuffer): Promise<void> {
  if (isDeviceGone(device))
    throw new EngineError('deviceLost', 'gpu: the device must be alive. Received a lost device.');
  const nudges = needsNudges ? setInterval(() => device.queue.submit([]), nudgeIntervalMs) : undefined;
  try {
    await staging.mapAsync(GPUMapMode.READ);
  } catch (error) {
    throw new EngineError('deviceLost', `gpu: the device must stay alive while it is read. Received ${String(error)}`);
  } finally {
    clearInterval(nudges);
  }
}
