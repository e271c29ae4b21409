/** Reads what a person typed as a number and says in words why it cannot be used. Knows no input element. */
import { formatCount, formatSetting } from './format.ts';

/** What a typed number must be: within [min, max], and a whole number if `isInteger`. */
export interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly isInteger: boolean;
}

/** A usable number, or a sentence that says what is wrong. */
export type NumberReading =
  { readonly value: number; readonly problem?: undefined } | { readonly value?: undefined; readonly problem: string };

/** The number a person means: true minus, spaces, `18,496`, decimal commas (`0,01`) and `1e-3` are understood. */
export function parseNumber(text: string): number {
  const plain = text.replace(/[\s\u00a0\u202f_]/g, '').replaceAll('−', '-');
  if (plain === '') return NaN;
  if (/^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(plain)) return Number(plain.replaceAll(',', ''));
  return /^[+-]?(\d+\.?\d*|\d*[.,]\d+)(e[+-]?\d+)?$/i.test(plain.replace(',', '.'))
    ? Number(plain.replace(',', '.'))
    : NaN;
}

/** Checks typed text against a rule. */
export function readNumber(text: string, rule: NumberRule): NumberReading {
  const value = parseNumber(text);
  const shown = text.trim();
  if (Number.isNaN(value))
    return { problem: `${shown === '' ? 'Nothing' : `“${shown}”`} is not a number: ${describe(rule)}` };
  if (rule.isInteger && !Number.isInteger(value))
    return { problem: `${shown} is not a whole number: ${describe(rule)}` };
  if (value < rule.min) return { problem: `${shown} is too small: ${describe(rule)}` };
  if (value > rule.max) return { problem: `${shown} is too large: ${describe(rule)}` };
  return { value };
}

/** A value as its field shows it, so that reading the text gives the value back. */
export function writeNumber(value: number, rule: NumberRule): string {
  return rule.isInteger && Math.abs(value) < 1e6 ? formatCount(value) : formatSetting(value);
}

function describe(rule: NumberRule): string {
  return `${writeNumber(rule.min, rule)} to ${writeNumber(rule.max, rule)}.`;
}
