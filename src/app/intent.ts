/** What a person can want of the page, as data. Types only; what follows from it stands in the reducer and the requests. */
import type { DataRung } from '../data/dataset-types.ts';
import type { Hyperparameters, Place, Report } from '../worker/protocol.ts';
import type { ClimbIntent } from './climb-slice.ts';
import type { DockIntent } from './dock-slice.ts';
import type { EditIntent } from './edit-intents.ts';
import type { ExplainIntent } from './explain-slice.ts';
import type { FieldIntent } from './field-slice.ts';
import type { InputIntent } from './input-slice.ts';
import type { MistakesIntent } from './mistakes-slice.ts';
import type { MapKind } from './state.ts';
import type { PerformanceIntent } from './performance-slice.ts';
import type { SaliencyIntent } from './saliency-slice.ts';
import type { SelectionIntent } from './selection-slice.ts';
import type { SurgeryIntent } from './surgery-slice.ts';
import type { TimeIntent } from './time-slice.ts';
import type { SweepIntent } from './sweep-slice.ts';
import type { TuningIntent } from './tuning-slice.ts';
import type { ViewsIntent } from './views-slice.ts';

/** Everything the page's controls say. */
export type Intent =
  | { readonly type: 'hyperparametersChanged'; readonly hyperparameters: Hyperparameters }
  | { readonly type: 'trainPressed' }
  | { readonly type: 'pausePressed' }
  | { readonly type: 'stepPressed' }
  | { readonly type: 'rewindPressed' }
  /** The way out of a non-finite loss: a tenth of the learning rate, and back to a place or the initial weights. */
  | { readonly type: 'rateLowered'; readonly place?: Place }
  | { readonly type: 'dataRequested'; readonly rung?: DataRung }
  | { readonly type: 'dataCancelled' }
  | { readonly type: 'filesRead'; readonly files: readonly { name: string; bytes: ArrayBuffer }[] }
  | { readonly type: 'mapKindChosen'; readonly kind: MapKind }
  | { readonly type: 'alertDismissed' }
  | ClimbIntent
  | DockIntent
  | ExplainIntent
  | FieldIntent
  | EditIntent
  | InputIntent
  | MistakesIntent
  | PerformanceIntent
  | SaliencyIntent
  | SelectionIntent
  | SurgeryIntent
  | TimeIntent
  | SweepIntent
  | TuningIntent
  | ViewsIntent;

/** What moves the state: the person or the worker. */
export type Message = Intent | Report;
