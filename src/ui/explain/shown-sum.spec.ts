/*
 * Plan: whatever is listed, what is written adds up: the listed parts, the others and the bias make the total, the sum and the
 * bias make it too; behind ReLU and linear the total and the value are written alike even where 32 bits have moved the value
 * over a rounding edge. A control shows that naive rounding would fail on the same numbers.
 */
import { expect, test } from 'playwright/test';
import { activate } from '../../app/explain/activation-formula.ts';
import type { SumToValue } from '../../app/explain/explanation.ts';
import type { ActivationName } from '../../engine/model/config.ts';
import { showSum } from './shown-sum.ts';

/** Numbers in −1…1, the same at every run. */
const draw = (index: number): number => ((index * 2654435761) % 2 ** 32) / 2 ** 31 - 1;

function made(
  parts: readonly number[],
  bias: number | undefined,
  name: ActivationName,
): SumToValue & { value: number } {
  const sum = parts.reduce((all, part) => all + part, 0);
  const total = sum + (bias ?? 0);
  const activation = { name, negativeSlope: 0.2 };
  const activated = activate(activation, total);
  return { sum, bias, total, activation, activated, softmax: undefined, value: Math.fround(activated) };
}

const add = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

for (const name of ['relu', 'linear', 'tanh'] as const) {
  test(`${name}: everything that is written adds up`, () => {
    let naive = 0;
    for (let start = 1; start < 3000; start += 12) {
      const parts = Array.from({ length: 12 }, (_, index) => draw(start + index) * 0.4);
      const explanation = made(parts, start % 3 === 0 ? undefined : draw(start * 7) * 0.1, name);
      const listed = parts.slice(0, 3);
      const shown = showSum(explanation, listed, true);
      const { decimals, bias = 0, others = 0, total, sum } = shown;
      expect((add(shown.listed) + others + bias).toFixed(decimals)).toBe(total.toFixed(decimals));
      expect((sum + bias).toFixed(decimals)).toBe(total.toFixed(decimals));
      if (name !== 'tanh' && explanation.total > 0) expect(shown.value).toBe(total);
      expect(Math.abs(shown.value - explanation.value)).toBeLessThanOrEqual(0.5001 * 10 ** -decimals);
      const rounded = [...listed, explanation.sum - add(listed), explanation.bias ?? 0];
      const naiveSum = add(rounded.map((part) => Number(part.toFixed(decimals))));
      if (naiveSum.toFixed(decimals) !== total.toFixed(decimals)) naive += 1;
    }
    expect(naive).toBeGreaterThan(20);
  });
}

test('total and value are written alike when 32 bits moved the value over an edge', () => {
  const explanation = { ...made([0.1], 0.0234999, 'relu'), value: 0.1235001 };
  const shown = showSum(explanation, [0.1], false);
  expect(shown.value).toBe(shown.total);
  expect((shown.sum + (shown.bias ?? 0)).toFixed(shown.decimals)).toBe(shown.value.toFixed(shown.decimals));
});

test('behind a ReLU that shuts, the total is the sum’s own', () => {
  const shown = showSum(made([-0.25, -0.125], 0.0625, 'relu'), [-0.25, -0.125], false);
  expect(shown.total).toBe(-0.312);
  expect(shown.value).toBe(0);
});
