/** How layers are looked at: which one is large and by what view, on which scale the colours are, and what was measured of it. */
import type { Distribution, LayerView, LayerWatch, MapScale, Report, Request } from '../worker/protocol.ts';
import type { Message } from './intent.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

/** The last measurements, each of the layer it names. */
type Measured<Type extends Report['type']> = Extract<Report, { readonly type: Type }>;

export interface ViewsState {
  /** The layer shown large, by name. */
  readonly expanded?: string;
  readonly view: LayerView;
  /** Gradients of the chosen image's loss instead of the values. */
  readonly isGradient: boolean;
  /** Of the layer shown large. */
  readonly filter: number;
  readonly scale: MapScale;
  /** Of the layer shown large, the oldest first, since it was opened. */
  readonly distributions: readonly Distribution[];
  readonly filterRead?: Measured<'filterRead'>;
  readonly gradients?: Measured<'gradientsReady'>;
  readonly deadUnits?: Measured<'deadUnits'>;
  /** The layer whose dead units are being looked for. */
  readonly searched?: string;
}

export type ViewsIntent =
  /** Without a layer the large one closes. */
  | { readonly type: 'layerExpanded'; readonly layer?: string }
  | { readonly type: 'layerViewChosen'; readonly view: LayerView }
  | { readonly type: 'gradientsChosen'; readonly isGradient: boolean }
  | { readonly type: 'filterChosen'; readonly filter: number }
  | { readonly type: 'mapScaleChosen'; readonly scale: MapScale }
  | { readonly type: 'deadUnitsSought' };

/** Distributions kept; beyond it every other one goes, so that the whole time stays in view. */
export const historySize = 24;

/** Nothing is large, and all maps of a layer share their scale. */
export const viewsSlice: Slice<ViewsState> = {
  initial: { view: 'activations', isGradient: false, filter: 0, scale: 'shared', distributions: [] },
  reduce,
  requests(message, before, after) {
    const watch = watchOf(after);
    const requests: Request[] = [];
    if (message.type === 'built' || JSON.stringify(watch) !== JSON.stringify(watchOf(before)))
      if (watch || before.views.expanded !== undefined) requests.push({ type: 'watchLayer', ...(watch && { watch }) });
    const { searched } = after.views;
    if (searched !== undefined && before.views.searched !== searched)
      requests.push({ type: 'findDeadUnits', layer: searched });
    return requests;
  },
};

function reduce(views: ViewsState, message: Message, state: PlaygroundState): ViewsState {
  switch (message.type) {
    case 'layerExpanded':
      return message.layer === undefined ? closed(views) : opened(views, message.layer, state);
    case 'layerViewChosen':
      return { ...views, view: message.view };
    case 'gradientsChosen':
      return { ...views, isGradient: message.isGradient };
    case 'filterChosen':
      return { ...views, filter: message.filter };
    case 'cellPinned':
      // A filter chosen on the maps is the one whose numbers are read.
      return message.cell?.layer === views.expanded && message.cell
        ? { ...views, filter: message.cell.channel }
        : views;
    case 'mapScaleChosen':
      return { ...views, scale: message.scale };
    case 'deadUnitsSought':
      return views.expanded !== undefined && state.data.sizes ? { ...views, searched: views.expanded } : views;
    case 'evaluated':
      // The whole test set was run: what it says of dead units goes with it.
      return message.kind === 'test' && views.deadUnits && views.expanded !== undefined
        ? { ...views, searched: views.expanded }
        : views;
    case 'built':
      return afterBuilt(views, state);
    case 'wasReset': {
      // They were dead by other weights.
      const { deadUnits: _past, ...rest } = views;
      return { ...rest, distributions: [] };
    }
    default:
      return afterMeasurement(views, message);
  }
}

function afterMeasurement(views: ViewsState, message: Message): ViewsState {
  switch (message.type) {
    case 'distribution':
      if (message.layer !== views.expanded) return views;
      return { ...views, distributions: withDistribution(views.distributions, message.distribution) };
    case 'filterRead':
      return message.layer === views.expanded ? { ...views, filterRead: message } : views;
    case 'gradientsReady':
      return message.layer === views.expanded ? { ...views, gradients: message } : views;
    case 'deadUnits': {
      const { searched: _found, ...rest } = views;
      return message.layer === views.expanded ? { ...rest, deadUnits: message } : rest;
    }
    default:
      return views;
  }
}

function withDistribution(past: readonly Distribution[], next: Distribution): readonly Distribution[] {
  const last = past.at(-1);
  // While nothing is trained only the image changes, and the newest is the one that counts.
  const kept = last && last.step >= next.step ? past.slice(0, -1) : past;
  const all = [...kept, next];
  return all.length <= historySize ? all : all.filter((_, index) => index % 2 === 1 || index === 0);
}

function opened(views: ViewsState, layer: string, { mapKind }: PlaygroundState): ViewsState {
  const view = mapKind === 'weights' ? 'filters' : views.view === 'filters' ? 'activations' : views.view;
  return { ...closed(views), expanded: layer, view };
}

/** Nothing large, and nothing known of a layer. */
function closed({ view, isGradient, scale }: ViewsState): ViewsState {
  return { view, isGradient, filter: 0, scale, distributions: [] };
}

/** Another network: what was measured is of the one before, and the large layer may be gone. */
function afterBuilt(views: ViewsState, { built }: PlaygroundState): ViewsState {
  const { expanded } = views;
  if (expanded === undefined) return views;
  const isThere = built?.model.layers.some(({ name }) => name === expanded) === true;
  return isThere ? { ...closed(views), expanded } : closed(views);
}

function watchOf({ views, input }: PlaygroundState): LayerWatch | undefined {
  const { expanded, view, isGradient, filter } = views;
  if (expanded === undefined) return undefined;
  return { layer: expanded, view, isGradient, filter, ...(input.label !== undefined && { label: input.label }) };
}
