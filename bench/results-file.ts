/**
 * What a run of a benchmark leaves as a file in bench/results: plain JSON with the device and the date, from which the
 * report is drawn. Types only; it refuses to know how anything was measured.
 */
import type { SoloCase } from './node/solo-result.ts';

/** Smallest, median and largest of the samples, which follow in the order of the rounds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly samples: readonly number[];
}

/** The trainers compared; a webgpu one computes on the file's adapter, the others on the machine's processor. */
export type PeerId = 'receptive' | 'jax-webgpu' | 'jax-wasm' | 'tfjs-webgpu' | 'tfjs-webgl' | 'tfjs-wasm' | 'convnetjs';

/** Where a run took place. */
export interface Machine {
  /** The processor's own name. */
  readonly processor: string;
  /** Logical ones. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** `linux 6.1.0 x64`. */
  readonly system: string;
}

/** GPUAdapterInfo's words; empty strings where nothing is told. */
export interface AdapterFacts {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Sorted. */
  readonly features: readonly string[];
}

/** What the run ran in: `{ name: 'Chromium', version: '156.0.1' }` or `{ name: 'Node', … }`. */
export interface Runtime {
  readonly name: string;
  readonly version: string;
  /** What gives WebGPU where it is not the runtime itself: `webgpu 0.6.2`. */
  readonly webgpu?: string;
}

/** Calls of one training step, counted by wrapping the API during steps that were not timed; means over those steps. */
export interface StepCalls {
  readonly dispatches: number;
  readonly submits: number;
  readonly buffers: number;
  readonly bindGroups: number;
  readonly pipelines: number;
  readonly writeBuffers: number;
  /** WebGL's draw calls; 0 elsewhere. */
  readonly draws: number;
}

/** The most that was seen at once, in bytes. */
export interface PeakMemory {
  /** GPU buffers and textures that were made and neither destroyed nor collected. */
  readonly gpuBytes: number;
  /** The page with its workers, from `measureUserAgentSpecificMemory` after each round; 0 where a runtime cannot tell. */
  readonly scriptBytes: number;
  /** WebAssembly's memories. */
  readonly wasmBytes: number;
}

/** What a peer did with one network and batch. */
export interface Measurement {
  readonly peer: PeerId;
  readonly version: string;
  readonly cannot?: undefined;
  readonly trainImagesPerSecond: Spread;
  readonly inferImagesPerSecond: Spread;
  readonly inferBatchSize: number;
  readonly msPerStep: Spread;
  /** From the start of loading the trainer's scripts, data being there, to the first step's loss in JavaScript's hands. */
  readonly firstStepMs: number;
  readonly calls: StepCalls;
  readonly memory: PeakMemory;
  /** All that the peer loads: scripts and WebAssembly, gzipped. */
  readonly transferBytes: number;
  /** Of which scripts. */
  readonly scriptTransferBytes: number;
  /** Mean cross-entropy over the first batch with the initial weights and after the last round, from the outputs. */
  readonly lossBefore: number;
  readonly lossAfter: number;
  /** Losses that the peer reported of the first steps. */
  readonly firstLosses: readonly number[];
  /** Steps trained in all. */
  readonly steps: number;
  /** In what the peer's work differs from the others', in words: another optimizer, a kernel that was composed for it. */
  readonly notes: readonly string[];
}

/** A peer that cannot train a network, and why. */
export interface Inability {
  readonly peer: PeerId;
  readonly version: string;
  /** In a sentence. */
  readonly cannot: string;
}

/** `networks` are other networks than the lecture's, `filters` the lecture's with its filters doubled and halved. */
export type CaseSuite = 'lecture' | 'batches' | 'networks' | 'filters';

/** One network at one batch, trained by every peer in turn. */
export interface CaseResult {
  readonly suite: CaseSuite;
  /** `lecture`, `smallVgg`, `lecture ×2`: unique together with the batch. */
  readonly network: string;
  readonly title: string;
  readonly batchSize: number;
  readonly params: number;
  /** Multiplications with an addition in one image's forward pass. */
  readonly macsPerImage: number;
  readonly peers: readonly (Measurement | Inability)[];
}

/** The app's page beside the bare engine, in images/s of training in the same browser. */
export interface DrawingResult {
  readonly engineImagesPerSecond: Spread;
  readonly pageImagesPerSecond: Spread;
  /** Per round, what share of the engine's rate the page takes: 0.1 is a tenth. */
  readonly cost: Spread;
}

/** One look at a long run. */
export interface SoakSample {
  readonly minute: number;
  readonly steps: number;
  readonly scriptBytes: number;
  readonly ledgerBytes: number;
  readonly ledgerBuffers: number;
  /** Buffers on the device, the engine's or not. */
  readonly gpuBytes: number;
  readonly imagesPerSecond: number;
  readonly loss: number;
}

/** A long run with its memory. */
export interface SoakResult {
  readonly minutes: number;
  readonly samples: readonly SoakSample[];
}

/** One GPU dispatch of a step, timed by itself. */
export interface DispatchResult {
  readonly label: string;
  readonly us: Spread;
  readonly flops: number;
  readonly bytes: number;
}

/** What the device can do, measured beside the runs. */
export interface DeviceCeilings {
  /** A loop of multiply-adds in registers, GFLOP/s. */
  readonly fmaGflops: Spread;
  /** Large copies, GB/s read and written together. */
  readonly copyGBps?: Spread;
  /** The same with arrays that stay in the caches, which have this many bytes together. */
  readonly cachedCopyGBps?: Spread;
  readonly cachedCopyBytes?: number;
  /** An empty dispatch in a long pass. */
  readonly dispatchUs?: Spread;
}

/** The whole file. */
export interface ResultsFile {
  readonly format: 'receptive-bench';
  readonly version: 1;
  readonly runner: 'browser' | 'node';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The project's commit, with `+` when files differed from it; empty outside a repository. */
  readonly revision: string;
  readonly machine: Machine;
  readonly adapter: AdapterFacts;
  readonly runtime: Runtime;
  readonly rounds: number;
  readonly ceilings: DeviceCeilings;
  readonly cases: readonly CaseResult[];
  /** Of the runner `node`: Receptive alone, dispatch by dispatch. */
  readonly solo?: readonly SoloCase[];
  /** Of the runner `node`: what was trained on, in words. */
  readonly data?: string;
  readonly drawing?: DrawingResult;
  readonly soak?: SoakResult;
  /** What made the run fail; empty when it is to be trusted. */
  readonly failures: readonly string[];
}
