/** Reads and writes single filters in a network's own buffers, to the bit. Knows neither masks nor history. */
import { mapForReading, type Network } from '../engine/index.ts';
import { cellCount, placesOf, type FilterBank } from '../engine/model/filter-bank.ts';
import filterNumbersSource from '../../shaders/filter-numbers.wgsl?raw';

const numberBytes = 4;
const workgroupSize = 64;

/** The numbers of a filter: those of its kernel, then its bias if it has one. */
export type FilterNumbers = Float32Array<ArrayBuffer>;

export class FilterAccess {
  readonly #gather: GPUComputePipeline;
  readonly #scatter: GPUComputePipeline;

  constructor(private readonly device: GPUDevice) {
    const module = device.createShaderModule({ label: 'filter-numbers', code: filterNumbersSource });
    const layout = device.createPipelineLayout({
      bindGroupLayouts: [
        device.createBindGroupLayout({
          entries: (['read-only-storage', 'storage', 'storage'] as const).map((type, binding) => ({
            binding,
            visibility: GPUShaderStage.COMPUTE,
            buffer: { type },
          })),
        }),
      ],
    });
    const pipeline = (entryPoint: string) =>
      device.createComputePipeline({ label: entryPoint, layout, compute: { module, entryPoint } });
    this.#gather = pipeline('gather');
    this.#scatter = pipeline('scatter');
  }

  /** The numbers at this point of the queue: the copy is submitted before this returns its promise. */
  async read(network: Network, bank: FilterBank, filter: number): Promise<FilterNumbers> {
    const cells = cellCount(bank);
    const bias = bank.bias === undefined ? undefined : network.weight(bank.bias);
    const sizeBytes = (cells + (bias ? 1 : 0)) * numberBytes;
    const staging = this.device.createBuffer({
      label: 'filter numbers, read',
      size: sizeBytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = this.device.createCommandEncoder({ label: 'filter numbers' });
    const kernel = this.#encode(encoder, this.#gather, network, bank, placesOf(bank, filter));
    encoder.copyBufferToBuffer(kernel.numbers, 0, staging, 0, cells * numberBytes);
    if (bias) {
      const offset = bias.offsetBytes + filter * numberBytes;
      encoder.copyBufferToBuffer(bias.buffer, offset, staging, cells * numberBytes, numberBytes);
    }
    this.device.queue.submit([encoder.finish()]);
    kernel.release();
    try {
      await mapForReading(this.device, staging);
      return new Float32Array(staging.getMappedRange().slice(0));
    } finally {
      staging.destroy();
    }
  }

  /** Writes numbers at places of the filter, at this point of the queue. */
  write(network: Network, bank: FilterBank, filter: number, places: Uint32Array, values: FilterNumbers): void {
    const cells = cellCount(bank);
    const all = placesOf(bank, filter);
    const isKernel = (place: number): boolean => place < cells;
    const kernelPlaces = Uint32Array.from([...places].filter(isKernel), (place) => all[place] ?? 0);
    if (kernelPlaces.length > 0) {
      const encoder = this.device.createCommandEncoder({ label: 'filter numbers' });
      const kernelValues = values.filter((_, i) => isKernel(places[i] ?? cells));
      const { release } = this.#encode(encoder, this.#scatter, network, bank, kernelPlaces, kernelValues);
      this.device.queue.submit([encoder.finish()]);
      release();
    }
    const biasIndex = places.indexOf(cells);
    if (bank.bias === undefined || biasIndex < 0) return;
    const bias = network.weight(bank.bias);
    const value = values.subarray(biasIndex, biasIndex + 1);
    this.device.queue.writeBuffer(bias.buffer, bias.offsetBytes + filter * numberBytes, value);
  }

  #encode(
    encoder: GPUCommandEncoder,
    pipeline: GPUComputePipeline,
    network: Network,
    bank: FilterBank,
    places: Uint32Array<ArrayBuffer>,
    values?: FilterNumbers,
  ): { readonly numbers: GPUBuffer; readonly release: () => void } {
    const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    const size = places.byteLength;
    const index = this.device.createBuffer({ label: 'filter places', size, usage: storage });
    const numbers = this.device.createBuffer({ label: 'filter numbers', size, usage: storage });
    this.device.queue.writeBuffer(index, 0, places);
    if (values) this.device.queue.writeBuffer(numbers, 0, values);
    const weight = network.weight(bank.weight);
    const resources = [
      { buffer: index },
      { buffer: weight.buffer, offset: weight.offsetBytes, size: weight.sizeBytes },
      { buffer: numbers },
    ];
    const pass = encoder.beginComputePass({ label: 'filter numbers' });
    pass.setPipeline(pipeline);
    const layout = pipeline.getBindGroupLayout(0);
    const entries = resources.map((resource, binding) => ({ binding, resource }));
    pass.setBindGroup(0, this.device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(Math.ceil(places.length / workgroupSize));
    pass.end();
    const release = () => {
      index.destroy();
      numbers.destroy();
    };
    return { numbers, release };
  }
}
