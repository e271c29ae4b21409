/** One kernel on a stage of its own: copies of the tensors it reads, and room to write twice, so that its ways can be compared. */
import { EngineError } from '../../error.ts';
import type { Element } from '../../gpu/half.ts';
import { bindKernel, encodeDispatches, type BoundDispatch } from '../../gpu/dispatch.ts';
import { isSlice, wholeBuffer, type BufferSlice, type Kernel } from '../../gpu/kernel.ts';
import type { GpuMemory } from '../../gpu/memory.ts';
import type { CompiledKernel } from '../../gpu/pipelines.ts';
import { mapForReading } from '../../gpu/readback.ts';
import type { BindingDeclaration } from '../../gpu/wgsl/bindings.ts';
import { Agreement, formatOf, unwrittenByte, type NumberFormat, type Verdict } from './agreement.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Compared at once: a millisecond's work for the thread that also drives the training. */
const chunkBytes = 2 ** 18;

/** Tensors by the name of their binding. */
type Stage = Readonly<Record<string, BufferSlice>>;

export interface TrialParts {
  readonly device: GPUDevice;
  readonly memory: GpuMemory;
  readonly rehearsal: Rehearsal;
  /** Bytes a trial may take on the GPU. */
  readonly roomBytes: number;
  /** @throws once nothing may be submitted any more. */
  assertAlive(): void;
}

/** What a way's outputs are, beside the default's. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

export class KernelTrial {
  readonly #buffers: GPUBuffer[] = [];
  readonly #inputs: Record<string, BufferSlice> = {};
  readonly #right: Record<string, BufferSlice> = {};
  readonly #judged: Record<string, BufferSlice> = {};
  readonly #formats = new Map<string, NumberFormat>();

  private constructor(
    private readonly parts: TrialParts,
    private readonly kernel: Kernel,
    private readonly bindings: readonly BindingDeclaration[],
  ) {}

  /** Makes the stage; it is empty. @throws EngineError `outOfMemory`. */
  static async open(parts: TrialParts, kernel: Kernel, compiled: CompiledKernel): Promise<KernelTrial> {
    const trial = new KernelTrial(parts, kernel, compiled.bindings);
    parts.device.pushErrorScope('out-of-memory');
    let refusal: unknown;
    try {
      trial.#reserve();
    } catch (error) {
      refusal = error;
    }
    refusal = (await parts.device.popErrorScope()) ?? refusal;
    if (refusal === undefined) return trial;
    trial.close();
    throw refusal instanceof EngineError ? refusal : new EngineError('outOfMemory', 'tuning: too little GPU memory.');
  }

  /** Submits the network's pass up to the kernel, and keeps what the kernel would have read. */
  capture(): void {
    const { device, rehearsal } = this.parts;
    rehearsal.begin();
    const encoder = device.createCommandEncoder({ label: 'tuning rehearsal' });
    const pass = encoder.beginComputePass({ label: 'tuning rehearsal' });
    encodeDispatches(pass, rehearsal.dispatches().slice(0, rehearsal.kernels.indexOf(this.kernel)));
    pass.end();
    for (const [name, own] of Object.entries(this.#inputs)) {
      const { buffer, offset, size } = this.#place(name);
      if (own.buffer !== buffer) encoder.copyBufferToBuffer(buffer, offset, own.buffer, own.offset, size);
    }
    device.queue.submit([encoder.finish()]);
  }

  /** The default way, which writes what is right. */
  bindDefault(way: Kernel, compiled: CompiledKernel): BoundDispatch {
    return this.#bind(way, compiled, this.#right);
  }

  bindCandidate(way: Kernel, compiled: CompiledKernel): BoundDispatch {
    return this.#bind(way, compiled, this.#judged);
  }

  /** Takes the numbers away that earlier ways have written. */
  clear(outputs: 'right' | 'judged'): void {
    const chunk = new Uint8Array(chunkBytes).fill(unwrittenByte);
    for (const { buffer, size } of Object.values(outputs === 'right' ? this.#right : this.#judged)) {
      for (let offset = 0; offset < size; offset += chunkBytes) {
        this.parts.device.queue.writeBuffer(buffer, offset, chunk, 0, Math.min(chunkBytes, size - offset));
      }
    }
  }

  /** Compares what the default and a candidate have written. */
  async judge(): Promise<Judgement> {
    const { memory } = this.parts;
    this.parts.assertAlive();
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const staging = memory.create('tuning comparison', 2 * chunkBytes, usage);
    try {
      for (const [name, format] of this.#formats) {
        const agreement = await this.#compare(name, format, staging);
        if (agreement.verdict !== 'agrees') {
          return { verdict: agreement.verdict, reason: `${name}: ${agreement.reason}` };
        }
      }
      return { verdict: 'agrees', reason: '' };
    } finally {
      memory.release(staging);
    }
  }

  /** Gives the memory back. */
  close(): void {
    for (const buffer of this.#buffers) this.parts.memory.release(buffer);
    this.#buffers.length = 0;
  }

  #reserve(): void {
    this.#assertRoom();
    for (const { name, type, holds } of this.bindings) {
      const place = this.#place(name);
      if (type === 'storage') {
        this.#formats.set(name, formatOf(holds, elementOf(this.kernel)));
        this.#right[name] = this.#copyOf(name, place.size);
        this.#judged[name] = this.#copyOf(name, place.size);
      } else {
        // Uniforms are the network's constants and stay as they are.
        this.#inputs[name] = type === 'uniform' ? place : this.#copyOf(name, place.size);
      }
    }
  }

  #assertRoom(): void {
    const sizes = this.bindings.map(({ name, type }) => this.#place(name).size * (type === 'storage' ? 2 : 1));
    const neededBytes = sizes.reduce((sum, size) => sum + size, 2 * chunkBytes);
    if (neededBytes <= this.parts.roomBytes) return;
    throw new EngineError('outOfMemory', `tuning: too little GPU memory. Received neededBytes=${neededBytes}.`);
  }

  #copyOf(name: string, sizeBytes: number): BufferSlice {
    const buffer = this.parts.memory.storage(`tuning ${name}`, sizeBytes);
    this.#buffers.push(buffer);
    return { ...wholeBuffer(buffer), size: sizeBytes };
  }

  #bind(way: Kernel, compiled: CompiledKernel, outputs: Stage): BoundDispatch {
    return bindKernel(this.parts.device, { ...way, bindings: { ...this.#inputs, ...outputs } }, compiled, () => {
      throw new Error(`${way.label}: its ways must have the same bindings.`);
    });
  }

  #place(name: string): BufferSlice {
    const resource = this.kernel.bindings[name];
    if (!resource) throw new Error(`${this.kernel.label}: every binding must be given. Received ${name}=undefined.`);
    return isSlice(resource) ? resource : this.parts.rehearsal.place(resource);
  }

  async #compare(name: string, format: NumberFormat, staging: GPUBuffer): Promise<Agreement> {
    const agreement = new Agreement(format);
    const [right, judged] = [this.#right[name], this.#judged[name]];
    if (!right || !judged) throw new Error(`${this.kernel.label}: outputs must be there. Received ${name}=undefined.`);
    for (let offset = 0; offset < right.size; offset += chunkBytes) {
      this.parts.assertAlive();
      const size = Math.min(chunkBytes, right.size - offset);
      const encoder = this.parts.device.createCommandEncoder({ label: 'tuning comparison' });
      encoder.copyBufferToBuffer(right.buffer, offset, staging, 0, size);
      encoder.copyBufferToBuffer(judged.buffer, offset, staging, chunkBytes, size);
      this.parts.device.queue.submit([encoder.finish()]);
      await mapForReading(this.parts.device, staging);
      agreement.add(staging.getMappedRange(0, size).slice(0), staging.getMappedRange(chunkBytes, size).slice(0));
      staging.unmap();
    }
    return agreement;
  }
}

/** Kernels that share a dispatch bring their element each; a pass gives all of its kernels the same one. */
function elementOf({ element, parts = [] }: Kernel): Element | undefined {
  return element ?? parts.map(({ kernel }) => kernel.element).find((part) => part !== undefined);
}
