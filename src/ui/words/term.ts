/** What an explanation consists of, and what its numbers are taken from. Types, and the choice of a layer to tell about. */
import type { PlaygroundState } from '../../app/state.ts';
import type { ResolvedLayer } from '../../engine/model/resolved.ts';
import type { TermName } from './term-name.ts';

/** Where the numbers come from. */
export interface TermContext {
  readonly state: PlaygroundState;
  /** Name of the layer that is asked about; empty when none is. */
  readonly layer: string;
}

/** One explanation. */
export interface Term {
  /** Its heading. */
  readonly title: string;
  /** One to three plain sentences. */
  readonly text: string;
  /** In general; a line each. */
  readonly formula?: readonly string[];
  /** The same with the page's present numbers put in; no lines where it has none. */
  readonly numbers?: (context: TermContext) => readonly string[];
  readonly related?: readonly TermName[];
}

/** The layer asked about, where it is of the kind; otherwise the model's first one that is. */
export function layerFor<L extends ResolvedLayer>(
  { state, layer: name }: TermContext,
  isKind: (layer: ResolvedLayer) => layer is L,
): L | undefined {
  const { layers } = state.draft;
  const asked = layers.find((layer) => layer.name === name);
  return asked && isKind(asked) ? asked : layers.find(isKind);
}

/** The layer asked about, whatever it is; otherwise the model's first one. */
export function anyLayer(context: TermContext): ResolvedLayer | undefined {
  return layerFor(context, (_layer): _layer is ResolvedLayer => true);
}

/** The layers that may have one of these types. */
type LayerOf<T, L = ResolvedLayer> = L extends ResolvedLayer
  ? Extract<L['type'], T> extends never
    ? never
    : L
  : never;

/** A judgement whether a layer has one of these types. */
export function ofType<T extends ResolvedLayer['type']>(...types: readonly T[]) {
  const wanted: readonly string[] = types;
  return (layer: ResolvedLayer): layer is LayerOf<T> => wanted.includes(layer.type);
}
