/** The one immutable state of the page: what is shown, in the page's own words. Knows no DOM, no worker and no history. */
import type { AdapterDescription, LayerSummary } from '../engine/contract.ts';
import type { ModelConfig } from '../engine/model/config.ts';
import type { ModelIssue } from '../engine/model/issue.ts';
import type { LossConfig } from '../engine/model/training-config.ts';
import type { ResolvedLayer, ResolvedModel } from '../engine/model/resolved.ts';
import type { DataFileName, DataRung } from '../data/dataset-types.ts';
import type { ClimbState } from './climb-slice.ts';
import type { DockState } from './dock-slice.ts';
import type { EditHistory } from './edit-history.ts';
import type { ExplainState } from './explain-slice.ts';
import type { FieldState } from './field-slice.ts';
import type { InputState } from './input-slice.ts';
import type { RebuildState } from './rebuild-slice.ts';
import type { MistakesState } from './mistakes-slice.ts';
import type { PerformanceState } from './performance-slice.ts';
import type { SaliencyState } from './saliency-slice.ts';
import type { SelectionState } from './selection-slice.ts';
import type { SurgeryState } from './surgery-slice.ts';
import type { TimeState } from './time-slice.ts';
import type { SweepState } from './sweep-slice.ts';
import type { TuningState } from './tuning-slice.ts';
import type { ViewsState } from './views-slice.ts';
import type { FailureCode, Hyperparameters, Phase, WeightsOrigin } from '../worker/protocol.ts';

/** A download under way; `totalBytes` is 0 while unknown. */
export interface DataProgress {
  readonly rung: DataRung;
  readonly file?: DataFileName;
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** A rung of the data ladder that was tried in vain. */
export interface SkippedRung {
  readonly rung: DataRung;
  readonly reason: string;
}

/** One of the person's own files, taken or refused. */
export interface CheckedFile {
  readonly name: string;
  readonly isAccepted: boolean;
  readonly message: string;
}

/** Numbers of examples in use. */
export interface DataSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Everything the page says about the data set. */
export interface DataState {
  /** `waiting`: for a GPU to train on; nothing is loaded without one. */
  readonly status: 'waiting' | 'loading' | 'ready' | 'cancelled' | 'failed';
  /** Where the data in use came from; absent until the first data set is ready. */
  readonly rung?: DataRung;
  /** Present with `rung`; a data set in use stays in use while another is loaded. */
  readonly sizes?: DataSizes;
  /** Present while `status` is `loading` and something is known about it. */
  readonly progress?: DataProgress;
  readonly skipped: readonly SkippedRung[];
  readonly checkedFiles: readonly CheckedFile[];
  /** Files of the four that the person has not given yet; empty before the first own file. */
  readonly missingFiles: readonly DataFileName[];
  /** Present while `status` is `failed`: what happened and what to do. */
  readonly message?: string;
}

/** One point of a curve; `step` counts from the initial weights. */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** The three curves of one metric. */
export interface Curves {
  readonly train: readonly CurvePoint[];
  readonly validation: readonly CurvePoint[];
  readonly test: readonly CurvePoint[];
}

/** Both metrics of one run. */
export interface RunCurves {
  readonly loss: Curves;
  readonly accuracy: Curves;
}

/** How far the run is and how fast. */
export interface TrainingProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly stepInEpoch: number;
  readonly stepsPerEpoch: number;
  readonly imagesPerSecond: number;
  readonly msPerStep: number;
  readonly secondsLeft: number;
}

/** What the GPU is doing for us; `unavailable` means that nothing can be computed here at all. */
export type GpuState =
  | { readonly status: 'starting' }
  | { readonly status: 'ready'; readonly adapter: AdapterDescription }
  | { readonly status: 'unavailable'; readonly message: string };

/** A draft worked out: the whole model, or the layers before the first one that cannot be. */
export interface ModelDraft {
  readonly config: ModelConfig;
  /** Of all layers, given or worked out, those that cannot be among them. */
  readonly names: readonly string[];
  /** What the model is to be trained by; absent for the engine's default. */
  readonly loss?: LossConfig;
  /** Absent while the draft cannot be built. */
  readonly model?: ResolvedModel;
  readonly layers: readonly ResolvedLayer[];
  readonly issues: readonly ModelIssue[];
}

/** The network that runs in the worker. */
export interface BuiltModel {
  readonly model: ResolvedModel;
  readonly summary: readonly LayerSummary[];
}

/** Something that went wrong and stays on screen until it is dealt with. */
export interface Alert {
  readonly code: FailureCode;
  readonly message: string;
}

/** What the maps of the pipeline show: a layer's outputs, or the numbers it learns. */
export type MapKind = 'activations' | 'weights';

/** The parts of the state that reduce themselves, each in a file of its own. */
export interface Slices {
  readonly climb: ClimbState;
  readonly dock: DockState;
  readonly explain: ExplainState;
  readonly field: FieldState;
  readonly input: InputState;
  readonly rebuild: RebuildState;
  readonly mistakes: MistakesState;
  readonly performance: PerformanceState;
  readonly saliency: SaliencyState;
  readonly selection: SelectionState;
  readonly time: TimeState;
  readonly surgery: SurgeryState;
  readonly sweep: SweepState;
  readonly tuning: TuningState;
  readonly views: ViewsState;
}

/** The whole page. */
export interface PlaygroundState extends Slices, RunCurves {
  readonly gpu: GpuState;
  readonly data: DataState;
  /** What the sliders say. */
  readonly draft: ModelDraft;
  /** What undo and redo go back and forth through. */
  readonly history: EditHistory;
  /** What the maps show; absent until the worker has built the first network. */
  readonly built?: BuiltModel;
  /** Config of `built`, as it was sent. */
  readonly builtConfig?: ModelConfig;
  /** The config last sent to be built; absent once the worker has answered. */
  readonly requested?: ModelConfig;
  readonly hyperparameters: Hyperparameters;
  readonly phase: Phase;
  readonly origin: WeightsOrigin;
  /** Absent before the first step. */
  readonly progress?: TrainingProgress;
  /** The run before this one, or what this one was before it was gone back in; absent while there was none. */
  readonly earlierRun?: RunCurves;
  readonly probabilities: readonly number[];
  readonly mapKind: MapKind;
  /** ±limit of each map's colour scale, by map id. */
  readonly mapScales: Readonly<Record<string, number>>;
  readonly alert?: Alert;
}
