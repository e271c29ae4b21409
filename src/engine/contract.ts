/** The types of the engine's public face: what `createEngine` gives and what its methods take. No implementation. */
import type { ModelConfig } from './model/config.ts';
import type { LossConfig, OptimizerConfig, Precision } from './model/training-config.ts';
import type { ResolvedModel, Shape } from './model/resolved.ts';
import type { FitOptions, FitRun, TrainingState } from './fit-contract.ts';
import type { StepProfile } from './profile-contract.ts';
import type { ReceptiveField } from './shape/receptive-field.ts';
import type { NetworkTuning, TunedKernel, TuningChoices, TuningStore } from './tuning-contract.ts';

export type * from './fit-contract.ts';
export type * from './profile-contract.ts';
export type { NetworkTuning, TunedKernel, TuningChoices, TuningRecord, TuningStore } from './tuning-contract.ts';

/** Stable codes of the errors the engine throws. */
export type EngineErrorCode =
  'noWebGPU' | 'noAdapter' | 'deviceLost' | 'outOfMemory' | 'invalidModel' | 'badArgument' | 'disposed' | 'internal';

export interface EngineOptions {
  /** A device to borrow; the engine then neither creates nor destroys one. */
  readonly device?: GPUDevice;
  /** Where adapters come from; `navigator.gpu` by default. In Node: `create([])` of the package `webgpu`. */
  readonly gpu?: GPU;
  readonly powerPreference?: GPUPowerPreference;
  /** GPU memory the engine may hold, in bytes: WebGPU tells of single buffers only. Default: what the device gives. */
  readonly memoryLimitBytes?: number;
  /** Told of errors that no call could report, such as those WebGPU raises afterwards. */
  readonly onError?: (message: string) => void;
  /** Where networks compiled with `tuning: 'auto'` keep what they measure; without, it lasts as long as the engine. */
  readonly tuning?: {
    readonly store: TuningStore;
    /** Name and version of the browser or runtime: measurements hold for one. */
    readonly runtime: string;
  };
}

/** What is known about the adapter; empty strings where the browser tells nothing. */
export interface AdapterDescription {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True on adapters that compute on the CPU (SwiftShader, lavapipe, WARP). */
  readonly isSoftware: boolean;
  /** True when networks can be compiled with the precision `mixedFloat16`. */
  readonly hasFloat16: boolean;
}

export interface CompileOptions {
  /** Examples per training step, ≥ 1. */
  readonly batchSize: number;
  readonly optimizer: OptimizerConfig;
  readonly loss?: LossConfig;
  /**
   * Default `float32`. `mixedFloat16` stores and multiplies in 16 bits and adds in 32, with float32 weights behind it and
   * a loss scale that follows the gradients; it needs an adapter with `hasFloat16`.
   */
  readonly precision?: Precision;
  /** Seed of the initial weights and of the shuffle, an unsigned 32-bit integer; default 1. */
  readonly seed?: number;
  /**
   * Default `off`: every kernel goes its default way, and the same seed gives the same bits. `auto` goes the fastest ways
   * known of this adapter, and finds them out in the background while the network trains. Choices fix them.
   */
  readonly tuning?: 'auto' | 'off' | TuningChoices;
  /** Told whenever something about `Network.tuning` has changed. */
  readonly onTuning?: (kernels: readonly TunedKernel[]) => void;
}

export interface Tensor {
  readonly shape: Shape;
  readonly data: Float32Array<ArrayBuffer>;
}

export interface NamedTensor extends Tensor {
  /** `conv2d_1/kernel`. */
  readonly name: string;
}

export interface LayerSummary {
  readonly name: string;
  readonly type: string;
  readonly outputShape: Shape;
  readonly params: number;
  /** Those of them that the optimizer changes. */
  readonly trainableParams: number;
  readonly macs: number;
  /** GPU bytes of the layer's weights, optimizer slots, activations and gradients for one batch. */
  readonly bytes: number;
  readonly receptiveField: ReceptiveField;
}

interface ImageSource {
  /** Pixels 0…255, examples one after another, channels last; divided by 255 on the GPU. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** `[examples, height, width, channels]`. */
  readonly shape: readonly [number, number, number, number];
  /** Classes, or numbers in a row of targets. */
  readonly classes: number;
}

/** Images and their classes. */
export interface DatasetSource extends ImageSource {
  /** Class indices. */
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly targets?: undefined;
}

/** Images and what the network's outputs should be for them. */
export interface TargetSource extends ImageSource {
  /** `[examples, classes]`, `classes` being the number of the network's outputs. */
  readonly targets: Float32Array<ArrayBuffer>;
  readonly labels?: undefined;
}

/** Examples that live on the GPU. */
export interface Dataset {
  readonly size: number;
  readonly classes: number;
  readonly exampleShape: Shape;
  /** A view of the first `size` examples that shares the memory; disposing it does nothing. */
  take(size: number): Dataset;
  dispose(): void;
}

/** Mean loss over the examples given, its accuracy, and its gradients. */
export interface Gradients {
  readonly loss: number;
  readonly accuracy: number;
  readonly weights: readonly NamedTensor[];
  /** `[n, …inputShape]`. */
  readonly inputs: Float32Array<ArrayBuffer>;
}

export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  /** Counts at `[label * classes + predicted]`; the label of a row of targets is where its largest is. */
  readonly confusion: Uint32Array<ArrayBuffer>;
}

/** A tensor on the GPU, borrowed: valid until the network is disposed. */
export interface TensorView {
  readonly buffer: GPUBuffer;
  /** Multiple of 256. */
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  /** Without the batch. */
  readonly shape: Shape;
}

/** A second, batch-of-one pass with the same weights, all of whose tensors stay on the GPU to be drawn. */
export interface Inspection {
  readonly input: TensorView;
  /** Float pixels 0…1, `[height, width, channels]`. */
  setInput(pixels: Float32Array<ArrayBuffer>): void;
  /** Encodes the forward pass with the weights as they are at that point of the queue. */
  encode(encoder: GPUCommandEncoder): void;
  /** A layer's activated outputs; throws for an unknown name. */
  outputs(layerName: string): TensorView;
}

export interface Network {
  readonly model: ResolvedModel;
  readonly batchSize: number;
  /** Steps since the initial weights. */
  readonly stepCount: number;
  readonly inspection: Inspection;
  readonly tuning: NetworkTuning;
  summary(): readonly LayerSummary[];
  getWeights(): Promise<readonly NamedTensor[]>;
  /** By name; a wrong name or shape throws and nothing is written. Names not given keep their values. */
  setWeights(tensors: readonly NamedTensor[]): void;
  /** A weight on the GPU, to be drawn. */
  weight(name: string): TensorView;
  /** Back to the seed's initial weights, empty optimizer slots and step 0. */
  reset(): void;
  /** The state between the steps submitted so far and later ones. No step waits for it, nor it for later ones. */
  captureState(): Promise<TrainingState>;
  /**
   * Puts back a state of this network, or of one with the same config, seed and batch size: the next `fit` goes on within
   * the epoch under way then, if its data have as many examples. Optimizer, learning rate and masks are those of now.
   * Resolves with false when the optimizer means something else by its slots, which are then empty. No run may be under way.
   */
  restoreState(state: TrainingState): Promise<boolean>;
  /** Changes the learning rate from the next step on; ends a schedule. */
  setLearningRate(learningRate: number): void;
  /** Changes the optimizer, its slots empty; resolves when the next step will use it. */
  setOptimizer(optimizer: OptimizerConfig): Promise<void>;
  /**
   * What training does to each output filter or unit of a weight (its last axis; of a depthwise kernel the last two): 0
   * frozen, 1 normal, 2 held at zero, to have its numbers back when the mask is taken away (`undefined`). Resolves when
   * it is in force. @throws EngineError `badArgument`.
   */
  setFilterMask(weightName: string, mask: Uint8Array<ArrayBuffer> | undefined): Promise<void>;
  /** `[n, …inputShape]` floats → the outputs `[n, …outputShape]`. */
  predict(inputs: Float32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>>;
  activations(inputs: Float32Array<ArrayBuffer>, layerName: string): Promise<Tensor>;
  /**
   * n ≤ batchSize examples with class indices or rows of targets: mean loss and what regularizers add, accuracy, and the
   * loss's gradient by every weight, frozen ones too, and by the inputs.
   */
  gradients(
    inputs: Float32Array<ArrayBuffer>,
    labels: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
  ): Promise<Gradients>;
  fit(data: Dataset, options: FitOptions): FitRun;
  /**
   * Holds back the training steps of a run under way until it is done, so that it measures one set of weights.
   * @throws DOMException `AbortError` once the signal is aborted; training then goes on at once.
   */
  evaluate(data: Dataset, options?: { readonly signal?: AbortSignal }): Promise<Evaluation>;
  /**
   * The dispatches of one training step on `data`, each timed by the GPU's own clock where the device has one. What the timing
   * changes is taken back: training goes on to the same bits.
   */
  profile(data: Dataset): Promise<StepProfile>;
  dispose(): void;
}

/** Bytes and objects the engine holds on the GPU; all zero after `dispose`. */
export interface Ledger {
  readonly bytes: number;
  readonly buffers: number;
}

export interface Engine {
  readonly adapter: AdapterDescription;
  readonly device: GPUDevice;
  readonly ledger: Ledger;
  /** Resolves when the device is lost for a reason other than `dispose`. */
  readonly lost: Promise<{ readonly message: string }>;
  /** @throws EngineError `invalidModel` with the first issue's message. */
  compile(config: ModelConfig, options: CompileOptions): Promise<Network>;
  upload(source: DatasetSource | TargetSource): Dataset;
  /** Multiply-adds that the device reaches at best, in GFLOP/s: a loop of a few tens of milliseconds, no training meanwhile. */
  measurePeak(): Promise<number>;
  dispose(): void;
}
