/** Plan. What people type for a number, then what cannot be used and the sentence that says why, then that a written value reads back. */
import { expect, test } from 'playwright/test';
import { parseNumber, readNumber, writeNumber, type NumberRule } from './number-rule.ts';

const wholeNumbers: NumberRule = { min: 1, max: 20_000, isInteger: true };
const rates: NumberRule = { min: 1e-7, max: 10, isInteger: false };

test('numbers are read as people write them', () => {
  const meanings: readonly (readonly [string, number])[] = [
    ['32', 32],
    [' 0.001 ', 0.001],
    ['.5', 0.5],
    ['0,01', 0.01],
    ['1,5', 1.5],
    ['18,496', 18496],
    ['18 496', 18496],
    ['1e-3', 0.001],
    ['1e−3', 0.001],
    ['−2', -2],
    ['0x10', NaN],
    ['1.2.3', NaN],
    ['abc', NaN],
    ['', NaN],
  ];
  for (const [text, value] of meanings) expect(parseNumber(text), text).toBe(value);
});

test('what cannot be used is answered by a sentence', () => {
  const answers: readonly (readonly [string, NumberRule, string])[] = [
    ['', wholeNumbers, 'Nothing is not a number: 1 to 20,000.'],
    ['ten', wholeNumbers, '“ten” is not a number: 1 to 20,000.'],
    ['2.5', wholeNumbers, '2.5 is not a whole number: 1 to 20,000.'],
    ['0', wholeNumbers, '0 is too small: 1 to 20,000.'],
    ['20001', wholeNumbers, '20001 is too large: 1 to 20,000.'],
    ['11', rates, '11 is too large: 1e−7 to 10.'],
  ];
  for (const [text, rule, problem] of answers) expect(readNumber(text, rule)).toEqual({ problem });
});

test('a written value reads back as itself', () => {
  for (const value of [1, 512, 18_496])
    expect(readNumber(writeNumber(value, wholeNumbers), wholeNumbers)).toEqual({ value });
  for (const value of [1e-7, 0.001, 0.9]) expect(readNumber(writeNumber(value, rates), rates)).toEqual({ value });
});
