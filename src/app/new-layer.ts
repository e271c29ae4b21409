/** What a layer is like when it is new: Keras's defaults, and sizes that leave the layers behind it possible. Pure. */
import type { LayerConfig, LayerType } from '../engine/model/config.ts';
import { inputName } from '../engine/model/layer-names.ts';
import type { ResolvedLayer, Shape } from '../engine/model/resolved.ts';

/** What stands before the new layer. */
export interface Place {
  /** Of what it will read; undefined where that is not known. */
  readonly shape: Shape | undefined;
  /** The layers before, in order. */
  readonly before: readonly Pick<ResolvedLayer, 'name' | 'outputShape'>[];
  readonly inputShape: Shape;
}

/** Maps of a new convolution where its input has too few to go by. */
const fewestFilters = 8;
const usualFilters = 32;
const usualUnits = 64;
const mostUnits = 512;

/**
 * A new layer of the type. Convolutions and dense layers keep the size of their input where that is sensible, so that the
 * layers behind them keep their weights.
 */
export function newLayer(type: LayerType, place: Place): LayerConfig {
  switch (type) {
    case 'conv2d':
      return { type, filters: filtersFor(place), kernelSize: 3, padding: 'same', activation: 'relu' };
    case 'separableConv2d':
      return { type, filters: filtersFor(place), kernelSize: 3, padding: 'same', activation: 'relu' };
    case 'depthwiseConv2d':
      return { type, kernelSize: 3, padding: 'same', activation: 'relu' };
    case 'conv2dTranspose':
      return { type, filters: filtersFor(place), kernelSize: 3, padding: 'same', activation: 'relu' };
    case 'dense':
      return { type, units: unitsFor(place), activation: 'relu' };
    case 'activation':
      return { type, activation: 'relu' };
    case 'dropout':
    case 'spatialDropout2d':
      return { type, rate: 0.25 };
    case 'padding2d':
      return { type, mode: 'reflect', padding: 1 };
    case 'reshape':
      return { type, targetShape: place.shape ?? [-1] };
    case 'add':
      return { type, inputs: sourcesFor(place, (a, b) => a.join() === b.join()) };
    case 'concatenate':
      return { type, inputs: sourcesFor(place, (a, b) => a.length === b.length && isSameBesideChannels(a, b)) };
    default:
      return { type };
  }
}

function filtersFor({ shape }: Place): number {
  const channels = shape?.length === 3 ? (shape[2] ?? 0) : 0;
  return channels >= fewestFilters ? channels : usualFilters;
}

function unitsFor({ shape }: Place): number {
  const units = shape?.length === 1 ? (shape[0] ?? 0) : 0;
  return units > 1 && units <= mostUnits ? units : usualUnits;
}

/** What it follows, and the nearest layer before that fits; itself, where none does. */
function sourcesFor({ shape, before, inputShape }: Place, fits: (a: Shape, b: Shape) => boolean): readonly string[] {
  const known = [{ name: inputName, outputShape: inputShape }, ...before];
  const previous = known.at(-1)?.name ?? inputName;
  const other = known.slice(0, -1).findLast(({ outputShape }) => shape && fits(shape, outputShape));
  return [previous, other?.name ?? previous];
}

function isSameBesideChannels(a: Shape, b: Shape): boolean {
  return a.slice(0, -1).join() === b.slice(0, -1).join();
}
