/** ModelConfig → resolved model, or the list of issues that stand in the way. Accepts any JSON, throws for none. */
import type { LayerConfig, LayerType } from './config.ts';
import { FieldReader, isRecord, show } from './field-reader.ts';
import type { ModelIssue } from './issue.ts';
import type { ResolvedLayer, ResolvedModel, Shape } from './resolved.ts';
import { activationRule } from './rules/activation.ts';
import { conv2dRule } from './rules/conv2d.ts';
import { denseRule } from './rules/dense.ts';
import { flattenRule } from './rules/flatten.ts';
import { averagePooling2dRule, maxPooling2dRule } from './rules/pooling2d.ts';
import { cellCount, type LayerRule } from './rules/rule.ts';
import { pixelField, type ReceptiveField } from '../shape/receptive-field.ts';

const rules: Readonly<Record<LayerType, LayerRule>> = {
  conv2d: conv2dRule,
  maxPooling2d: maxPooling2dRule,
  averagePooling2d: averagePooling2dRule,
  flatten: flattenRule,
  dense: denseRule,
  activation: activationRule,
};

const nameStems: Readonly<Record<LayerType, string>> = {
  conv2d: 'conv2d',
  maxPooling2d: 'max_pooling2d',
  averagePooling2d: 'average_pooling2d',
  flatten: 'flatten',
  dense: 'dense',
  activation: 'activation',
};

/** Types a layer can have. */
export const layerTypes = Object.keys(rules) as readonly LayerType[];

/** Name of the model's input among a layer's `inputs`. */
export const inputName = 'input';

/** Index arithmetic in the kernels is 32-bit and signed; a tensor of one batch has to stay well below that. */
const maxCells = 2 ** 28;
const maxLayers = 256;
const imageRange = { min: 1, max: 4096 } as const;

export type Resolution =
  | { readonly ok: true; readonly model: ResolvedModel }
  /** `layers`: those before the first that cannot be. */
  | { readonly ok: false; readonly issues: readonly ModelIssue[]; readonly layers: readonly ResolvedLayer[] };

/** Fills in every default and works out every shape. */
export function resolveModel(config: unknown): Resolution {
  const issues: ModelIssue[] = [];
  const layers: ResolvedLayer[] = [];
  const refused = (): Resolution => ({ ok: false, issues, layers });
  if (!isRecord(config)) {
    issues.push({
      layer: 'model',
      code: 'notAnObject',
      message: `model: must be a JSON object. Received config=${show(config)}.`,
    });
    return refused();
  }
  const fields = new FieldReader('model', config, issues);
  const givenName = fields.get('name') ?? 'Model';
  if (typeof givenName !== 'string')
    fields.report('badValue', `name must be a string. Received name=${show(givenName)}.`);
  const inputShape = readInputShape(fields);
  const list = fields.get('layers');
  fields.finish();
  if (!Array.isArray(list) || list.length === 0 || list.length > maxLayers) {
    const received = Array.isArray(list) ? `${list.length} layers` : show(list);
    fields.report('empty', `layers must be a list of 1 to ${maxLayers} layers. Received layers=${received}.`);
    return refused();
  }
  if (!inputShape) return refused();
  if (cellCount(inputShape) > maxCells) {
    fields.report('tooLarge', `inputs may have at most ${maxCells} cells. Received inputShape=${show(inputShape)}.`);
    return refused();
  }
  new LayerResolver(inputShape, issues, layers).resolveAll(list);
  if (issues.length > 0) return refused();
  const model: ResolvedModel = {
    name: typeof givenName === 'string' ? givenName : 'Model',
    inputShape,
    layers,
    params: layers.reduce((sum, layer) => sum + layer.params, 0),
    macs: layers.reduce((sum, layer) => sum + layer.macs, 0),
  };
  checkOutput(model, issues);
  return issues.length > 0 ? refused() : { ok: true, model };
}

/** Everything that keeps the config from being built; [] when nothing does. */
export function checkModel(config: unknown): readonly ModelIssue[] {
  const resolution = resolveModel(config);
  return resolution.ok ? [] : resolution.issues;
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

function checkOutput(model: ResolvedModel, issues: ModelIssue[]): void {
  const last = model.layers.at(-1);
  if (!last) return;
  const hasSoftmax = 'activation' in last && last.activation.name === 'softmax';
  if (last.outputShape.length === 1 && hasSoftmax) return;
  issues.push({
    layer: last.name,
    code: 'wrongOutput',
    message: `${last.name}: the last layer must give one probability per class, so it needs a flat output and softmax. Received outputs=[${last.outputShape.join(', ')}]${'activation' in last ? `, activation=${last.activation.name}` : ''}.`,
    ...('activation' in last &&
      last.outputShape.length === 1 && {
        fix: { label: 'Use softmax', layer: last.name, field: 'activation', value: 'softmax' },
      }),
  });
}

/** Walks the list once, naming, connecting and resolving layer after layer until one cannot be. */
class LayerResolver {
  readonly #known = new Map<string, { shape: Shape; field: ReceptiveField }>();
  readonly #counts = new Map<string, number>();
  readonly #readers = new Map<string, string>();
  #previous = inputName;

  constructor(
    inputShape: Shape,
    private readonly issues: ModelIssue[],
    private readonly layers: ResolvedLayer[],
  ) {
    this.#known.set(inputName, { shape: inputShape, field: { vertical: pixelField, horizontal: pixelField } });
  }

  resolveAll(list: readonly unknown[]): void {
    const names = list.map((layer) => this.#nameOf(layer));
    this.#reportDuplicates(names);
    for (const [index, layer] of list.entries()) {
      const name = names[index] ?? `layer_${index + 1}`;
      const resolved = this.#resolve(layer, name);
      if (!resolved) return;
      this.layers.push(resolved);
      this.#known.set(name, { shape: resolved.outputShape, field: resolved.receptiveField });
      this.#previous = name;
    }
    if (this.issues.length === 0) this.#reportUnread();
  }

  #nameOf(layer: unknown): string {
    const type = isRecord(layer) ? layerTypes.find((known) => known === layer['type']) : undefined;
    const stem = type ? nameStems[type] : 'layer';
    const count = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, count);
    const given = isRecord(layer) && Object.hasOwn(layer, 'name') ? layer['name'] : undefined;
    return typeof given === 'string' && given !== '' ? given : `${stem}_${count}`;
  }

  #reportDuplicates(names: readonly string[]): void {
    const seen = new Set([inputName]);
    for (const name of names) {
      if (seen.has(name)) {
        this.issues.push({
          layer: name,
          code: 'duplicateName',
          message: `${name}: every layer needs a name of its own, other than ${inputName}. Received name=${show(name)} twice.`,
        });
      }
      seen.add(name);
    }
  }

  #resolve(layer: unknown, name: string): ResolvedLayer | undefined {
    if (!isRecord(layer)) {
      this.issues.push({
        layer: name,
        code: 'notAnObject',
        message: `${name}: must be a JSON object. Received layer=${show(layer)}.`,
      });
      return undefined;
    }
    const fields = new FieldReader(name, layer, this.issues);
    const given = fields.get('type');
    const type = layerTypes.find((known) => known === given);
    if (!type) {
      fields.report('unknownType', `type must be one of ${layerTypes.join(', ')}. Received type=${show(given)}.`);
      return undefined;
    }
    const givenName = fields.get('name');
    if (givenName !== undefined && (typeof givenName !== 'string' || !/^[\w.-]{1,64}$/.test(givenName))) {
      fields.report(
        'badValue',
        `name must be 1 to 64 letters, digits, '_', '-' or '.'. Received name=${show(givenName)}.`,
      );
    }
    const source = this.#source(fields);
    if (!source) return undefined;
    const resolved = rules[type]({
      name,
      inputs: [source.name],
      inputShape: source.shape,
      inputField: source.field,
      fields,
    });
    fields.finish();
    if (resolved && !this.#fitsIndices(fields, resolved)) return undefined;
    // The rule has read every field of the record, so it is a LayerConfig unless there are issues, and then nobody gets it.
    return resolved && ({ ...resolved, config: layer as unknown as LayerConfig } as ResolvedLayer);
  }

  /** The one layer it reads; every layer of today reads exactly one. */
  #source(fields: FieldReader): { name: string; shape: Shape; field: ReceptiveField } | undefined {
    const given = fields.get('inputs') ?? [this.#previous];
    if (!Array.isArray(given) || given.length !== 1) {
      fields.report('wrongInputCount', `inputs must name one layer. Received inputs=${show(given)}.`);
      return undefined;
    }
    const name: unknown = given[0];
    const known = typeof name === 'string' ? this.#known.get(name) : undefined;
    if (typeof name !== 'string' || !known) {
      fields.report('unknownInput', `inputs must name a layer before it. Received inputs=${show(given)}.`);
      return undefined;
    }
    this.#readers.set(name, fields.owner);
    return { name, ...known };
  }

  #fitsIndices(fields: FieldReader, layer: Omit<ResolvedLayer, 'config'>): boolean {
    const cells = cellCount(layer.outputShape);
    const largest = Math.max(cells, layer.params);
    if (largest <= maxCells) return true;
    const what = cells > maxCells ? `outputs=[${layer.outputShape.join(', ')}]` : `parameters=${layer.params}`;
    fields.report('tooLarge', `a layer may have at most ${maxCells} outputs and parameters. Received ${what}.`);
    return false;
  }

  #reportUnread(): void {
    for (const layer of this.layers.slice(0, -1)) {
      if (this.#readers.has(layer.name)) continue;
      this.issues.push({
        layer: layer.name,
        code: 'wrongOutput',
        message: `${layer.name}: its outputs must be read by a later layer; only the last layer's are the model's. Received readers=0.`,
      });
    }
  }
}
