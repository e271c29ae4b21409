/**
 * Turns a readable shader file into the text one device gets: named constants take their values, marked loops are
 * written out, arrays indexed only by constants become scalars. What it computes stays the same; SwiftShader runs the
 * written-out form three times as fast, and GPU compilers would do the same themselves.
 */
import { evaluateConstant, type ConstantValue, type Names } from './expression.ts';
import { scalariseArrays } from './scalars.ts';
import { closingBracket, localNames, replaceWord, stripComments } from './text.ts';

/** Values for the file's `const` declarations, by name; types, as text, for its `alias` declarations. */
export type ShaderConstants = Readonly<Record<string, number | boolean | string>>;

/**
 * The text to compile for one entry point.
 * @throws when a constant is not declared in the file, the entry point is missing, or a marked loop is not constant.
 */
export function specialise(source: string, entryPoint: string, constants: ShaderConstants): string {
  let text = stripComments(source);
  for (const [name, value] of Object.entries(constants)) text = setConstant(text, name, value);
  text = keepEntryPoint(text, entryPoint);
  const names = collectConstants(text);
  return scalariseArrays(joinSums(new Expansion(names).of(text)), names);
}

function setConstant(text: string, name: string, value: number | boolean | string): string {
  const keyword = typeof value === 'string' ? 'alias' : 'const';
  const declaration = new RegExp(`(^[ \\t]*${keyword}\\s+${name}\\b[^=;]*=)[^;]*;`, 'm');
  if (!declaration.test(text)) {
    const known = [...text.matchAll(new RegExp(`^[ \\t]*${keyword}\\s+(\\w+)`, 'gm'))]
      .map((match) => match[1])
      .join(', ');
    throw new Error(`wgsl: a constant must be declared in the file. Received ${name}; it has ${known}.`);
  }
  return text.replace(declaration, `$1 ${String(value)};`);
}

const entryPattern = /@(?:compute|vertex|fragment)\b[^{}]*?\bfn\s+(\w+)\s*\(/g;

/** Without the file's other entry points, so that what they use need not be bound or compiled. */
function keepEntryPoint(text: string, entryPoint: string): string {
  let kept = '';
  let position = 0;
  let isFound = false;
  for (const match of text.matchAll(entryPattern)) {
    const end = closingBracket(text, text.indexOf('{', closingBracket(text, match.index + match[0].length - 1))) + 1;
    isFound ||= match[1] === entryPoint;
    kept += text.slice(position, match[1] === entryPoint ? end : match.index);
    position = end;
  }
  if (!isFound) throw new Error(`wgsl: the entry point must be in the file. Received ${entryPoint}.`);
  return kept + text.slice(position);
}

function collectConstants(text: string): Map<string, ConstantValue> {
  const names = new Map<string, ConstantValue>();
  for (const match of text.matchAll(/^const\s+(\w+)[^=;]*=([^;]*);/gm)) {
    const value = evaluateConstant(match[2] ?? '', names);
    if (value !== undefined && match[1]) names.set(match[1], value);
  }
  return names;
}

/** Marked loops are written out when they run at most this often; otherwise they stay loops. */
const writtenTurns = { unroll: Infinity, short: 4, once: 1, registers: Infinity } as const;

/** Loops marked `@registers` run over sums; where this constant says that sums are memory, they stay loops. */
const memoryConstant = 'sumsAreMemory';

interface Piece {
  readonly text: string;
  readonly end: number;
}

const loopHeader =
  /^\s*var\s+(\w+)(?:\s*:\s*\w+)?\s*=\s*([^;]+);\s*(\w+)\s*<\s*([^;]+);\s*(\w+)\s*(\+\+|\+=\s*([^;]+))\s*$/;

/** Writes out the marked loops and decides every `@static` condition, outermost first. */
class Expansion {
  #blocks = 0;

  constructor(private readonly names: Names) {}

  of(text: string, names = this.names): string {
    let expanded = '';
    let position = 0;
    for (;;) {
      const marker = /@(unroll|short|once|registers|static)\s+/g;
      marker.lastIndex = position;
      const match = marker.exec(text);
      if (!match) return expanded + text.slice(position);
      expanded += text.slice(position, match.index);
      const start = match.index + match[0].length;
      const kind = match[1] as keyof typeof writtenTurns | 'static';
      const piece =
        kind === 'static' ? this.#decide(text, start, names) : this.#writeOut(text, start, names, turnsOf(kind, names));
      expanded += piece.text;
      position = piece.end;
    }
  }

  /** A loop over constants, written out unless it runs too often. */
  #writeOut(text: string, start: number, names: Names, maxTurns: number): Piece {
    const head = text.indexOf('(', start);
    const headEnd = closingBracket(text, head);
    const body = text.indexOf('{', headEnd);
    const end = closingBracket(text, body) + 1;
    const header = text.slice(head + 1, headEnd);
    const match = loopHeader.exec(header);
    const [from, below, step] = [match?.[2], match?.[4], match?.[7] ?? '1'].map((bound) =>
      evaluateConstant(bound ?? '', names),
    );
    const variable = match?.[1];
    if (!variable || typeof from !== 'number' || typeof below !== 'number' || typeof step !== 'number' || step < 1) {
      throw new Error(`wgsl: a marked loop must count up between constants. Received for (${header.trim()}).`);
    }
    const inner = text.slice(body + 1, end - 1);
    if ((below - from) / step > maxTurns) {
      return { text: `${text.slice(start, body)}{${this.of(inner, names)}}`, end };
    }
    let written = '';
    for (let value = from; value < below; value += step) {
      const here = new Map(names).set(variable, value);
      written += this.#inline(this.of(replaceWord(inner, variable, literal(value)), here));
    }
    return { text: written, end };
  }

  /** Keeps the branch that a constant condition chooses. */
  #decide(text: string, start: number, names: Names): Piece {
    const head = text.indexOf('(', start);
    const headEnd = closingBracket(text, head);
    const condition = text.slice(head + 1, headEnd);
    const holds = evaluateConstant(condition, names);
    if (typeof holds !== 'boolean') {
      throw new Error(`wgsl: a @static condition must be constant. Received if (${condition.trim()}).`);
    }
    const then = text.indexOf('{', headEnd);
    const thenEnd = closingBracket(text, then) + 1;
    const otherwise = /^\s*else\s*\{/.exec(text.slice(thenEnd));
    const otherwiseStart = otherwise ? thenEnd + otherwise[0].length - 1 : thenEnd;
    const end = otherwise ? closingBracket(text, otherwiseStart) + 1 : thenEnd;
    const chosen = holds ? text.slice(then + 1, thenEnd - 1) : otherwise ? text.slice(otherwiseStart + 1, end - 1) : '';
    return { text: this.#inline(this.of(chosen, names)), end };
  }

  /** A block without its brackets: its own names are told from those of other blocks, so that none is a scope of its own. */
  #inline(block: string): string {
    const turn = ++this.#blocks;
    return localNames(block)
      .filter((name) => !/_t\d+$/.test(name))
      .reduce((text, name) => replaceWord(text, name, `${name}_t${turn}`), block);
  }
}

function turnsOf(kind: keyof typeof writtenTurns, names: Names): number {
  return kind === 'registers' && names.get(memoryConstant) === true ? 0 : writtenTurns[kind];
}

function literal(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}

const additions = /(?<=[;{}]\s*)([\w.]+(?:\[[^\][]*\])?)\s*\+=\s*([^;]+);(?:\s*\1\s*\+=\s*[^;]+;)+/g;

/** Additions to one sum that follow each other become one statement, in the same order: a sum is then stored once. */
function joinSums(text: string): string {
  return text.replace(additions, (statements, sum: string) => {
    const terms = [...statements.matchAll(/\+=\s*([^;]+);/g)].map((match) => `(${match[1] ?? ''})`);
    return `${sum} = ${[sum, ...terms].join(' + ')};`;
  });
}
