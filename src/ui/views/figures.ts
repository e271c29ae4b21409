/** Numbers of very different sizes in few digits: one power of ten for all of them. Pure. */
import { formatDecimal, formatSetting } from '../format.ts';

/** A factor of ten by which numbers are written, and its text; empty for plain numbers. */
export interface Unit {
  readonly factor: number;
  readonly text: string;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Plain from 0.1 to 1000; beyond, the power of ten of the largest number. */
export function unitFor(limit: number): Unit {
  const power = limit > 0 ? Math.floor(Math.log10(limit)) : 0;
  if (power >= -1 && power <= 2) return { factor: 1, text: '' };
  const digits = Array.from(String(Math.abs(power)), (digit) => superscripts[Number(digit)] ?? '').join('');
  return { factor: 10 ** power, text: `10${power < 0 ? '⁻' : ''}${digits}` };
}

/** A single figure, in plain digits where they suffice: `0.043`, `−3.2e−5`. */
export function formatFigure(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 10_000)) return formatSetting(Number(value.toPrecision(2)));
  return formatDecimal(value, size >= 100 ? 0 : size >= 1 ? 2 : 3);
}
