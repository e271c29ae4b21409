/** What of the page's choice concerns one canvas of maps: its own marked cells and the field drawn on it. Pure. */
import { activeCell } from '../../app/selection-slice.ts';
import type { PlaygroundState } from '../../app/state.ts';
import type { CellAddress } from '../../engine/model/cell-address.ts';
import type { CellBox, UnseenPixels } from '../../engine/model/cell-field.ts';
import type { HeldFilter } from '../../worker/protocol.ts';
import { channelInHand, heldChannels } from '../surgery/held-marks.ts';
import { fieldOf, unseenBy } from './field-of.ts';
import { sourceOf, type MapSource } from './map-cells.ts';

/** Plain data, compared by its JSON. */
export interface MapMarks {
  /** The layer the canvas shows; absent while no network has it. */
  readonly source?: MapSource;
  /** The cell under the pointer or the keys, when it is one of this layer. */
  readonly hovered?: CellAddress;
  readonly pinned?: CellAddress;
  /** Whichever layer it is of: Enter on it lets go. */
  readonly pagePinned?: CellAddress;
  /** What the active cell of a later layer depends on here. */
  readonly region?: CellBox;
  /** On the input: what no cell of the active cell's layer sees. */
  readonly unseen?: UnseenPixels;
  /** On the input: how strongly each pixel moves the active cell is drawn as well. */
  readonly hasHeat?: boolean;
  /** Filters of this layer that are frozen or switched off. */
  readonly held?: readonly HeldFilter[];
  /** The channel whose filter is worked on. */
  readonly inHand?: number;
}

/** @param layer name of the layer the canvas shows; empty for the input. */
export function mapMarks(state: PlaygroundState, layer: string, isOfWeights: boolean): MapMarks {
  const { built, selection } = state;
  const source = built && sourceOf(built.model, layer);
  const active = activeCell(state);
  const region = isOfWeights || active?.layer === layer ? undefined : fieldOf(state)?.get(layer);
  const { hovered, pinned } = selection;
  const held = heldChannels(state, layer);
  const inHand = channelInHand(state, layer);
  const unseen = layer === '' && region ? unseenBy(state) : undefined;
  return {
    ...(source && { source }),
    ...(hovered?.layer === layer && { hovered }),
    ...(pinned?.layer === layer && { pinned }),
    ...(pinned && { pagePinned: pinned }),
    ...(region && { region }),
    ...(held.length > 0 && { held }),
    ...(inHand !== undefined && { inHand }),
    ...(unseen && { unseen }),
    ...(unseen && state.field.kind === 'effective' && { hasHeat: true }),
  };
}
