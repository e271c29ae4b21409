/** Walks a list of untrusted layers once, connecting and resolving one after another until one cannot be. */
import type { LayerConfig, LayerType } from './config.ts';
import { FieldReader, isRecord, show } from './field-reader.ts';
import type { ModelIssue } from './issue.ts';
import { inputName, layerNames, reportDuplicates } from './layer-names.ts';
import { fitsIndices } from './limits.ts';
import type { ResolvedLayer, Shape } from './resolved.ts';
import { inputCounts, layerTypes, rules } from './rules/layer-rules.ts';
import type { Source } from './rules/rule.ts';
import { pixelField } from '../shape/receptive-field.ts';

/** What has been resolved of one model so far. */
export class LayerResolver {
  readonly #known = new Map<string, Source>();
  readonly #read = new Set<string>();
  #previous = inputName;

  /** @param layers filled with those before the first that cannot be. */
  constructor(
    inputShape: Shape,
    private readonly issues: ModelIssue[],
    private readonly layers: ResolvedLayer[],
  ) {
    const field = { vertical: pixelField, horizontal: pixelField };
    this.#known.set(inputName, { name: inputName, shape: inputShape, field });
  }

  resolveAll(list: readonly unknown[]): void {
    const names = layerNames(list);
    reportDuplicates(names, this.issues);
    for (const [index, name] of names.entries()) {
      const resolved = this.#resolve(list[index], name);
      if (!resolved) return;
      this.layers.push(resolved);
      this.#known.set(name, { name, shape: resolved.outputShape, field: resolved.receptiveField });
      this.#previous = name;
    }
    if (this.issues.length === 0) this.#reportUnread();
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
    const type = readType(fields);
    if (!type) return undefined;
    checkName(fields);
    const isTrainable = fields.boolean('trainable', true);
    const sources = this.#sources(fields, type);
    const [first] = sources ?? [];
    if (!sources || !first) return undefined;
    const given = { name, sources, inputShape: first.shape, inputField: first.field, isTrainable, fields };
    const resolved = rules[type](given);
    fields.finish();
    if (!resolved || !fitsIndices(fields, resolved)) return undefined;
    // The rule has read every field of the record, so it is a LayerConfig unless there are issues, and then nobody gets it.
    return { ...resolved, config: layer as unknown as LayerConfig };
  }

  /** What the layer reads: what its `inputs` name, or the layer before it. */
  #sources(fields: FieldReader, type: LayerType): readonly Source[] | undefined {
    const given = fields.get('inputs') ?? [this.#previous];
    const { min, max } = inputCounts(type);
    if (!Array.isArray(given) || given.length < min || given.length > max) {
      const count = max === 1 ? 'one layer' : `${min} to ${max} layers`;
      fields.report('wrongInputCount', `inputs must name ${count}. Received inputs=${show(given)}.`);
      return undefined;
    }
    const known = given.map((name: unknown) => (typeof name === 'string' ? this.#known.get(name) : undefined));
    const sources = known.filter((source) => source !== undefined);
    if (sources.length < known.length) {
      const rule = max === 1 ? 'a layer' : 'layers';
      fields.report('unknownInput', `inputs must name ${rule} before it. Received inputs=${show(given)}.`);
      return undefined;
    }
    for (const { name } of sources) this.#read.add(name);
    return sources;
  }

  #reportUnread(): void {
    for (const layer of this.layers.slice(0, -1)) {
      if (this.#read.has(layer.name)) continue;
      this.issues.push({
        layer: layer.name,
        code: 'wrongOutput',
        message: `${layer.name}: its outputs must be read by a later layer; only the last layer's are the model's. Received readers=0.`,
      });
    }
  }
}

function readType(fields: FieldReader): LayerType | undefined {
  const given = fields.get('type');
  const type = layerTypes.find((known) => known === given);
  if (!type)
    fields.report('unknownType', `type must be one of ${layerTypes.join(', ')}. Received type=${show(given)}.`);
  return type;
}

function checkName(fields: FieldReader): void {
  const name = fields.get('name');
  if (name === undefined || (typeof name === 'string' && /^[\w.-]{1,64}$/.test(name))) return;
  fields.report('badValue', `name must be 1 to 64 letters, digits, '_', '-' or '.'. Received name=${show(name)}.`);
}
