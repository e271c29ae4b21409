/** The JSON of a channels-first model → the engine's, field by field. Trusts nothing; knows ranks, no sizes, no weights. */
import { FieldReader, isRecord, show } from '../engine/model/field-reader.ts';
import type { ModelIssue } from '../engine/model/issue.ts';
import { inputName, layerNames } from '../engine/model/layer-names.ts';

type Json = Readonly<Record<string, unknown>>;

const format = 'channelsFirst';

/** Layers whose Keras twins have a `data_format`, and `padding2d`, which Keras has not. */
const formattedTypes: ReadonlySet<unknown> = new Set([
  ...['conv2d', 'depthwiseConv2d', 'separableConv2d', 'conv2dTranspose', 'maxPooling2d', 'averagePooling2d'],
  ...['globalMaxPooling2d', 'globalAveragePooling2d', 'zeroPadding2d', 'padding2d', 'upSampling2d'],
  ...['spatialDropout2d', 'flatten'],
]);

/** A model in the engine's words; whether they make sense is asked of the engine. */
export interface ConvertedConfig {
  readonly config: unknown;
  /** Names of flattens that turn their image to channels-last themselves. */
  readonly turningFlattens: ReadonlySet<string>;
}

/** Converts what is channels-first about the JSON and leaves the rest, sound or not, as it is. */
export function convertConfig(config: unknown, issues: ModelIssue[]): ConvertedConfig {
  const turningFlattens = new Set<string>();
  if (!isRecord(config)) return { config, turningFlattens };
  const model = new FieldReader('model', config, issues);
  const inputShape = convertInputShape(model);
  const list = model.get('layers');
  if (!Array.isArray(list)) return { config: changed(config, { inputShape, dataFormat: undefined }), turningFlattens };
  const isStated = isModelStated(model, list);
  const ranks = new Map<unknown, number | undefined>([[inputName, 3]]);
  const names = layerNames(list);
  const layers = names.map((name, index) => {
    const layer: unknown = list[index];
    if (!isRecord(layer)) return layer;
    const fields = new FieldReader(name, layer, issues);
    checkFormat(fields, isStated);
    if (isTurningFlatten(layer)) turningFlattens.add(name);
    const inputs = fields.get('inputs') ?? [names[index - 1] ?? inputName];
    const rank = Array.isArray(inputs) ? ranks.get(inputs[0]) : undefined;
    const outputRank = outputRankOf(fields, rank);
    ranks.set(name, outputRank);
    refuseSoftmaxOverWidth(fields, outputRank);
    return convertLayer(fields, rank);
  });
  return { config: changed(config, { inputShape, layers, dataFormat: undefined }), turningFlattens };
}

/** The record with other values for some fields; without those that became undefined. */
function changed(record: Json, changes: Json): Json {
  return Object.fromEntries(Object.entries({ ...record, ...changes }).filter(([, value]) => value !== undefined));
}

function convertInputShape(model: FieldReader): unknown {
  const shape = model.get('inputShape');
  if (Array.isArray(shape) && shape.length === 3) return rotated(shape);
  model.report('badValue', `inputShape must be [channels, height, width]. Received inputShape=${show(shape)}.`);
  return shape;
}

/** `[channels, height, width]` → `[height, width, channels]`. */
function rotated([channels, height, width]: readonly unknown[]): readonly unknown[] {
  return [height, width, channels];
}

/** Whether the model says that it is channels-first; if it does not, its layers have to. */
function isModelStated(model: FieldReader, list: readonly unknown[]): boolean {
  const given = model.get('dataFormat');
  const isOnLayers = list.some((layer) => isRecord(layer) && layer['dataFormat'] === format);
  if (given === format || (given === undefined && isOnLayers)) return given === format;
  model.report(
    'badValue',
    `dataFormat must be ${format}, on the model or on each of its layers. Received dataFormat=${show(given)}.`,
  );
  return true;
}

function checkFormat(fields: FieldReader, isStated: boolean): void {
  const type = fields.get('type');
  if (!formattedTypes.has(type)) return;
  const given = fields.get('dataFormat');
  if (given === format || (given === undefined && isStated)) return;
  // A flatten's format is no statement about its input: it says whether the row is turned.
  if (type === 'flatten' && (given === undefined || given === 'channelsLast')) return;
  fields.report('badValue', `dataFormat must be ${format}, as the model's. Received dataFormat=${show(given)}.`);
}

/** Keras 3: a flatten of the format channels_first transposes to channels-last before it flattens. */
function isTurningFlatten(layer: Json): boolean {
  return layer['type'] === 'flatten' && layer['dataFormat'] === format;
}

function outputRankOf(fields: FieldReader, rank: number | undefined): number | undefined {
  switch (fields.get('type')) {
    case 'flatten':
    case 'dense':
      return 1;
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return fields.get('keepdims') === true ? 3 : 1;
    case 'reshape': {
      const target = fields.get('targetShape');
      return Array.isArray(target) ? target.length : undefined;
    }
    default:
      return rank;
  }
}

function refuseSoftmaxOverWidth(fields: FieldReader, outputRank: number | undefined): void {
  if (outputRank !== 3 || fields.get('activation') !== 'softmax') return;
  fields.report(
    'badValue',
    `softmax is over the last axis, which is the width of a channels-first image; the engine's is over channels. Received activation="softmax".`,
  );
}

function convertLayer(fields: FieldReader, rank: number | undefined): Json {
  const type = fields.get('type');
  const isFormatted = formattedTypes.has(type);
  return changed(fields.record, {
    ...(isFormatted && { dataFormat: undefined }),
    ...(type === 'reshape' && convertTarget(fields)),
    ...(type === 'batchNormalization' && dropChannelAxis(fields, rank)),
    ...(type === 'concatenate' && rank === 3 && convertJoinAxis(fields)),
    ...(type === 'layerNormalization' && rank === 3 && convertNormalizedAxes(fields)),
  });
}

function convertTarget(fields: FieldReader): Json {
  const target = fields.get('targetShape');
  return Array.isArray(target) && target.length === 3 ? { targetShape: rotated(target) } : {};
}

/** The engine normalizes over channels and has no axis; Keras has one that may say the same. */
function dropChannelAxis(fields: FieldReader, rank: number | undefined): Json {
  const axis = fields.get('axis');
  const channels = rank === 3 ? 1 : rank;
  if (axis === undefined || rank === undefined || channels === undefined) return {};
  if (axis !== channels && axis !== channels - rank - 1)
    fields.report('badValue', `axis must be ${channels}, the channels. Received axis=${show(axis)}.`);
  return { axis: undefined };
}

/** Keras's default is the last axis: of a channels-first image the width. */
function readImageAxes(fields: FieldReader): readonly number[] | undefined {
  const value = fields.get('axis') ?? -1;
  const axes = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map(imageAxis);
  const known = axes.filter((axis) => axis !== undefined);
  return known.length === axes.length ? known.toSorted((a, b) => a - b) : undefined;
}

/** Batch, channels, height, width → batch, height, width, channels; undefined for what is no axis of an example. */
function imageAxis(axis: unknown): number | undefined {
  if (typeof axis !== 'number' || !Number.isInteger(axis)) return undefined;
  return [undefined, 3, 1, 2][axis < 0 ? axis + 4 : axis];
}

function convertJoinAxis(fields: FieldReader): Json {
  const axes = readImageAxes(fields);
  if (!axes) return {};
  return { axis: axes.length === 1 ? lastAsNegative(axes[0]) : axes };
}

function lastAsNegative(axis: number | undefined): number | undefined {
  return axis === 3 ? -1 : axis;
}

function convertNormalizedAxes(fields: FieldReader): Json {
  const axes = readImageAxes(fields);
  if (!axes) return {};
  if (!['3', '2,3', '1,2,3'].includes(axes.join())) {
    fields.report(
      'badValue',
      `axis must be 1, [1, 3] or [1, 2, 3], so that the channels are in it; without one it is −1, the width. Received axis=${show(fields.get('axis'))}.`,
    );
  }
  if (axes.length > 1) refuseNorms(fields);
  return { axis: axes.length === 1 ? -1 : axes };
}

/** Norms of a weight with several axes are over axes by number, which stand elsewhere in the engine. */
function refuseNorms(fields: FieldReader): void {
  for (const field of ['gammaConstraint', 'betaConstraint']) {
    const value = fields.get(field);
    const type = isRecord(value) ? value['type'] : value;
    if (type === undefined || type === 'nonNeg') continue;
    fields.report(
      'badValue',
      `${field} must be nonNeg or none when several axes are normalized. Received ${field}=${show(value)}.`,
    );
  }
}
