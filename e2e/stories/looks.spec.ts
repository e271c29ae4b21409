/*
 * Plan. Every main state of the page, light and dark, on a desktop of 1440 × 900 and a phone of 390 × 844: axe finds
 * nothing to object to, nothing sticks out sideways, and the desktop's page does not scroll. Every look is kept as a
 * picture in test-results/looks, for people to judge what no rule can.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { join } from 'node:path';
import { patience, Playground } from './playground.ts';
import { takeGpuAway } from './without-gpu.ts';

const pictures = join(import.meta.dirname, '../../test-results/looks');

const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

interface State {
  readonly name: string;
  /** Brings an opened page into the state. */
  readonly reach: (playground: Playground) => Promise<void>;
}

const states: readonly State[] = [
  {
    name: 'first-view',
    reach: async (playground) => {
      await playground.openReady();
      await expect(playground.answer).not.toHaveText('–', patience.work);
    },
  },
  {
    name: 'data-panel',
    reach: async (playground) => {
      await playground.openReady();
      await playground.chip('Data').click();
      const files = playground.panel('Data').getByLabel(/Drop MNIST files here/);
      await files.setInputFiles([{ name: 'holiday.gz', mimeType: '', buffer: Buffer.from('no gzip file') }]);
      await expect(playground.panel('Data')).toContainText('Refused');
    },
  },
  {
    name: 'impossible',
    reach: async (playground) => {
      await playground.openReady();
      await playground.slider('conv2d_2', 'stride').press('End');
      await expect(playground.page.getByText('This cannot be built.')).toBeVisible();
    },
  },
  {
    name: 'no-webgpu',
    reach: async (playground) => {
      await takeGpuAway(playground.page, 'missing');
      await playground.open();
      await expect(playground.page.getByText('No GPU to train on')).toBeVisible({ timeout: 60_000 });
    },
  },
  {
    name: 'training',
    reach: async (playground) => {
      await playground.openReady();
      await playground.button('Train').click();
      await playground.lossAfter(4);
    },
  },
];

async function checkFit(page: Page, size: keyof typeof sizes): Promise<void> {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = await page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { scrollWidth, clientWidth, scrollHeight, clientHeight };
  });
  expect(scrollWidth, 'no part of the page sticks out sideways').toBeLessThanOrEqual(clientWidth);
  if (size === 'desktop') expect(scrollHeight, 'one screen, no scrolling').toBeLessThanOrEqual(clientHeight);
}

async function checkAccess(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ target, failureSummary }) => `${target.flat().join(' ')}: ${failureSummary}`),
  }));
  expect(found).toEqual([]);
}

for (const { name, reach } of states) {
  test(`${name} looks right`, async ({ page }) => {
    test.setTimeout(20 * 60_000);
    // A cross-fade caught halfway has colours that nobody chose.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const playground = new Playground(page);
    await reach(playground);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const size of ['desktop', 'phone'] as const) {
        await page.setViewportSize(sizes[size]);
        await page.screenshot({ path: join(pictures, `${name}-${size}-${colorScheme}.png`), timeout: 120_000 });
        await checkFit(page, size);
        await checkAccess(page);
      }
    }
  });
}
