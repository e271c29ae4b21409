/** Which numbers of a layer's weights make one filter or one unit. Pure arithmetic; holds no weights. */
import type { ResolvedLayer, ResolvedModel, Shape, WeightSpec } from './resolved.ts';

/** One filter: the kernel it is part of, and its place among the filters there. */
export interface FilterAddress {
  /** `conv2d_1/kernel`. */
  readonly weight: string;
  readonly filter: number;
}

/** A kernel as filters of the same size: each has `slices` planes of `height` × `width` numbers. */
export interface FilterBank {
  readonly layer: string;
  readonly weight: string;
  /** The weight with one number per filter that is added to its outputs. */
  readonly bias?: string;
  /** `unit` for dense layers. */
  readonly kind: 'filter' | 'unit';
  readonly filters: number;
  /** Planes of a filter: one for each channel that it reads. */
  readonly slices: number;
  readonly height: number;
  readonly width: number;
  /** Distances in the kernel's array between neighbours. */
  readonly stride: { readonly filter: number; readonly slice: number; readonly row: number; readonly column: number };
  /** Standard deviation that Glorot's rule gives such a kernel. */
  readonly typicalSize: number;
}

/** All kernels of a model that have filters or units, in the order of its layers. */
export function banksOf(model: ResolvedModel): readonly FilterBank[] {
  return model.layers.flatMap((layer) => layerBanks(layer, model));
}

/** The bank of a kernel by the kernel's name. */
export function bankOf(model: ResolvedModel, weight: string): FilterBank | undefined {
  return banksOf(model).find((bank) => bank.weight === weight);
}

/** Whether two networks' kernels have the same name and the same filters. */
export function isSameBank(a: FilterBank, b: FilterBank): boolean {
  const size = ({ weight, filters, slices, height, width }: FilterBank) =>
    [weight, filters, slices, height, width].join();
  return size(a) === size(b);
}

/** Numbers of one filter without its bias. */
export function cellCount({ slices, height, width }: FilterBank): number {
  return slices * height * width;
}

/** Where a filter's numbers lie in the kernel's array: slice by slice, each row by row. */
export function placesOf(bank: FilterBank, filter: number): Uint32Array<ArrayBuffer> {
  const { slices, height, width, stride } = bank;
  const places = new Uint32Array(cellCount(bank));
  let next = 0;
  for (let slice = 0; slice < slices; slice++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        places[next++] = filter * stride.filter + slice * stride.slice + row * stride.row + column * stride.column;
  return places;
}

/** The filter that a channel of a layer's outputs comes from, looked for behind layers that leave channels as they are. */
export function filterBehind(model: ResolvedModel, layerName: string, channel: number): FilterAddress | undefined {
  const layer = model.layers.find(({ name }) => name === layerName);
  if (!layer) return undefined;
  const bank = layerBanks(layer, model).at(-1);
  if (bank) return channel < bank.filters ? { weight: bank.weight, filter: channel } : undefined;
  const [before] = layer.inputs;
  return before !== undefined && keepsChannels(layer) ? filterBehind(model, before, channel) : undefined;
}

function keepsChannels({ type }: ResolvedLayer): boolean {
  switch (type) {
    case 'maxPooling2d':
    case 'averagePooling2d':
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
    case 'zeroPadding2d':
    case 'padding2d':
    case 'upSampling2d':
    case 'dropout':
    case 'spatialDropout2d':
    case 'batchNormalization':
    case 'layerNormalization':
    case 'activation':
      return true;
    default:
      return false;
  }
}

function layerBanks(layer: ResolvedLayer, model: ResolvedModel): readonly FilterBank[] {
  const bias = layer.weights.find(({ name }) => name === `${layer.name}/bias`)?.name;
  return layer.weights.flatMap((spec) => {
    const isLast = spec === layer.weights.findLast(({ shape }) => shape.length > 1);
    const sizes = sizesOf(layer, spec, model);
    if (!sizes) return [];
    const typicalSize = Math.sqrt(2 / (spec.fanIn + spec.fanOut));
    const common = { layer: layer.name, weight: spec.name, typicalSize, ...(isLast && bias !== undefined && { bias }) };
    return [{ ...common, ...sizes }];
  });
}

type Sizes = Pick<FilterBank, 'kind' | 'filters' | 'slices' | 'height' | 'width' | 'stride'>;

function sizesOf(layer: ResolvedLayer, { name, shape }: WeightSpec, model: ResolvedModel): Sizes | undefined {
  switch (layer.type) {
    case 'conv2d':
      return shape.length === 4 ? convolutionSizes(shape) : undefined;
    case 'depthwiseConv2d':
      return shape.length === 4 ? depthwiseSizes(shape) : undefined;
    case 'separableConv2d':
      if (shape.length !== 4) return undefined;
      return name.endsWith('/pointwise_kernel') ? convolutionSizes(shape) : depthwiseSizes(shape);
    case 'conv2dTranspose':
      return shape.length === 4 ? transposedSizes(shape) : undefined;
    case 'dense':
      return shape.length === 2 ? denseSizes(shape, pictureBehind(layer, model)) : undefined;
    default:
      return undefined;
  }
}

/** `[height, width, inputs, filters]`. */
function convolutionSizes([height = 1, width = 1, slices = 1, filters = 1]: Shape): Sizes {
  const stride = { filter: 1, slice: filters, row: width * slices * filters, column: slices * filters };
  return { kind: 'filter', filters, slices, height, width, stride };
}

/** `[height, width, inputs, multiplier]`: a filter of one plane for every pair of the last two. */
function depthwiseSizes([height = 1, width = 1, inputs = 1, multiplier = 1]: Shape): Sizes {
  const filters = inputs * multiplier;
  const stride = { filter: 1, slice: 0, row: width * filters, column: filters };
  return { kind: 'filter', filters, slices: 1, height, width, stride };
}

/** `[height, width, filters, inputs]`. */
function transposedSizes([height = 1, width = 1, filters = 1, slices = 1]: Shape): Sizes {
  const stride = { filter: slices, slice: 1, row: width * slices * filters, column: slices * filters };
  return { kind: 'filter', filters, slices, height, width, stride };
}

/** `[inputs, units]`, the inputs laid out as the picture they were flattened from. */
function denseSizes([inputs = 1, filters = 1]: Shape, picture: Shape): Sizes {
  const [height = 1, width = 1, slices = inputs] = picture;
  const stride = { filter: 1, slice: filters, row: width * slices * filters, column: slices * filters };
  return { kind: 'unit', filters, slices, height, width, stride };
}

/** `[height, width, channels]` that a dense layer's inputs were flattened from; empty when there was no such picture. */
function pictureBehind({ inputs: [before] }: ResolvedLayer, model: ResolvedModel): Shape {
  const layer = model.layers.find(({ name }) => name === before);
  if (layer?.type === 'dropout') return pictureBehind(layer, model);
  const [picture = []] = layer?.type === 'flatten' ? layer.inputShapes : [];
  return picture.length === 3 ? picture : [];
}
