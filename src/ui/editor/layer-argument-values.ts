/** Reads and writes one argument of a layer's config; what equals its default is not written. Pure. */
import type { LayerConfig } from '../../engine/model/config.ts';
import type { Argument } from './layer-arguments.ts';
import type { Variant } from './variants.ts';

/** What an argument is when it is not there. */
export const none = 'none';

/** What a variant argument is set to, its own arguments filled in. */
export interface VariantValue {
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A field of the config as it stands there; undefined where it is left out. */
export function given(layer: LayerConfig, key: string): unknown {
  return new Map<string, unknown>(Object.entries(layer)).get(key);
}

/** The layer with the argument set; without it where it says what would be so anyway. */
export function withArgument(layer: LayerConfig, argument: Argument, value: unknown): LayerConfig {
  const { key } = argument;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(layer);
  const isDefault = 'fallback' in argument && JSON.stringify(value) === JSON.stringify(defaultOf(argument));
  const kept = isDefault
    ? entries.filter(([other]) => other !== key)
    : entries.some(([other]) => other === key)
      ? entries.map(([other, old]) => [other, other === key ? value : old] as const)
      : [...entries, [key, value] as const];
  // Whether the config is sound is the resolver's to say; the type is one of its entries.
  const changed: object = Object.fromEntries(kept);
  return changed as LayerConfig;
}

function defaultOf(argument: Argument): unknown {
  if (argument.kind === 'variant' && argument.fallback === none) return undefined;
  if (argument.kind === 'sizes' && argument.isSingle) return argument.fallback[0];
  return 'fallback' in argument ? argument.fallback : undefined;
}

/** `[rows, columns]` of a pair. */
export function pairOf(value: unknown, fallback: readonly [number, number]): readonly [number, number] {
  if (typeof value === 'number') return [value, value];
  if (!Array.isArray(value)) return fallback;
  const [rows, columns] = value as readonly unknown[];
  return typeof rows === 'number' && typeof columns === 'number' ? [rows, columns] : fallback;
}

/** One number where both are the same. */
export function asPair(rows: number, columns: number): number | readonly [number, number] {
  return rows === columns ? rows : [rows, columns];
}

/** Cells on each side: `[[top, bottom], [left, right]]`. */
export function sidesOf(value: unknown): readonly [readonly [number, number], readonly [number, number]] {
  const [first, second] = Array.isArray(value) ? (value as readonly unknown[]) : [value, value];
  return [pairOf(first, [0, 0]), pairOf(second, [0, 0])];
}

/** The initializer, regularizer or constraint in a field. */
export function variantOf(value: unknown, fallback: string, variants: readonly Variant[]): VariantValue {
  const record =
    typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)) : undefined;
  const name = record ? record.get('type') : (value ?? fallback);
  const type = typeof name === 'string' ? name : fallback;
  const found = variants.find((variant) => variant.type === type);
  // As in Keras, an `l1l2` written as an object has only the factors it names.
  const isBare = record === undefined || type !== 'l1l2';
  const settings = settingsOf(found).map(({ key, fallback: own }): readonly [string, unknown] => [
    key,
    record?.get(key) ?? (isBare ? own : 0),
  ]);
  return { type, settings: Object.fromEntries<unknown>(settings) };
}

/** How a variant is written: by its name where its arguments are the defaults; undefined for none. */
export function writtenVariant({ type, settings }: VariantValue, variants: readonly Variant[]): unknown {
  if (type === none) return undefined;
  const found = variants.find((variant) => variant.type === type);
  const isPlain = settingsOf(found).every(({ key, fallback }) => settings[key] === fallback);
  return isPlain && found?.isNameEnough ? type : { type, ...settings };
}

function settingsOf(variant: Variant | undefined): readonly { readonly key: string; readonly fallback: unknown }[] {
  return variant ? [...variant.numbers, ...variant.choices, ...variant.lists] : [];
}
