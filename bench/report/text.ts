/** Numbers and tables as Markdown. */
import type { Spread } from '../results-file.ts';

/** Three digits that mean something, thousands parted: `1,230`, `0.0462`. */
export function number(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? 4 : 3 });
}

/** `933 (880–940)`: the median and, in brackets, the least and the most. */
export function spread({ min, median, max }: Spread): string {
  return `${number(median)} (${number(min)}–${number(max)})`;
}

/** `56×`. */
export function times(ratio: number): string {
  return `${number(ratio)}×`;
}

/** `21.3 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A table with its columns' names; the first column is text, the others are numbers. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(columns), `|${rule.join('|')}|`, ...rows.map(line)].join('\n');
}

/** The day of a moment in ISO 8601. */
export function day(moment: string): string {
  return moment.slice(0, 10);
}

/** Parts with an empty line between them; empty parts are left out. */
export function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
