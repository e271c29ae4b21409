/** What a person can want of the page, as data. Types only; what follows from it stands in the reducer and the requests. */
import type { LayerConfig } from '../engine/model/config.ts';
import type { ModelFix } from '../engine/model/issue.ts';
import type { DataRung } from '../data/dataset-types.ts';
import type { Hyperparameters, Report } from '../worker/protocol.ts';
import type { DockIntent } from './dock-slice.ts';
import type { MapKind } from './state.ts';
import type { SelectionIntent } from './selection-slice.ts';
import type { TuningIntent } from './tuning-slice.ts';

/** Everything the page's controls say. */
export type Intent =
  /** A control under a layer moves; nothing is built before `editCommitted`. */
  | { readonly type: 'layerEdited'; readonly index: number; readonly layer: LayerConfig }
  | { readonly type: 'editCommitted' }
  | { readonly type: 'fixApplied'; readonly fix: ModelFix }
  | { readonly type: 'lectureRestored' }
  | { readonly type: 'hyperparametersChanged'; readonly hyperparameters: Hyperparameters }
  | { readonly type: 'trainPressed' }
  | { readonly type: 'pausePressed' }
  | { readonly type: 'stepPressed' }
  | { readonly type: 'rewindPressed' }
  /** The way out of a non-finite loss: a tenth of the learning rate, and back to the initial weights. */
  | { readonly type: 'rateLowered' }
  | { readonly type: 'digitDrawn'; readonly pixels: Float32Array<ArrayBuffer> }
  | { readonly type: 'exampleRequested' }
  | { readonly type: 'dataRequested'; readonly rung?: DataRung }
  | { readonly type: 'dataCancelled' }
  | { readonly type: 'filesRead'; readonly files: readonly { name: string; bytes: ArrayBuffer }[] }
  | { readonly type: 'mapKindChosen'; readonly kind: MapKind }
  | { readonly type: 'alertDismissed' }
  | DockIntent
  | SelectionIntent
  | TuningIntent;

/** What moves the state: the person or the worker. */
export type Message = Intent | Report;
