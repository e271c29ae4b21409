/*
 * Plan. One visit on a desktop of 1440 × 900 and one on a phone of 390 × 844 go through every main state: first view, a cell
 * explained, every panel, a layer enlarged, each chip's panel, a word's card, training. In each, light and dark, axe has
 * nothing to say, and a picture is kept in test-results/screens, for people to judge what no rule can.
 */
import { expect, test } from 'playwright/test';
import { join } from 'node:path';
import { checkAccess, checkWidth } from './access.ts';
import { patience, Playground } from './playground.ts';

const devices = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const;

interface Screen {
  readonly name: string;
  readonly reach: (playground: Playground) => Promise<void>;
  /** Takes back what the next screen does not want. */
  readonly leave?: (playground: Playground) => Promise<void>;
}

const escape = ({ page }: Playground): Promise<void> => page.keyboard.press('Escape');

function panel(name: string, label: string): Screen {
  return {
    name,
    reach: async ({ page }) => {
      await page.getByRole('tab', { name: label, exact: true }).click();
      await page.waitForTimeout(500);
    },
  };
}

function chip(name: string, label: string): Screen {
  return { name, reach: (playground) => playground.chip(label).click(), leave: escape };
}

const screens: readonly Screen[] = [
  {
    name: 'first-view',
    reach: async (playground) => {
      await playground.openReady();
      await expect(playground.answer).not.toHaveText('–', patience.work);
    },
  },
  {
    name: 'word',
    reach: ({ page }) => page.getByRole('button', { name: 'Convolution', exact: true }).first().click(),
    leave: escape,
  },
  chip('data', 'Data'),
  chip('model', 'Model'),
  chip('gpu', 'GPU'),
  {
    name: 'explain',
    reach: async (playground) => {
      await playground.page.getByRole('tab', { name: 'Explain', exact: true }).click();
      const maps = playground.stage('conv2d_2').getByRole('group', { name: /^Maps of/ });
      await maps.click({ position: { x: 30, y: 30 } });
      await playground.page.waitForTimeout(1000);
    },
  },
  panel('filter', 'Filter'),
  {
    name: 'enlarged',
    reach: async (playground) => {
      await playground.page.getByRole('button', { name: 'Enlarge conv2d_1' }).click();
      await playground.page.waitForTimeout(800);
    },
    leave: (playground) => playground.page.getByRole('button', { name: 'Enlarge conv2d_1' }).click(),
  },
  {
    name: 'training',
    reach: async (playground) => {
      await playground.page.getByRole('tab', { name: 'Training', exact: true }).click();
      await playground.button('Train').click();
      await playground.lossAfter(3);
    },
  },
  panel('speed', 'Speed'),
  {
    name: 'paused',
    reach: (playground) => playground.button('Pause').click(),
  },
  panel('mistakes', 'Mistakes'),
];

for (const device of ['desktop', 'phone'] as const) {
  test.describe(device, () => {
    test.use(devices[device]);
    test(`every screen on a ${device}`, async ({ page }) => {
      test.setTimeout(20 * 60_000);
      const playground = new Playground(page);
      for (const { name, reach, leave } of screens) {
        await test.step(name, async () => {
          await reach(playground);
          await checkWidth(page, name);
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            await page.waitForTimeout(300);
            const path = join(test.info().project.outputDir, 'screens', `${name}-${device}-${colorScheme}.png`);
            await page.screenshot({ path });
            await checkAccess(page, `${name}, ${colorScheme}`);
          }
          await leave?.(playground);
        });
      }
      expect(playground.complaints).toEqual([]);
    });
  });
}
