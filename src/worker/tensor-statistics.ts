/** Counts and sums over tensors where they are, on the GPU; a few numbers are read back. Knows no network. */
import { mapForReading, type TensorView } from '../engine/index.ts';
import statisticsSource from '../../shaders/tensor-statistics.wgsl?raw';
import { cellCount } from '../engine/shape/cells.ts';
import type { Histogram } from './views-messages.ts';

const wordBytes = 4;
const workgroupSize = 64;
const spanBytes = 8;
/** Of tensor-statistics.wgsl. */
const binCount = 64;
const summarySize = 5;

/** The largest magnitude that every map of a tensor has had so far; lives on the GPU until it is read. */
export interface LargestOfMaps {
  readonly found: GPUBuffer;
  readonly span: GPUBuffer;
  readonly group: GPUBindGroup;
  readonly maps: number;
}

export class TensorStatistics {
  readonly #summarise: GPUComputePipeline;
  readonly #countBins: GPUComputePipeline;
  readonly #noteLargest: GPUComputePipeline;

  constructor(private readonly device: GPUDevice) {
    const module = device.createShaderModule({ label: 'tensor-statistics', code: statisticsSource });
    const pipeline = (entryPoint: string) =>
      device.createComputePipeline({ label: entryPoint, layout: 'auto', compute: { module, entryPoint } });
    this.#summarise = pipeline('summarise');
    this.#countBins = pipeline('countBins');
    this.#noteLargest = pipeline('noteLargest');
  }

  /** How the numbers of each tensor are distributed, as they are at this point of the queue; one copy for all of them. */
  async histograms(tensors: readonly TensorView[]): Promise<readonly Histogram[]> {
    const encoder = this.device.createCommandEncoder({ label: 'histograms' });
    const { MAP_READ, COPY_DST } = GPUBufferUsage;
    const words = binCount + summarySize;
    const size = tensors.length * words * wordBytes;
    const staging = this.device.createBuffer({ label: 'histograms', size, usage: MAP_READ | COPY_DST });
    const used = tensors.map((tensor, index) => {
      const { found, bins, span } = this.#count(encoder, tensor);
      const place = index * words * wordBytes;
      encoder.copyBufferToBuffer(found, 0, staging, place, summarySize * wordBytes);
      encoder.copyBufferToBuffer(bins, 0, staging, place + summarySize * wordBytes, binCount * wordBytes);
      return [found, bins, span];
    });
    try {
      this.device.queue.submit([encoder.finish()]);
      await mapForReading(this.device, staging);
      const copy = staging.getMappedRange().slice(0);
      return tensors.map((tensor, index) => histogramOf(copy, index * words * wordBytes, cellCount(tensor.shape)));
    } finally {
      for (const buffer of [...used.flat(), staging]) buffer.destroy();
    }
  }

  #count(encoder: GPUCommandEncoder, tensor: TensorView): Readonly<Record<'found' | 'bins' | 'span', GPUBuffer>> {
    const count = cellCount(tensor.shape);
    const span = this.#span(count, 1);
    const found = this.#storage(summarySize);
    const bins = this.#storage(binCount);
    const summary = this.#bind(this.#summarise, [span, tensor, found]);
    const counting = this.#bind(this.#countBins, [span, tensor, found, bins]);
    const pass = encoder.beginComputePass({ label: 'histogram' });
    pass.setPipeline(this.#summarise);
    pass.setBindGroup(0, summary);
    pass.dispatchWorkgroups(1);
    pass.setPipeline(this.#countBins);
    pass.setBindGroup(0, counting);
    pass.dispatchWorkgroups(Math.ceil(count / workgroupSize));
    pass.end();
    return { found, bins, span };
  }

  /** Begins with zeros for every map of an output. */
  beginLargest(tensor: TensorView): LargestOfMaps {
    const maps = tensor.shape.at(-1) ?? 1;
    const span = this.#span(cellCount(tensor.shape) / maps, maps);
    const found = this.#storage(maps);
    return { maps, span, found, group: this.#bind(this.#noteLargest, [span, tensor, found]) };
  }

  /** Takes in what the tensor holds at that point of the queue. */
  noteLargest(encoder: GPUCommandEncoder, { group, maps }: LargestOfMaps): void {
    const pass = encoder.beginComputePass({ label: 'largest of maps' });
    pass.setPipeline(this.#noteLargest);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(Math.ceil(maps / workgroupSize));
    pass.end();
  }

  /** The largest magnitudes, map by map; ends the search. */
  async endLargest({ found, span, maps }: LargestOfMaps): Promise<Float32Array> {
    const { MAP_READ, COPY_DST } = GPUBufferUsage;
    const size = maps * wordBytes;
    const staging = this.device.createBuffer({ label: 'largest of maps', size, usage: MAP_READ | COPY_DST });
    const encoder = this.device.createCommandEncoder({ label: 'largest of maps' });
    encoder.copyBufferToBuffer(found, 0, staging, 0, size);
    this.device.queue.submit([encoder.finish()]);
    try {
      await mapForReading(this.device, staging);
      return new Float32Array(staging.getMappedRange().slice(0));
    } finally {
      for (const buffer of [found, span, staging]) buffer.destroy();
    }
  }

  #bind(pipeline: GPUComputePipeline, parts: readonly (GPUBuffer | TensorView)[]): GPUBindGroup {
    const resourceOf = (part: GPUBuffer | TensorView): GPUBufferBinding =>
      'shape' in part ? { buffer: part.buffer, offset: part.offsetBytes, size: part.sizeBytes } : { buffer: part };
    return this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: parts.map((part, binding) => ({ binding, resource: resourceOf(part) })),
    });
  }

  #span(count: number, maps: number): GPUBuffer {
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const buffer = this.device.createBuffer({ label: 'span', size: spanBytes, usage });
    this.device.queue.writeBuffer(buffer, 0, Int32Array.of(count, maps));
    return buffer;
  }

  #storage(words: number): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    return this.device.createBuffer({ label: 'statistics', size: words * wordBytes, usage });
  }
}

function histogramOf(copy: ArrayBuffer, offset: number, count: number): Histogram {
  const [limit = 0, largest = 0, sum = 0, squares = 0, zeros = 0] = new Float32Array(copy, offset, summarySize);
  const bins = [...new Uint32Array(copy, offset + summarySize * wordBytes, binCount)];
  const mean = sum / count;
  return { limit, largest, bins, count, zeros, mean, spread: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
