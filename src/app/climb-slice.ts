/** The input that excites a unit most: which unit, how it is looked for, and how far the search has come. Pure. */
import type { ResolvedLayer, ResolvedModel } from '../engine/model/resolved.ts';
import { imageSizes } from '../engine/shape/cells.ts';
import type { Climb, ClimbProgress } from '../worker/protocol.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

/** A filter, or a unit. */
export interface ClimbTarget {
  readonly layer: string;
  readonly channel: number;
}

/** What of a filter's map is to grow: the cell in its middle, or its mean. */
export type ClimbScope = 'cell' | 'map';

export interface ClimbState {
  /** Absent until one was chosen or pinned; then the last convolution's first filter is meant. */
  readonly target?: ClimbTarget;
  readonly scope: ClimbScope;
  readonly isSmooth: boolean;
  /** The climb under way. */
  readonly climb?: Climb;
  /** Of the last climb, while what it climbed for is still what is chosen. */
  readonly progress?: ClimbProgress;
  /** Climbs so far; each has the next number. */
  readonly count: number;
  /** Of the noise that the last climb for this target started from; 0 before the first. */
  readonly seed: number;
}

/** What a person can want of it; a climb after a climb starts from other noise. */
export type ClimbIntent =
  | { readonly type: 'climbTargetChosen'; readonly target: ClimbTarget }
  | { readonly type: 'climbScopeChosen'; readonly scope: ClimbScope }
  | { readonly type: 'climbSmoothnessChosen'; readonly isSmooth: boolean }
  | { readonly type: 'climbStarted' }
  | { readonly type: 'climbStopped' };

/** A climb ends when something else is chosen, the network is replaced, or the panel is left. */
export const climbSlice: Slice<ClimbState> = {
  initial: { scope: 'cell', isSmooth: true, count: 0, seed: 0 },
  reduce(climb, message, state) {
    switch (message.type) {
      case 'climbTargetChosen':
        return anew({ ...climb, target: message.target });
      case 'climbScopeChosen':
        return anew({ ...climb, scope: message.scope });
      case 'climbSmoothnessChosen':
        return anew({ ...climb, isSmooth: message.isSmooth });
      case 'cellPinned':
        return afterPinned(climb, message.cell, state);
      case 'climbStarted':
        return started(climb, state);
      case 'climbStopped':
        return stopped(climb);
      case 'climbed': {
        const { type: _type, ...progress } = message;
        if (message.id !== climb.climb?.id) return climb;
        return message.isOver ? stopped({ ...climb, progress }) : { ...climb, progress };
      }
      case 'panelChosen':
        return message.panel === 'saliency' ? climb : stopped(climb);
      case 'failed':
        // It may have been the climb that failed; nothing else would end it.
        return stopped(climb);
      case 'built':
        return afterBuilt(climb, state);
      default:
        return climb;
    }
  },
  requests(message, before, after) {
    const { climb } = after.climb;
    if (climb === before.climb.climb || message.type === 'climbed') return [];
    return [climb ? { type: 'climb', ...climb } : { type: 'stopClimb' }];
  },
};

/** The layers whose units can be climbed for: those that do more than lay numbers out. */
export function climbLayers({ layers }: ResolvedModel): readonly ResolvedLayer[] {
  return layers.filter(({ type }) => !['flatten', 'reshape', 'dropout', 'spatialDropout2d'].includes(type));
}

/** The filter or unit that is meant, and its layer; undefined before there is a network. */
export function climbTarget({
  climb,
  built,
}: PlaygroundState): { readonly layer: ResolvedLayer; readonly channel: number } | undefined {
  if (!built) return undefined;
  const layers = climbLayers(built.model);
  const chosen = layers.find(({ name }) => name === climb.target?.layer);
  if (chosen && climb.target && climb.target.channel < channelsOf(chosen))
    return { layer: chosen, channel: climb.target.channel };
  const layer = layers.findLast(({ type }) => type === 'conv2d') ?? layers.at(-1);
  return layer && { layer, channel: 0 };
}

/** Filters or units of a layer. */
export function channelsOf({ outputShape }: ResolvedLayer): number {
  return imageSizes(outputShape)[2];
}

/** The cell in the middle of a map. */
export function middleCell({ name, outputShape }: ResolvedLayer, channel: number) {
  const [height, width] = imageSizes(outputShape);
  return { layer: name, row: Math.floor(height / 2), column: Math.floor(width / 2), channel };
}

function started(climb: ClimbState, state: PlaygroundState): ClimbState {
  const target = climbTarget(state);
  if (!target) return climb;
  const { layer, channel } = target;
  const [count, seed] = [climb.count + 1, climb.seed + 1];
  const isWhole = climb.scope === 'map' && layer.outputShape.length === 3;
  const aim = isWhole ? { layer: layer.name, channel } : middleCell(layer, channel);
  const { progress: _former, ...rest } = climb;
  return { ...rest, count, seed, climb: { id: count, aim, isSmooth: climb.isSmooth, seed } };
}

/** Where it has come to stays to be seen. */
function stopped(climb: ClimbState): ClimbState {
  if (!climb.climb) return climb;
  const { climb: _ended, ...rest } = climb;
  return rest;
}

/** What was found was found for something else. */
function anew(climb: ClimbState): ClimbState {
  const { progress: _other, ...rest } = stopped(climb);
  return { ...rest, seed: 0 };
}

function afterPinned(climb: ClimbState, cell: ClimbTarget | undefined, { built }: PlaygroundState): ClimbState {
  const isMeant = built && climbLayers(built.model).some(({ name }) => name === cell?.layer);
  if (!cell || !isMeant) return climb;
  const { layer, channel } = cell;
  const { target } = climb;
  return target?.layer === layer && target.channel === channel ? climb : anew({ ...climb, target: { layer, channel } });
}

function afterBuilt(climb: ClimbState, state: PlaygroundState): ClimbState {
  const { target, ...rest } = anew(climb);
  const kept = target && climbTarget(state)?.layer.name === target.layer ? climbTarget(state) : undefined;
  return { ...rest, ...(kept && target?.channel === kept.channel && { target }) };
}
