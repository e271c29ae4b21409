/** Plan. What is said of kept weights: nothing before a rebuild, all, none, one, several; one name in the short form, else counts. */
import { expect, test } from 'playwright/test';
import { rebuildText } from './rebuild-text.ts';

const told = (
  kept: readonly string[],
  fresh: readonly string[],
  form: 'short' | 'full' = 'short',
  builds = 2,
): string => rebuildText({ builds, kept, fresh, newsLeft: 0 }, form);

test('what was kept, in words', () => {
  expect(told(['a'], ['b'], 'short', 1)).toBe('');
  expect(told(['a', 'b'], [])).toBe('kept all weights');
  expect(told([], ['a', 'b'])).toBe('all layers begin anew');
  expect(told(['a', 'b', 'c'], ['d'])).toBe('kept 3 of 4 layers; d anew');
  expect(told(['a'], ['b', 'c', 'd', 'e'])).toBe('kept 1 of 5 layers; 4 anew');
  expect(told(['a', 'b'], ['c', 'd'], 'full')).toBe('a and b kept their weights; c and d begin anew.');
  expect(told(['a'], [], 'full')).toBe('All weights were kept.');
});
