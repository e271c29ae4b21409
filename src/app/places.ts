/** Of the places in the config that are one on the page, which a layer takes. Pure; knows no elements. */
import type { LayerType } from '../engine/model/config.ts';
import { withNewLayer, withReordered } from './draft.ts';
import type { ModelDraft } from './state.ts';

/** The place of a new layer: the first where the network can be built, or else the first. Each is "before layer n". */
export function placeToAdd(draft: ModelDraft, places: readonly number[], type: LayerType): number {
  return firstOf(places, (place) => canBeBuilt(withNewLayer(draft, place, type, [])));
}

/** Where layer `from` stands once it is put in there, itself taken out: as {@link placeToAdd} chooses. */
export function placeToMove(draft: ModelDraft, places: readonly number[], from: number): number {
  const targets = places.map((place) => (place > from ? place - 1 : place));
  // Both sides of a layer are where it stands already.
  if (targets.includes(from)) return from;
  return firstOf(targets, (to) => canBeBuilt(withReordered(draft, from, to)));
}

function firstOf(places: readonly number[], isPossible: (place: number) => boolean): number {
  return places.find((place) => isPossible(place)) ?? places[0] ?? 0;
}

function canBeBuilt({ model }: ModelDraft): boolean {
  return model !== undefined;
}
