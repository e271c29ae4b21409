/**
 * Plan: the ways that the tuner may choose are right on a second GPU stack too, Firefox's naga on its own driver: the networks
 * of ways.spec.ts, each way in turn, by the same references.
 */
import { expect, test } from 'playwright/test';
import { waysCases } from '../engine/ways-cases.ts';
import type { FirefoxPage } from '../support/firefox.ts';
import { openFirefoxPage } from './open-firefox-page.ts';

let firefox: FirefoxPage;

test.beforeAll(async () => {
  firefox = await openFirefoxPage();
});

test.afterAll(() => firefox.close());

for (const machine of ['software', 'hardware'] as const) {
  for (const { title, config } of waysCases) {
    test(`every way as on ${machine}: ${title}`, async () => {
      test.setTimeout(300_000);
      const { ways, failures } = await firefox.page.evaluate(([kind, model]) => proof.checkWays(kind, model), [
        machine,
        config,
      ] as const);
      expect(failures).toEqual([]);
      expect(ways.some((way) => way.startsWith('matrix'))).toBe(machine === 'hardware');
    });
  }
}
