/**
 * Function arrays that are only indexed by constants, as scalars: compilers keep those in registers. An element that is
 * written once, before it is read, becomes a `let`, which no mask or store stands in the way of.
 */
import { evaluateConstant, type Names } from './expression.ts';
import { closingBracket } from './text.ts';

const arrayPattern = /\bvar\s+(\w+)\s*:\s*array<\s*(\w+)\s*,([^>]+)>\s*;/g;

/** Where an element stands in the text. */
interface Use {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** Replaces function arrays by scalars where every index is a constant; others stay arrays. */
export function scalariseArrays(text: string, names: Names): string {
  for (const match of [...text.matchAll(arrayPattern)]) {
    const [declaration, name, type] = match;
    if (!name || !type) continue;
    const at = text.indexOf(declaration);
    const without = text.slice(0, at) + text.slice(at + declaration.length);
    const uses = usesOf(without, name, names);
    if (uses) text = asScalars(without, at, { name, type }, uses);
  }
  return text;
}

/** Every use of the array, or undefined when one of them is not an element known now. */
function usesOf(text: string, name: string, names: Names): readonly Use[] | undefined {
  const uses: Use[] = [];
  const pattern = new RegExp(`(?<![\\w.])${name}\\b(\\s*\\[)?`, 'g');
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (!match[1]) return undefined;
    const end = closingBracket(text, match.index + match[0].length - 1) + 1;
    const index = evaluateConstant(text.slice(match.index + match[0].length, end - 1), names);
    if (typeof index !== 'number') return undefined;
    uses.push({ index, start: match.index, end });
    pattern.lastIndex = end;
  }
  return uses;
}

/** @param at where the array was declared. */
function asScalars(
  text: string,
  at: number,
  array: { readonly name: string; readonly type: string },
  uses: readonly Use[],
): string {
  const blockEnds = blockEndsOf(text);
  const byElement = new Map<number, Use[]>();
  for (const use of uses) byElement.set(use.index, [...(byElement.get(use.index) ?? []), use]);
  const constants = new Set(
    [...byElement].flatMap(([index, own]) => (isWrittenOnce(text, own, blockEnds) ? [index] : [])),
  );
  const scalars = [...byElement.keys()].filter((index) => !constants.has(index)).sort((a, b) => a - b);
  let written = text.slice(0, at) + scalars.map((index) => `var ${array.name}_${index}: ${array.type};`).join(' ');
  let position = at;
  const begun = new Set<number>();
  for (const { index, start, end } of uses) {
    const isFirst = constants.has(index) && !begun.has(index);
    begun.add(index);
    const scalar = `${array.name}_${index}`;
    written += text.slice(position, start) + (isFirst ? `let ${scalar}: ${array.type}` : scalar);
    position = end;
  }
  return written + text.slice(position);
}

/** True when the first use is the only assignment, and all others stand behind that statement, in its block. */
function isWrittenOnce(text: string, [first, ...others]: readonly Use[], blockEnds: Int32Array): boolean {
  if (!first || assignmentAt(text, first) !== '=' || !isStatement(text, first.start)) return false;
  const blockEnd = blockEnds[first.start] ?? 0;
  const statementEnd = text.indexOf(';', first.end);
  return others.every(
    (use) => use.start > statementEnd && use.start < blockEnd && assignmentAt(text, use) === undefined,
  );
}

/** `=`, `+=` and so on, when one follows the element. */
function assignmentAt(text: string, { end }: Use): string | undefined {
  return /^\s*([-+*/%&|^]?=)(?!=)/.exec(text.slice(end, end + 8))?.[1];
}

function isStatement(text: string, start: number): boolean {
  return /[;{}]\s*$/.test(text.slice(Math.max(0, start - 200), start));
}

/** For each place, where the innermost block around it ends. */
function blockEndsOf(text: string): Int32Array {
  const ends = new Int32Array(text.length);
  const open: number[] = [];
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === '}') open.push(at);
    ends[at] = open.at(-1) ?? text.length;
    if (text[at] === '{') open.pop();
  }
  return ends;
}
