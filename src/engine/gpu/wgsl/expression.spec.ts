/*
 * Plan. A table of constant expressions with their values, precedence and truncation as in WGSL; a table of texts that are no
 * constant expressions, all undefined. Then seeded random expressions, written with every bracket, against JavaScript's own
 * arithmetic, and the same without brackets where precedence must find them.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../../e2e/support/seeded-draws.ts';
import { evaluateConstant, type ConstantValue } from './expression.ts';

const names = new Map<string, ConstantValue>([
  ['tile', 4],
  ['width', 14],
  ['isPadded', true],
  ['none', 0],
]);

const values: readonly (readonly [text: string, value: ConstantValue])[] = [
  ['7', 7],
  [' 64u ', 64],
  ['3i + 1', 4],
  ['2 + 3 * 4', 14],
  ['(2 + 3) * 4', 20],
  ['20 - 5 - 3', 12],
  ['20 / 5 / 2', 2],
  ['7 / 2', 3],
  ['-7 / 2', -3],
  ['-7 % 3', -1],
  ['7 % 3 * 2', 2],
  ['2 - -3', 5],
  ['-(2 + 1)', -3],
  ['width / tile * tile', 12],
  ['(width + tile - 1) / tile', 4],
  ['width % tile == 2', true],
  ['1 + 1 < 3 && 2 * 2 >= 4', true],
  ['true || false && false', true],
  ['!isPadded || none != 0', false],
  ['!(tile > 4)', true],
  ['tile <= 3', false],
  ['isPadded == true', true],
];
for (const [text, value] of values) {
  test(`${text.trim()} is ${value}`, () => expect(evaluateConstant(text, names)).toBe(value));
}

const others = ['', '  ', 'x', 'tile +', '+ tile', '(tile', 'tile)', '2 3', '1.5', '0x10', '1e3', 'f32(tile)', 'a[0]'];
const illTyped = ['true + 1', '-true', 'true < 2', 'tile & 1', 'view.tile', 'tile ? 1 : 2', '1 = 1'];
for (const text of [...others, ...illTyped]) {
  test(`"${text}" is no constant expression`, () => expect(evaluateConstant(text, names)).toBeUndefined());
}

test('a division by zero is no constant', () => {
  for (const text of ['1 / none', '7 % none', '0 / 0']) expect(evaluateConstant(text, names), text).toBeUndefined();
});

test('random expressions have the values that JavaScript gives them', () => {
  const { below, pick } = seededDraws(5);
  // Returns the text with all brackets, the text with only those that precedence does not imply, and the value.
  const draw = (depth: number): { full: string; bare: string; level: number; value: number } => {
    if (depth === 0) {
      const value = below(20);
      return { full: String(value), bare: String(value), level: 3, value };
    }
    const [left, right] = [draw(depth - 1), draw(below(depth))];
    const operator = pick(['+', '-', '*']);
    const level = operator === '*' ? 2 : 1;
    const value =
      operator === '+'
        ? left.value + right.value
        : operator === '-'
          ? left.value - right.value
          : left.value * right.value;
    const bracket = (side: typeof left, needs: boolean): string => (needs ? `(${side.bare})` : side.bare);
    const bare = `${bracket(left, left.level < level)} ${operator} ${bracket(right, right.level <= level)}`;
    return { full: `(${left.full} ${operator} ${right.full})`, bare, level, value };
  };
  for (let round = 0; round < 300; round++) {
    const { full, bare, value } = draw(4);
    expect(evaluateConstant(full, names), full).toBe(value);
    expect(evaluateConstant(bare, names), bare).toBe(value);
  }
});
