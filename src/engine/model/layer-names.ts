/** Names for layers: those given, and for the others the type and a number that nobody else has. */
import { isRecord, show } from './field-reader.ts';
import type { ModelIssue } from './issue.ts';
import { layerTypes, nameStem } from './rules/layer-rules.ts';

/** Name of the model's input among a layer's `inputs`. */
export const inputName = 'input';

/** A name for every entry of the list, in its order; names given by mistake twice stand twice. */
export function layerNames(list: readonly unknown[]): readonly string[] {
  const given = list.map(givenName);
  const taken = new Set(given);
  const counts = new Map<string, number>();
  return list.map((layer, index) => {
    const stem = stemOf(layer);
    const own = given[index];
    let count = (counts.get(stem) ?? 0) + 1;
    // A layer further down may be called what this one would have been.
    while (own === undefined && taken.has(`${stem}_${count}`)) count++;
    counts.set(stem, count);
    return own ?? `${stem}_${count}`;
  });
}

/** An issue for every layer whose name is another's or the input's. */
export function reportDuplicates(names: readonly string[], issues: ModelIssue[]): void {
  const seen = new Set([inputName]);
  for (const name of names) {
    if (seen.has(name)) {
      issues.push({
        layer: name,
        code: 'duplicateName',
        message: `${name}: every layer needs a name of its own, other than ${inputName}. Received name=${show(name)} twice.`,
      });
    }
    seen.add(name);
  }
}

function givenName(layer: unknown): string | undefined {
  const name = isRecord(layer) && Object.hasOwn(layer, 'name') ? layer['name'] : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function stemOf(layer: unknown): string {
  const type = isRecord(layer) ? layerTypes.find((known) => known === layer['type']) : undefined;
  return type ? nameStem(type) : 'layer';
}
