/*
 * Plan. Comments vanish and the four markers stay, only where they stand alone on their line; brackets are matched by kind and
 * depth, and a missing one is an error that shows where; words are replaced whole, never as a member or a part of another.
 */
import { expect, test } from 'playwright/test';
import { closingBracket, replaceWord, stripComments } from './text.ts';

const comments: readonly (readonly [source: string, text: string])[] = [
  ['a; // b\nc;', 'a;\nc;'],
  ['a /* b\n // @unroll\n */ c', 'a   c'],
  ['  // @unroll\nfor', '  @unroll\nfor'],
  ['//@once \nfor', '@once\nfor'],
  ['// @static\nif', '@static\nif'],
  ['// @short\nfor', '@short\nfor'],
  ['// @unroll the loop\nfor', '\nfor'],
  ['// see @static\nif', '\nif'],
];
for (const [source, text] of comments) {
  test(`strips ${JSON.stringify(source)}`, () => expect(stripComments(source)).toBe(text));
}

const brackets: readonly (readonly [text: string, open: number, close: number])[] = [
  ['()', 0, 1],
  ['f(a(b), c[d(0)])', 1, 15],
  ['f(a(b), c[d(0)])', 3, 5],
  ['f(a(b), c[d(0)])', 9, 14],
  ['{ { } } }', 0, 6],
];
for (const [text, open, close] of brackets) {
  test(`closes ${text} from ${open}`, () => expect(closingBracket(text, open)).toBe(close));
}

test('an open bracket is an error that shows it', () => {
  expect(() => closingBracket('fn main() { if (x) { }', 10)).toThrow(
    'wgsl: every bracket must be closed. Received an open { at "{ if (x) { }".',
  );
});

test('replaces whole words only', () => {
  expect(replaceWord('i + ii + v.i + i.x + _i + (i) + i1', 'i', '7')).toBe('7 + ii + v.i + 7.x + _i + (7) + i1');
});
