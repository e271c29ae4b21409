/** What the page asks and is told about single filters: their numbers, what holds them, and what an operation did. Types only. */
import type { FilterAddress } from '../engine/model/filter-bank.ts';

type Numbers = Float32Array<ArrayBuffer>;

/** What keeps a filter from being what training makes of it. */
export interface FilterHold {
  /** Training leaves its numbers as they are. */
  readonly isFrozen: boolean;
  /** It counts as zero, its bias too; its numbers are put by and come back. */
  readonly isOff: boolean;
}

/** A filter that is frozen, switched off or both. */
export type HeldFilter = FilterAddress & FilterHold;

/** One operation on one filter, as it is told to people: what was done, with which filter. */
export interface SurgeryStep {
  readonly kind: 'edited' | 'replaced' | 'flipped' | 'zeroed' | 'frozen' | 'thawed' | 'switchedOff' | 'switchedOn';
  readonly address: FilterAddress;
}

export type SurgeryRequest =
  /** Reads a filter's numbers now and whenever the maps are drawn anew; without an address, no more. */
  | { readonly type: 'watchFilter'; readonly address?: FilterAddress }
  /** Writes numbers at places of a filter; several of the same gesture (a drag, a slider) are undone as one. */
  | {
      readonly type: 'editFilter';
      readonly step: SurgeryStep;
      readonly places: Uint32Array<ArrayBuffer>;
      readonly values: Numbers;
      readonly gesture: number;
    }
  | { readonly type: 'holdFilter'; readonly step: SurgeryStep; readonly hold: FilterHold }
  | { readonly type: 'undoSurgery' }
  | { readonly type: 'redoSurgery' };

/** What became of edits and holds without the person's asking. */
export type SurgeryNotice =
  /** Rewound: edited numbers are gone, holds stay. */
  | { readonly kind: 'rewound' }
  /** Training began from fresh weights: edits are gone but in frozen filters. */
  | { readonly kind: 'startedFresh' }
  /** The weights are those of another time: edits can no longer be taken back. */
  | { readonly kind: 'otherTime' }
  /** Filters that were held are others now, in these layers. */
  | { readonly kind: 'released'; readonly layers: readonly string[] };

/** How accurate the network was before and after an operation, on the same images. */
export interface SurgeryEffect {
  readonly step: SurgeryStep;
  /** The operation was taken back, or done again. */
  readonly isUndone: boolean;
  /** 0…1; absent while it is being measured. */
  readonly before?: number;
  readonly after?: number;
  /** Test images that both were measured on; 0 while there are none. */
  readonly count: number;
  /** Training went on between the two. */
  readonly isTraining: boolean;
}

export type SurgeryReport =
  /** The numbers of the filter that is watched, slice by slice, then its bias if it has one. */
  | { readonly type: 'filterNumbers'; readonly address: FilterAddress; readonly numbers: Numbers }
  /** All filters that are held, and what can be undone and done again. */
  | {
      readonly type: 'surgeryState';
      readonly held: readonly HeldFilter[];
      readonly undo?: SurgeryStep;
      readonly redo?: SurgeryStep;
    }
  | { readonly type: 'surgeryEffect'; readonly effect: SurgeryEffect }
  /** What the weights as they are come to, before anything is done to them. */
  | { readonly type: 'accuracyKnown'; readonly accuracy: number; readonly count: number }
  | { readonly type: 'surgeryNotice'; readonly notice: SurgeryNotice };
