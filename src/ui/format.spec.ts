/** Plan. One table per function: the ordinary case, zero, negatives, the roll-over to the next unit, and what is not finite. */
import { expect, test } from 'playwright/test';
import {
  formatBytes,
  formatCompactCount,
  formatCount,
  formatDecimal,
  formatDuration,
  formatLoss,
  formatPercent,
  formatSetting,
  formatShape,
  formatSigned,
  formatTimeLeft,
} from './format.ts';

type Case = readonly [actual: string, expected: string];

const tables: Readonly<Record<string, readonly Case[]>> = {
  counts: [
    [formatCount(18496), '18,496'],
    [formatCount(0), '0'],
    [formatCount(-0.2), '0'],
    [formatCount(-1234), '−1,234'],
    [formatCompactCount(9999), '9,999'],
    [formatCompactCount(93322), '93.3 k'],
    [formatCompactCount(4_812_000), '4.81 M'],
    [formatCompactCount(999_999), '1.00 M'],
  ],
  decimals: [
    [formatDecimal(-0.314), '−0.31'],
    [formatDecimal(-0.004), '0.00'],
    [formatDecimal(NaN), 'NaN'],
    [formatDecimal(-Infinity), '−∞'],
    [formatSigned(1.83, 1), '+1.8'],
    [formatSigned(-1.83, 1), '−1.8'],
    [formatSigned(0.001, 1), '0.0'],
    [formatSetting(0.001), '0.001'],
    [formatSetting(1e-7), '1e−7'],
    [formatSetting(0), '0'],
    [formatLoss(2.3026), '2.303'],
    [formatLoss(12.414), '12.41'],
    [formatLoss(123456), '1.2e5'],
    [formatLoss(Infinity), '∞'],
  ],
  percents: [
    [formatPercent(0.986), '98.6 %'],
    [formatPercent(0), '0.0 %'],
    [formatPercent(1), '100.0 %'],
    [formatPercent(0.99996), '99.9 %'],
    [formatPercent(0.99996, 2), '99.99 %'],
    [formatPercent(0.5, 0), '50 %'],
  ],
  shapes: [
    [formatShape([26, 26, 32]), '26×26×32'],
    [formatShape([64]), '64'],
  ],
  durations: [
    [formatDuration(0.42), '0.4 s'],
    [formatDuration(9.97), '10 s'],
    [formatDuration(59.7), '1 min'],
    [formatDuration(80), '1 min 20 s'],
    [formatDuration(7500), '2 h 5 min'],
    [formatDuration(3599.8), '1 h'],
    [formatTimeLeft(2), 'a few seconds left'],
    [formatTimeLeft(6), '10 s left'],
    [formatTimeLeft(82), '1 min 20 s left'],
    [formatTimeLeft(Infinity), ''],
  ],
  bytes: [
    [formatBytes(0), '0 B'],
    [formatBytes(512), '512 B'],
    [formatBytes(9_912_422), '9.91 MB'],
    [formatBytes(999_999), '1.00 MB'],
    [formatBytes(28_881), '28.9 kB'],
  ],
};

for (const [name, cases] of Object.entries(tables)) {
  test(name, () => {
    for (const [actual, expected] of cases) expect(actual.replaceAll('\u00a0', ' ')).toBe(expected);
  });
}

test('a unit never stands alone on the next line', () => {
  for (const text of [formatPercent(0.5), formatBytes(2000), formatDuration(12)]) expect(text).not.toContain(' ');
});
