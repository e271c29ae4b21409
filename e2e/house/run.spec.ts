/**
 * The plan: what a run of the specs starts and says. The servers a command line needs are a pure function of it: a run of
 * pure specs must start none (they must work before anything is built), and in doubt all are started. The last line has
 * one form, which other programs read.
 */
import { expect, test } from 'playwright/test';
import { formatTotals } from '../support/plain-reporter.ts';
import { serversFor } from '../support/servers.ts';

const commandLines: readonly (readonly [words: string, servers: readonly string[]])[] = [
  ['test', ['dev', 'site']],
  ['test --grep conv2d', ['dev', 'site']],
  ['test src/engine/shape/window.spec.ts', []],
  ['test src e2e/house', []],
  ['test ./e2e/house/import-rule.spec.ts', []],
  ['test e2e/engine/layers.spec.ts', ['dev']],
  ['test e2e/firefox/layers.spec.ts', ['dev']],
  ['test e2e/stories', ['site']],
  ['test src e2e/engine', ['dev']],
  ['test --project pure', []],
  ['test --project firefox', ['dev']],
  ['test --project=engine --project stories', ['dev', 'site']],
  ['test --project stories src', ['site']],
];

for (const [words, servers] of commandLines) {
  test(`playwright ${words} starts ${servers.join(' and ') || 'no server'}`, () => {
    expect(serversFor(words.split(' ')).map(({ name }) => name)).toEqual(servers);
  });
}

test('the totals are one plain line', () => {
  expect(formatTotals(12, 0, 0)).toBe('12 passed, 0 failed');
  expect(formatTotals(3, 2, 1)).toBe('3 passed, 2 failed, 1 skipped');
});
