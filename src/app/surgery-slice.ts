/** Which filter is operated on, what is known of it, and what was done to filters. Holds no design and works no numbers out. */
import { banksOf, bankOf, filterBehind, type FilterAddress, type FilterBank } from '../engine/model/filter-bank.ts';
import type { FilterHold, HeldFilter, Request, SurgeryEffect, SurgeryNotice, SurgeryStep } from '../worker/protocol.ts';
import type { NumberChange } from './filter-edits.ts';
import type { Message } from './intent.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

/** What the page knows of filters under the knife. */
export interface SurgeryState {
  /** The filter in hand; absent before the first network, and while the network has no filters. */
  readonly address?: FilterAddress;
  /** The plane of it that is shown. */
  readonly slice: number;
  /** Of the filter in hand, slice by slice, then its bias; absent until they were read. */
  readonly numbers?: Float32Array<ArrayBuffer>;
  /** Filters that are frozen or switched off. */
  readonly held: readonly HeldFilter[];
  readonly undo?: SurgeryStep;
  readonly redo?: SurgeryStep;
  readonly effect?: SurgeryEffect;
  /** What the weights come to before anything is done to them, 0…1, on so many test images. */
  readonly known?: { readonly accuracy: number; readonly count: number };
  readonly notice?: SurgeryNotice;
}

/** What a person can want of a filter. */
export type SurgeryIntent =
  | { readonly type: 'patientChosen'; readonly address: FilterAddress }
  | { readonly type: 'sliceChosen'; readonly slice: number }
  | {
      readonly type: 'filterEdited';
      readonly step: SurgeryStep;
      readonly change: NumberChange;
      /** The same for all edits that are undone as one. */
      readonly gesture: number;
    }
  | { readonly type: 'filterHeld'; readonly step: SurgeryStep; readonly hold: FilterHold }
  | { readonly type: 'surgeryUndone' }
  | { readonly type: 'surgeryRedone' };

/** A pinned cell puts its filter in hand; a filter that is gone gives way to the first one there is. */
export const surgerySlice: Slice<SurgeryState> = {
  initial: { slice: 0, held: [] },
  reduce(surgery, message, state) {
    switch (message.type) {
      case 'patientChosen':
        return withFilter(surgery, message.address);
      case 'sliceChosen':
        return { ...surgery, slice: message.slice };
      case 'cellPinned':
        return withFilter(surgery, pinnedFilter(message.cell, state));
      case 'filterChosen':
        return withFilter(surgery, pinnedFilter({ layer: state.views.expanded ?? '', channel: message.filter }, state));
      case 'built':
        return afterBuilt(withoutEffect(surgery), state);
      case 'wasReset':
      case 'lookedBack':
      case 'cameBack':
        return withoutEffect(surgery);
      case 'progress':
        return surgery.known ? withoutKnown(surgery) : surgery;
      case 'accuracyKnown':
        return { ...surgery, known: { accuracy: message.accuracy, count: message.count } };
      case 'filterNumbers':
        return isSameFilter(message.address, surgery.address) ? { ...surgery, numbers: message.numbers } : surgery;
      case 'surgeryState': {
        const { undo: _undo, redo: _redo, ...rest } = surgery;
        const { held, undo, redo } = message;
        return { ...rest, held, ...(undo && { undo }), ...(redo && { redo }) };
      }
      case 'surgeryEffect': {
        const { notice: _past, ...rest } = withoutKnown(surgery);
        return { ...rest, effect: message.effect };
      }
      case 'surgeryNotice': {
        return { ...withoutEffect(surgery), notice: message.notice };
      }
      default:
        return surgery;
    }
  },
  requests(message, before, after) {
    return [...watchRequests(before, after), ...operationRequests(message)];
  },
};

/** The kernel that the filter in hand is part of. */
export function bankInHand({ built, surgery }: PlaygroundState): FilterBank | undefined {
  return built && surgery.address && bankOf(built.model, surgery.address.weight);
}

/** What holds a filter; nothing does unless somebody froze it or switched it off. */
export function holdOf({ held }: SurgeryState, address: FilterAddress): FilterHold {
  const found = held.find((one) => isSameFilter(one, address));
  return { isFrozen: found?.isFrozen ?? false, isOff: found?.isOff ?? false };
}

/** Whether two addresses name the same filter. */
export function isSameFilter(a: FilterAddress | undefined, b: FilterAddress | undefined): boolean {
  return a?.weight === b?.weight && a?.filter === b?.filter;
}

function operationRequests(message: Message): readonly Request[] {
  switch (message.type) {
    case 'filterEdited':
      return [{ type: 'editFilter', step: message.step, ...message.change, gesture: message.gesture }];
    case 'filterHeld':
      return [{ type: 'holdFilter', step: message.step, hold: message.hold }];
    case 'surgeryUndone':
      return [{ type: 'undoSurgery' }];
    case 'surgeryRedone':
      return [{ type: 'redoSurgery' }];
    default:
      return [];
  }
}

/** Numbers are read for the panel only, while it is open. */
function watchRequests(before: PlaygroundState, after: PlaygroundState): readonly Request[] {
  const [was, is] = [watched(before), watched(after)];
  if (isSameFilter(was, is)) return [];
  return [{ type: 'watchFilter', ...(is && { address: is }) }];
}

function watched({ dock, surgery }: PlaygroundState): FilterAddress | undefined {
  return dock.panel === 'filters' ? surgery.address : undefined;
}

/** An effect on weights that are gone says nothing any more. */
function withoutEffect(surgery: SurgeryState): SurgeryState {
  const { effect: _past, ...rest } = withoutKnown(surgery);
  return rest;
}

function withoutKnown(surgery: SurgeryState): SurgeryState {
  const { known: _past, ...rest } = surgery;
  return rest;
}

function withFilter(surgery: SurgeryState, address: FilterAddress | undefined): SurgeryState {
  if (!address || isSameFilter(address, surgery.address)) return surgery;
  const { numbers: _others, ...rest } = surgery;
  return { ...rest, address, slice: address.weight === surgery.address?.weight ? surgery.slice : 0 };
}

function pinnedFilter(
  cell: { readonly layer: string; readonly channel: number } | undefined,
  { built }: PlaygroundState,
): FilterAddress | undefined {
  return cell && built && filterBehind(built.model, cell.layer, cell.channel);
}

function afterBuilt(surgery: SurgeryState, { built }: PlaygroundState): SurgeryState {
  const banks = built ? banksOf(built.model) : [];
  const { address, numbers: _old, ...rest } = surgery;
  const bank = banks.find(({ weight }) => weight === address?.weight);
  if (bank && address && address.filter < bank.filters)
    return { ...surgery, slice: Math.min(surgery.slice, bank.slices - 1) };
  const [first] = banks;
  return first ? { ...rest, address: { weight: first.weight, filter: 0 }, slice: 0 } : { ...rest, slice: 0 };
}
