/** `createEngine`: one device, its pipelines and its ledger, and the networks and data sets that live on it. */
import type {
  AdapterDescription,
  CompileOptions,
  Dataset,
  DatasetSource,
  Engine,
  EngineOptions,
  Ledger,
  Network,
  TargetSource,
} from '../contract.ts';
import { EngineError } from '../error.ts';
import { closeDevice, isDeviceGone, openDevice, type OpenedDevice } from '../gpu/device.ts';
import { GpuMemory } from '../gpu/memory.ts';
import { PipelineCache } from '../gpu/pipelines.ts';
import { hasWorkingQuads } from '../gpu/quads.ts';
import { resolveLoss } from '../model/loss.ts';
import { resolveModel } from '../model/resolve.ts';
import type { ModelConfig } from '../model/config.ts';
import type { Precision } from '../model/training-config.ts';
import { show } from '../model/field-reader.ts';
import { assertFits, type MemoryLimits } from './memory-needs.ts';
import { GpuDataset } from './dataset.ts';
import { measureMultiplyAdds } from './multiply-adds.ts';
import { GpuNetwork } from './network.ts';
import { TuningBook } from './tuning/tuning-book.ts';

const maxBatchSize = 8192;
const maxSeed = 2 ** 32 - 1;

/** Opens the GPU. @throws EngineError `noWebGPU`, `noAdapter`. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const opened = await openDevice(options);
  const parts = { memory: new GpuMemory(opened.device), pipelines: new PipelineCache(opened.device) };
  return new GpuEngine(opened, options, parts, await hasWorkingQuads(opened.device, parts.memory, parts.pipelines));
}

interface EngineParts {
  readonly memory: GpuMemory;
  readonly pipelines: PipelineCache;
}

class GpuEngine implements Engine {
  readonly device: GPUDevice;
  readonly adapter: AdapterDescription;
  readonly lost: Promise<{ readonly message: string }>;
  readonly #memory: GpuMemory;
  readonly #pipelines: PipelineCache;
  readonly #isOwned: boolean;
  readonly #maxTotalBytes: number;
  readonly #networks = new Set<GpuNetwork>();
  readonly #book: TuningBook;
  #isDisposed = false;

  constructor(
    opened: OpenedDevice,
    { onError = () => undefined, memoryLimitBytes = Infinity, tuning }: EngineOptions,
    { memory, pipelines }: EngineParts,
    private readonly hasQuads: boolean,
  ) {
    this.#maxTotalBytes = memoryLimitBytes;
    this.device = opened.device;
    this.adapter = opened.adapter;
    this.#isOwned = opened.isOwned;
    this.#memory = memory;
    this.#book = new TuningBook(opened.adapter, tuning?.store, tuning?.runtime ?? '');
    this.#pipelines = pipelines;
    this.lost = new Promise((resolve) => {
      void opened.device.lost.then((info) => {
        if (!this.#isDisposed) resolve({ message: info.message });
      });
    });
    opened.device.addEventListener('uncapturederror', (event) => {
      if (!this.#isDisposed) onError(event.error.message);
    });
  }

  get ledger(): Ledger {
    return this.#memory.ledger;
  }

  /** What is left for one more network. */
  get #limits(): MemoryLimits {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    return {
      maxBufferBytes: Math.min(maxBufferSize, maxStorageBufferBindingSize),
      maxTotalBytes: this.#maxTotalBytes - this.ledger.bytes,
    };
  }

  async compile(config: ModelConfig, options: CompileOptions): Promise<Network> {
    this.#assertAlive();
    const resolution = resolveModel(config, { loss: options.loss });
    if (!resolution.ok) {
      throw new EngineError('invalidModel', resolution.issues[0]?.message ?? 'model: cannot be built.');
    }
    checkOptions(options, this.adapter);
    const { loss } = resolveLoss(options.loss);
    if (options.tuning === 'auto') await this.#book.load();
    const memory = this.#memory.part();
    const context = { device: this.device, memory, pipelines: this.#pipelines };
    const machine = { isSoftware: this.adapter.isSoftware, hasQuads: this.hasQuads };
    const parts = { context, model: resolution.model, loss, options, machine, book: this.#book };
    try {
      const network = await this.#scoped(() => new GpuNetwork({ ...parts, limits: () => this.#limits }));
      await network.prepare();
      this.#networks.add(network);
      return network;
    } catch (error) {
      memory.releaseAll();
      throw error;
    }
  }

  upload(source: DatasetSource | TargetSource): Dataset {
    this.#assertAlive();
    assertFits([{ label: 'data set', sizeBytes: source.images.length }], this.#limits);
    return GpuDataset.upload(this.device, this.#memory, source);
  }

  measurePeak(): Promise<number> {
    this.#assertAlive();
    const context = { device: this.device, memory: this.#memory, pipelines: this.#pipelines };
    const measure = () => measureMultiplyAdds(context, this.adapter.isSoftware);
    // A training step beside it would take its share of the GPU.
    const alone = [...this.#networks].reduce((work, network) => () => network.exclusively(work), measure);
    return alone();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const network of this.#networks) network.dispose();
    this.#memory.releaseAll();
    if (this.#isOwned) closeDevice(this.device);
  }

  /** Makes something of buffers; what the device finds wrong with them is thrown instead of raised later. */
  async #scoped<T>(make: () => T): Promise<T> {
    this.device.pushErrorScope('out-of-memory');
    this.device.pushErrorScope('validation');
    let made: { value: T } | { error: unknown };
    try {
      made = { value: make() };
    } catch (error) {
      made = { error };
    }
    const [invalid, outOfMemory] = await Promise.all([this.device.popErrorScope(), this.device.popErrorScope()]);
    if ('error' in made) throw made.error instanceof Error ? made.error : new Error(String(made.error));
    if (outOfMemory) {
      const advice = 'use smaller batches, larger strides or fewer filters';
      throw new EngineError(
        'outOfMemory',
        `gpu: the network must fit into memory; ${advice}. Received ${outOfMemory.message}`,
      );
    }
    if (invalid) throw new EngineError('internal', `gpu: the network must be valid here. Received ${invalid.message}`);
    return made.value;
  }

  #assertAlive(): void {
    if (this.#isDisposed) throw new EngineError('disposed', 'engine: must not be used after dispose.');
    if (isDeviceGone(this.device))
      throw new EngineError('deviceLost', 'gpu: the device must be alive. Received a lost device.');
  }
}

const precisions: readonly unknown[] = ['float32', 'mixedFloat16'] satisfies Precision[];

function checkOptions({ batchSize, seed, precision = 'float32' }: CompileOptions, adapter: AdapterDescription): void {
  if (!precisions.includes(precision)) {
    throw new EngineError(
      'badArgument',
      `compile: precision must be float32 or mixedFloat16. Received precision=${show(precision)}.`,
    );
  }
  if (precision === 'mixedFloat16' && !adapter.hasFloat16) {
    throw new EngineError(
      'badArgument',
      'compile: precision mixedFloat16 needs an adapter with shader-f16; use float32. Received precision=mixedFloat16.',
    );
  }
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > maxBatchSize) {
    throw new EngineError(
      'badArgument',
      `compile: batchSize must be from 1 to ${maxBatchSize}. Received batchSize=${batchSize}.`,
    );
  }
  if (seed !== undefined && (!Number.isInteger(seed) || seed < 0 || seed > maxSeed)) {
    throw new EngineError('badArgument', `compile: seed must be from 0 to ${maxSeed}. Received seed=${seed}.`);
  }
}
