/** The messages between the page and the training worker: types only, plain data that survives structured clone. */
import type { ModelConfig } from '../engine/model/config.ts';
import type { LossConfig, OptimizerConfig } from '../engine/model/training-config.ts';
import type { ModelIssue } from '../engine/model/issue.ts';
import type { AdapterDescription, EngineErrorCode, LayerSummary, TunedKernel } from '../engine/contract.ts';
import type { DataRung, DataFileName } from '../data/dataset-types.ts';
import type { ImageShape } from '../data/image-fit.ts';
import type { InputReport, InputRequest } from './input-messages.ts';
import type { MistakesReport, MistakesRequest } from './mistakes-messages.ts';
import type { ClimbReport, ClimbRequest } from './climb-messages.ts';
import type { ExplainReport, ExplainRequest } from './explain-messages.ts';
import type { FieldReport, FieldRequest } from './field-messages.ts';
import type { PerformanceReport, PerformanceRequest } from './performance-messages.ts';
import type { SaliencyReport, SaliencyRequest } from './saliency-messages.ts';
import type { SnapshotReport, SnapshotRequest } from './snapshot-messages.ts';
import type { SurgeryReport, SurgeryRequest } from './surgery-messages.ts';
import type { MapScale, ViewsReport, ViewsRequest } from './views-messages.ts';

export type { ImageShape } from '../data/image-fit.ts';
export type { AnswersReport } from './mistakes-messages.ts';
export type { Climb, ClimbProgress } from './climb-messages.ts';
export type { CellNumbers, ExplainRequest } from './explain-messages.ts';
export type { CellGradient } from './field-messages.ts';
export type { PerformanceSample } from './performance-messages.ts';
export type { Saliency } from './saliency-messages.ts';
export type { Place } from './snapshot-messages.ts';
export type { FilterHold, HeldFilter, SurgeryEffect, SurgeryNotice, SurgeryStep } from './surgery-messages.ts';
export type { Distribution, Histogram, LayerView, LayerWatch, MapScale } from './views-messages.ts';

export type Rgb = readonly [number, number, number];

/** The colours of a diverging scale as the page's theme has them, each channel 0…1. */
export interface MapPalette {
  readonly negative: Rgb;
  readonly zero: Rgb;
  readonly positive: Rgb;
  /** Between tiles. */
  readonly gap: Rgb;
}

/** A scale for each kind of value. */
export interface MapPalettes {
  readonly activations: MapPalette;
  readonly weights: MapPalette;
  readonly gradients: MapPalette;
}

export interface Hyperparameters {
  readonly optimizer: OptimizerConfig;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  /** Absent for the engine's default, sparse categorical cross-entropy. */
  readonly loss?: LossConfig;
}

/**
 * What a map canvas shows. `input` is the network's input; otherwise a layer's outputs or its first weight, or the gradient
 * of the chosen image's loss by them, once it is there.
 */
export interface MapTarget {
  readonly kind: 'input' | 'activations' | 'weights' | 'activationGradients' | 'weightGradients';
  /** Ignored for `input`. */
  readonly layer: string;
  /** Default `shared`. */
  readonly scale?: MapScale;
}

/** Tiles of one canvas in device pixels: a map cell is `cellPx` wide, maps stand `gapPx` apart, `columns` in a row. */
export interface MapLayout {
  readonly columns: number;
  readonly cellPx: number;
  readonly gapPx: number;
}

export type Phase = 'idle' | 'training' | 'paused' | 'finished';

/** Where the weights on screen come from. */
export type WeightsOrigin = 'shipped' | 'initial' | 'trained';

/** What the page asks of the worker. */
export type Request =
  | {
      type: 'start';
      palettes: MapPalettes;
      config: ModelConfig;
      hyperparameters: Hyperparameters;
      weightsUrl: string;
      dataBaseUrl: string;
      isTuning: boolean;
    }
  /** Climbs the data ladder from its first rung, or starts at the rung named. */
  | { type: 'loadData'; rung?: DataRung }
  | { type: 'cancelData' }
  /** Files dropped or chosen by the person; the four IDX files, gzipped or not, in any order, possibly over several drops. */
  | { type: 'dropFiles'; files: readonly { name: string; bytes: ArrayBuffer }[] }
  /** Rebuilds the network; weights that still fit are kept, training goes on if it was going on. */
  | { type: 'rebuild'; config: ModelConfig; hyperparameters: Hyperparameters }
  | { type: 'train' }
  | { type: 'pause' }
  | { type: 'step' }
  /** Back to the same initial weights. */
  | { type: 'reset' }
  /** Optimizer, learning rate, epochs: taken over while training. */
  | { type: 'setOptimizer'; optimizer: OptimizerConfig }
  | { type: 'setEpochs'; epochs: number }
  /** Whether faster ways to compute are looked for, and gone; without, the same seed gives the same bits. */
  | { type: 'setTuning'; isOn: boolean }
  /** Forgets what was measured, on earlier visits too. */
  | { type: 'forgetTuning' }
  /** The image whose maps and probabilities are shown: pixels 0…1 in `shape`, which need not be the network's. */
  | { type: 'setInput'; pixels: Float32Array<ArrayBuffer>; shape: ImageShape }
  /** Looks for an example of the test set from `index` on, of the class wanted if any; answered by `inputPicked`. */
  | { type: 'pickExample'; index: number; direction: 1 | -1; label?: number }
  | { type: 'attachMap'; id: string; canvas: OffscreenCanvas; target: MapTarget; layout: MapLayout }
  | { type: 'updateMap'; id: string; target: MapTarget; layout: MapLayout }
  | { type: 'detachMap'; id: string }
  | { type: 'setPalettes'; palettes: MapPalettes }
  /** Drawing stops while the page is hidden. */
  | { type: 'setVisible'; isVisible: boolean }
  | InputRequest
  | MistakesRequest
  | ClimbRequest
  | ExplainRequest
  | PerformanceRequest
  | SaliencyRequest
  | SnapshotRequest
  | SurgeryRequest
  | FieldRequest
  | ViewsRequest;

export type FailureCode = EngineErrorCode | 'dataFailed' | 'nonFinite';

export interface StepReport {
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** What the worker tells the page. */
export type Report =
  | { type: 'ready'; adapter: AdapterDescription }
  /** No WebGPU, no adapter, lost device, non-finite loss …; `message` says what happened, why, and what to do. */
  | { type: 'failed'; code: FailureCode; message: string }
  | { type: 'dataProgress'; rung: DataRung; file?: DataFileName; loadedBytes: number; totalBytes: number }
  /** A rung was tried and could not be used. */
  | { type: 'dataSkipped'; rung: DataRung; reason: string }
  | { type: 'dataReady'; rung: DataRung; trainSize: number; testSize: number; validationSize: number }
  /** A dropped file was taken or refused; nothing already loaded is lost. */
  | { type: 'fileChecked'; name: string; isAccepted: boolean; message: string; missing: readonly DataFileName[] }
  | { type: 'modelIssues'; issues: readonly ModelIssue[] }
  | {
      type: 'built';
      config: ModelConfig;
      summary: readonly LayerSummary[];
      keptWeights: readonly string[];
      origin: WeightsOrigin;
      elapsedMs: number;
    }
  | { type: 'phase'; phase: Phase; origin: WeightsOrigin }
  | {
      type: 'progress';
      steps: readonly StepReport[];
      epoch: number;
      epochs: number;
      /** Within the epoch, from 0. */
      stepInEpoch: number;
      stepsPerEpoch: number;
      imagesPerSecond: number;
      msPerStep: number;
      /** To the end of the last epoch. */
      secondsLeft: number;
    }
  /** Validation on the first `count` test images; or `test`: all of them, after an epoch. */
  | {
      type: 'evaluated';
      kind: 'validation' | 'test';
      step: number;
      epoch: number;
      loss: number;
      accuracy: number;
      count: number;
    }
  /** The chart starts over: weights are the initial ones again. */
  | { type: 'wasReset' }
  /** The kernels of the network on screen that can go several ways. */
  | { type: 'tuning'; kernels: readonly TunedKernel[] }
  | { type: 'prediction'; probabilities: readonly number[] }
  /** The symmetric limit ±max of each attached map's colour scale. */
  | { type: 'mapScales'; scales: Readonly<Record<string, number>> }
  | { type: 'inputPicked'; pixels: Float32Array<ArrayBuffer>; shape: ImageShape; label: number; index: number }
  | InputReport
  | MistakesReport
  | ClimbReport
  | ExplainReport
  | PerformanceReport
  | SaliencyReport
  | SnapshotReport
  | SurgeryReport
  | FieldReport
  | ViewsReport;
