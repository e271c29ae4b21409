/** Reads a typed list of whole numbers and says in words why it cannot be used. Knows no input element. */
import { parseNumber } from '../number-rule.ts';

/** The numbers, or a sentence that says what is wrong. */
export interface ListReading {
  readonly numbers?: readonly number[];
  readonly problem?: string;
}

/** More than any shape or list of axes has. */
const mostNumbers = 8;

/** `3, 3, 64`, `3×3×64` and `[3 3 64]` are the same list. */
export function readWholeNumbers(text: string): ListReading {
  const parts = text
    .replace(/[[\]()]/g, ' ')
    .split(/[\s,;×x]+/)
    .filter((part) => part !== '');
  if (parts.length === 0) return { problem: 'One whole number or several are needed.' };
  if (parts.length > mostNumbers) return { problem: `At most ${mostNumbers} numbers are taken.` };
  const wrong = parts.find((part) => !Number.isSafeInteger(parseNumber(part)));
  return wrong === undefined ? { numbers: parts.map(parseNumber) } : { problem: `“${wrong}” is not a whole number.` };
}
