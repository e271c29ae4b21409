/**
 * Which numbers of one tensor every number of a network depends on, by running the graph forward with sets in place of numbers.
 * Written from the layers' definitions, cell by cell; shares no arithmetic with what it judges but the resolved windows.
 */
import type { ResolvedLayer, ResolvedModel, Shape, Window2D } from '../../src/engine/model/resolved.ts';

/** For each cell of a tensor, in its own order, the cells of the origin behind it. */
export type Dependencies = readonly ReadonlySet<number>[];

const countOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** Height, width and channels; a row is one cell of many channels. */
function imageOf(shape: Shape): readonly [number, number, number] {
  const [height = 1, width = 1, channels = 1] = shape;
  return shape.length === 3 ? [height, width, channels] : [1, 1, countOf(shape)];
}

/** Every layer's dependencies on the tensor `origin`, a layer's name or `input`. */
export function traceForward(model: ResolvedModel, origin: string): ReadonlyMap<string, Dependencies> {
  const known = new Map<string, Dependencies>();
  const start = (name: string, shape: Shape): void => {
    known.set(
      name,
      Array.from({ length: countOf(shape) }, (_, cell) => (name === origin ? new Set([cell]) : new Set<number>())),
    );
  };
  start('input', model.inputShape);
  for (const layer of model.layers) {
    if (layer.name === origin) {
      start(layer.name, layer.outputShape);
      continue;
    }
    const sources = layer.inputs.map((name) => known.get(name) ?? []);
    const read = readsOf(layer);
    const cells = Array.from({ length: countOf(layer.outputShape) }, () => new Set<number>());
    read((to, from, source) => sources[source]?.[from]?.forEach((cell) => cells[to]?.add(cell)));
    known.set(layer.name, isMixing(layer) ? mixed(cells, layer.outputShape) : cells);
  }
  return known;
}

const isMixing = (layer: ResolvedLayer): boolean => 'activation' in layer && layer.activation.name === 'softmax';

function mixed(cells: readonly Set<number>[], shape: Shape): Set<number>[] {
  const channels = shape.at(-1) ?? 1;
  return cells.map((_, index) => {
    const first = index - (index % channels);
    return new Set(cells.slice(first, first + channels).flatMap((set) => [...set]));
  });
}

/** Tells one dependency of an output cell on a cell of an input. */
type Tell = (to: number, from: number, source: number) => void;

interface Place {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

function each(count: number, work: (index: number) => void): void {
  for (let index = 0; index < count; index++) work(index);
}

function placeOf(index: number, shape: Shape): Place {
  const [, width, channels] = imageOf(shape);
  return {
    row: Math.floor(index / (width * channels)),
    column: Math.floor(index / channels) % width,
    channel: index % channels,
  };
}

/** Index of a place; undefined outside. */
function indexOf({ row, column, channel }: Place, shape: Shape): number | undefined {
  const [height, width, channels] = imageOf(shape);
  const isInside = row >= 0 && row < height && column >= 0 && column < width;
  return isInside ? (row * width + column) * channels + channel : undefined;
}

function readsOf(layer: ResolvedLayer): (tell: Tell) => void {
  const [shape = []] = layer.inputShapes;
  const [inputs, outputs] = [countOf(shape), countOf(layer.outputShape)];
  switch (layer.type) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'separableConv2d':
    case 'maxPooling2d':
    case 'averagePooling2d':
      return (tell) => each(outputs, (to) => tellWindow(layer, to, tell));
    case 'conv2dTranspose':
      return (tell) => each(inputs, (from) => tellTransposed(layer, from, tell));
    case 'upSampling2d':
      return (tell) => each(outputs, (to) => tellSampled(layer, to, tell));
    case 'zeroPadding2d':
    case 'padding2d':
      return (tell) => each(outputs, (to) => tellPadded(layer, to, tell));
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return (tell) => each(inputs, (from) => tell(placeOf(from, shape).channel, from, 0));
    case 'dense':
      return (tell) => each(outputs, (to) => each(inputs, (from) => tell(to, from, 0)));
    case 'layerNormalization': {
      const { rowCells } = layer;
      return (tell) => each(outputs, (to) => each(rowCells, (place) => tell(to, to - (to % rowCells) + place, 0)));
    }
    case 'concatenate':
      return (tell) => tellParts(layer.inputShapes, layer.axis, layer.outputShape, tell);
    case 'add':
      return (tell) => each(outputs, (to) => layer.inputs.forEach((_, source) => tell(to, to, source)));
    default:
      return (tell) => each(outputs, (to) => tell(to, to, 0));
  }
}

type OfType<T extends ResolvedLayer['type']> = Extract<ResolvedLayer, { type: T }>;

/** The window's cells in the order of its rows; the coordinate of each along one axis, from the window's position. */
function eachTap({ vertical, horizontal }: Window2D, at: Place, work: (row: number, column: number) => void): void {
  each(vertical.window, (down) =>
    each(horizontal.window, (right) =>
      work(
        at.row * vertical.stride - vertical.padBefore + down * vertical.dilation,
        at.column * horizontal.stride - horizontal.padBefore + right * horizontal.dilation,
      ),
    ),
  );
}

const clamp = (at: number, size: number): number => Math.max(0, Math.min(size - 1, at));

type Windowed = OfType<'conv2d' | 'depthwiseConv2d' | 'separableConv2d' | 'maxPooling2d' | 'averagePooling2d'>;

function tellWindow(layer: Windowed, to: number, tell: Tell): void {
  const [shape = []] = layer.inputShapes;
  const [height, width, channels] = imageOf(shape);
  const at = placeOf(to, layer.outputShape);
  const isRepeating = 'padMode' in layer && layer.padMode === 'replicate';
  eachTap(layer.window, at, (y, x) => {
    const [row, column] = isRepeating ? [clamp(y, height), clamp(x, width)] : [y, x];
    each(channels, (channel) => {
      const from = indexOf({ row, column, channel }, shape);
      if (from !== undefined && channelMeets(layer, at.channel, channel, channels)) tell(to, from, 0);
    });
  });
}

function tellTransposed(layer: OfType<'conv2dTranspose'>, from: number, tell: Tell): void {
  eachTap(layer.window, placeOf(from, layer.inputShapes[0] ?? []), (row, column) =>
    each(layer.filters, (channel) => {
      const to = indexOf({ row, column, channel }, layer.outputShape);
      if (to !== undefined) tell(to, from, 0);
    }),
  );
}

function tellSampled(
  { size: [tall, wide], interpolation, ...layer }: OfType<'upSampling2d'>,
  to: number,
  tell: Tell,
): void {
  const [shape = []] = layer.inputShapes;
  const [height, width] = imageOf(shape);
  const { row: down, column: right, channel } = placeOf(to, layer.outputShape);
  const mixedOf = (place: number, factor: number, size: number): readonly number[] => {
    if (interpolation === 'nearest') return [Math.floor(place / factor)];
    const centre = (place + 0.5) / factor - 0.5;
    return [clamp(Math.floor(centre), size), clamp(Math.ceil(centre), size)];
  };
  for (const row of mixedOf(down, tall, height))
    for (const column of mixedOf(right, wide, width)) tell(to, indexOf({ row, column, channel }, shape) ?? -1, 0);
}

function tellPadded(
  { mode, pads: [[top], [left]], ...layer }: OfType<'zeroPadding2d' | 'padding2d'>,
  to: number,
  tell: Tell,
): void {
  const [shape = []] = layer.inputShapes;
  const [height, width] = imageOf(shape);
  const inside = (at: number, size: number): number => {
    if (mode === 'replicate') return clamp(at, size);
    if (mode === 'zero') return at;
    return at < 0 ? -at : at >= size ? 2 * size - 2 - at : at;
  };
  const { row, column, channel } = placeOf(to, layer.outputShape);
  const from = indexOf({ row: inside(row - top, height), column: inside(column - left, width), channel }, shape);
  if (from !== undefined) tell(to, from, 0);
}

function channelMeets(layer: ResolvedLayer, output: number, input: number, channels: number): boolean {
  switch (layer.type) {
    case 'conv2d':
      return Math.floor((output * layer.groups) / layer.filters) === Math.floor((input * layer.groups) / channels);
    case 'depthwiseConv2d':
      return Math.floor(output / layer.depthMultiplier) === input;
    case 'separableConv2d':
      return true;
    default:
      return output === input;
  }
}

function tellParts(shapes: readonly Shape[], axis: number, whole: Shape, tell: Tell): void {
  const inner = countOf(whole.slice(axis + 1));
  const step = (whole[axis] ?? 1) * inner;
  let offset = 0;
  shapes.forEach((shape, source) => {
    const length = (shape[axis] ?? 1) * inner;
    for (let from = 0; from < countOf(shape); from++)
      tell(Math.floor(from / length) * step + offset + (from % length), from, source);
    offset += length;
  });
}
