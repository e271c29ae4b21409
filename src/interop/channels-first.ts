/**
 * Models in Keras's `data_format='channels_first'` form → the engine's channels-last ones, weights and images with them.
 * Trusts no JSON; knows no files and no framework's own order of kernels.
 */
import type { NamedTensor } from '../engine/contract.ts';
import { EngineError } from '../engine/error.ts';
import type { ModelConfig } from '../engine/model/config.ts';
import { show } from '../engine/model/field-reader.ts';
import type { ModelIssue } from '../engine/model/issue.ts';
import { resolveModel } from '../engine/model/resolve.ts';
import type { ResolvedModel, Shape } from '../engine/model/resolved.ts';
import { cellCount } from '../engine/shape/cells.ts';
import { imageOrder, writeChannelsLast } from './cell-order.ts';
import { convertConfig } from './channels-first-config.ts';
import { findWeightOrders, type WeightOrders } from './channels-first-order.ts';

/** What is to be imported. */
export interface ChannelsFirstModel {
  /**
   * The engine's JSON with `inputShape` [channels, height, width], axes counted as in such tensors, and
   * `dataFormat: 'channelsFirst'` on the model or on each layer that Keras gives one.
   */
  readonly config: unknown;
  /** Under the engine's names; convolution kernels are `[height, width, …]` in Keras whatever the data format. */
  readonly weights?: readonly NamedTensor[];
}

/** The engine's model, or what stands in the way. */
export type ChannelsFirstImport =
  | { readonly ok: true; readonly config: ModelConfig; readonly weights: readonly NamedTensor[] }
  | { readonly ok: false; readonly issues: readonly ModelIssue[] };

/**
 * The same network, channels last: for transposed inputs it gives the same outputs. A flatten's row is in the order
 * channel, row, column, unless the flatten itself has `dataFormat: 'channelsFirst'`: Keras then turns it to row, column,
 * channel. Accepts any JSON, throws for none. Weights that need no change share their numbers with those given.
 */
export function fromChannelsFirst({ config, weights = [] }: ChannelsFirstModel): ChannelsFirstImport {
  const issues: ModelIssue[] = [];
  const converted = convertConfig(config, issues);
  if (issues.length > 0) return { ok: false, issues };
  // Which loss the network will have is not known here; the mildest asks for a flat output, as all do.
  const resolution = resolveModel(converted.config, { loss: 'meanSquaredError' });
  if (!resolution.ok) return resolution;
  const { model } = resolution;
  const orders = findWeightOrders(model, converted.turningFlattens, issues);
  const rearranged = issues.length > 0 ? [] : convertWeights(weights, model, orders, issues);
  if (issues.length > 0) return { ok: false, issues };
  const { name, layers } = model;
  const [height = 1, width = 1, channels = 1] = model.inputShape;
  const inputShape = [height, width, channels] as const;
  return { ok: true, config: { name, inputShape, layers: layers.map((layer) => layer.config) }, weights: rearranged };
}

function convertWeights(
  tensors: readonly NamedTensor[],
  { layers }: ResolvedModel,
  orders: WeightOrders,
  issues: ModelIssue[],
): readonly NamedTensor[] {
  const open = new Map(layers.flatMap((layer) => layer.weights.map((spec) => [spec.name, { layer, spec }] as const)));
  return tensors.flatMap((tensor) => {
    const found = open.get(tensor.name);
    open.delete(tensor.name);
    if (!found) {
      const message = `model: weights must be named as the layers' and be given once. Received name=${show(tensor.name)}.`;
      issues.push({ layer: 'model', code: 'badValue', message });
      return [];
    }
    const order = orders.get(tensor.name);
    const shape = order?.shape ?? found.spec.shape;
    if (!hasShape(tensor, shape)) {
      issues.push(shapeIssue(found.layer.name, tensor, shape));
      return [];
    }
    if (!order) return [tensor];
    const data = new Float32Array(tensor.data.length);
    writeChannelsLast(tensor.data, data, order.order, order.cellSize);
    return [{ name: tensor.name, shape: found.spec.shape, data }];
  });
}

function hasShape({ shape, data }: NamedTensor, wanted: Shape): boolean {
  return shape.join() === wanted.join() && data.length === cellCount(wanted);
}

function shapeIssue(layer: string, { name, shape, data }: NamedTensor, wanted: Shape): ModelIssue {
  const weight = name.slice(layer.length + 1);
  const message = `${layer}: ${weight} must be of shape ${show(wanted)} and have as many numbers. Received shape=${show(shape)}, numbers=${data.length}.`;
  return { layer, code: 'badValue', message };
}

/** `[examples, channels, height, width]`. */
export type ChannelsFirstShape = readonly [number, number, number, number];

/** Images of the shape `[examples, channels, height, width]` → `[examples, height, width, channels]`. @throws EngineError `badArgument` */
export function imagesToChannelsLast(images: Uint8Array, shape: ChannelsFirstShape): Uint8Array<ArrayBuffer>;
export function imagesToChannelsLast(images: Float32Array, shape: ChannelsFirstShape): Float32Array<ArrayBuffer>;
export function imagesToChannelsLast(
  images: Uint8Array | Float32Array,
  shape: ChannelsFirstShape,
): Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> {
  const isSizes = shape.every((size) => Number.isSafeInteger(size) && size >= 1);
  if (!isSizes || cellCount(shape) !== images.length) {
    throw new EngineError(
      'badArgument',
      `imagesToChannelsLast: shape must be [examples, channels, height, width] with as many numbers as images. Received shape=${show(shape)}, images=${images.length}.`,
    );
  }
  const [, channels, height, width] = shape;
  const turned = images instanceof Uint8Array ? new Uint8Array(images.length) : new Float32Array(images.length);
  const order = imageOrder(height * width, channels);
  const cells = channels * height * width;
  for (let start = 0; start < images.length; start += cells)
    writeChannelsLast(images.subarray(start, start + cells), turned.subarray(start, start + cells), order);
  return turned;
}
