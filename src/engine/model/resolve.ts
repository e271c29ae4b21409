/** ModelConfig → resolved model, or the list of issues that stand in the way. Accepts any JSON, throws for none. */
import { cellCount } from '../shape/cells.ts';
import { FieldReader, isRecord, show } from './field-reader.ts';
import type { ModelIssue } from './issue.ts';
import { LayerResolver } from './layer-resolver.ts';
import { maxCells } from './limits.ts';
import { outputIssue, resolveLoss } from './loss.ts';
import type { ResolvedLayer, ResolvedModel, Shape } from './resolved.ts';

const maxLayers = 256;
const imageRange = { min: 1, max: 4096 } as const;

export type Resolution =
  | { readonly ok: true; readonly model: ResolvedModel }
  /** `layers`: those before the first that cannot be. */
  | { readonly ok: false; readonly issues: readonly ModelIssue[]; readonly layers: readonly ResolvedLayer[] };

/** What the model is wanted for. */
export interface ResolveOptions {
  /** LossConfig: decides what the last layer must give. Default `sparseCategoricalCrossentropy`. */
  readonly loss?: unknown;
}

/** Fills in every default and works out every shape. */
export function resolveModel(config: unknown, options: ResolveOptions = {}): Resolution {
  const { loss, issues: lossIssues } = resolveLoss(options.loss);
  const issues: ModelIssue[] = [...lossIssues];
  const layers: ResolvedLayer[] = [];
  const refused = (): Resolution => ({ ok: false, issues, layers });
  const read = readModel(config, issues);
  if (!read) return refused();
  new LayerResolver(read.inputShape, issues, layers).resolveAll(read.list);
  if (issues.length > 0) return refused();
  const last = layers.at(-1);
  const issue = last && outputIssue(last, loss);
  if (issue) issues.push(issue);
  return issue ? refused() : { ok: true, model: summed(read, layers) };
}

/** Everything that keeps the config from being built; [] when nothing does. */
export function checkModel(config: unknown, options: ResolveOptions = {}): readonly ModelIssue[] {
  const resolution = resolveModel(config, options);
  return resolution.ok ? [] : resolution.issues;
}

interface ReadModel {
  readonly name: string;
  readonly inputShape: Shape;
  readonly list: readonly unknown[];
}

function readModel(config: unknown, issues: ModelIssue[]): ReadModel | undefined {
  if (!isRecord(config)) {
    issues.push({
      layer: 'model',
      code: 'notAnObject',
      message: `model: must be a JSON object. Received config=${show(config)}.`,
    });
    return undefined;
  }
  const fields = new FieldReader('model', config, issues);
  const name = fields.get('name') ?? 'Model';
  if (typeof name !== 'string') fields.report('badValue', `name must be a string. Received name=${show(name)}.`);
  const inputShape = readInputShape(fields);
  const list = fields.get('layers');
  fields.finish();
  if (!Array.isArray(list) || list.length === 0 || list.length > maxLayers) {
    const received = Array.isArray(list) ? `${list.length} layers` : show(list);
    fields.report('empty', `layers must be a list of 1 to ${maxLayers} layers. Received layers=${received}.`);
    return undefined;
  }
  if (!inputShape) return undefined;
  if (cellCount(inputShape) > maxCells) {
    fields.report('tooLarge', `inputs may have at most ${maxCells} cells. Received inputShape=${show(inputShape)}.`);
    return undefined;
  }
  return { name: typeof name === 'string' ? name : 'Model', inputShape, list };
}

function readInputShape(fields: FieldReader): Shape | undefined {
  const value = fields.get('inputShape');
  const isSize = (size: unknown) =>
    Number.isInteger(size) && Number(size) >= imageRange.min && Number(size) <= imageRange.max;
  if (Array.isArray(value) && value.length === 3 && value.every(isSize)) return value.map(Number);
  fields.report(
    'badValue',
    `inputShape must be [height, width, channels], each from ${imageRange.min} to ${imageRange.max}. Received inputShape=${show(value)}.`,
  );
  return undefined;
}

function summed({ name, inputShape }: ReadModel, layers: readonly ResolvedLayer[]): ResolvedModel {
  const sum = (count: (layer: ResolvedLayer) => number) => layers.reduce((total, layer) => total + count(layer), 0);
  return {
    name,
    inputShape,
    layers,
    params: sum(({ params }) => params),
    trainableParams: sum(({ trainableParams }) => trainableParams),
    macs: sum(({ macs }) => macs),
  };
}
