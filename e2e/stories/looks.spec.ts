/*
 * Plan. Every main state of the page, light and dark, on a desktop of 1440 × 900 and a phone of 390 × 844: axe finds
 * nothing to object to, nothing sticks out sideways, and the desktop's page does not scroll. Every look is kept as a
 * picture in test-results/looks, for people to judge what no rule can.
 */
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { join } from 'node:path';
import { checkAccess } from './access.ts';
import { patience, Playground } from './playground.ts';
import { takeGpuAway } from './without-gpu.ts';

const devices = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const;

type Device = keyof typeof devices;
type ColorScheme = 'light' | 'dark';

interface State {
  readonly name: string;
  /** Brings an opened page into the state. */
  readonly reach: (playground: Playground) => Promise<void>;
  /** Words of what the state is about, where they may stand outside the visible part of a phone's page. */
  readonly subject?: string;
  /** There are no maps to look at. */
  readonly isWithoutMaps?: boolean;
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
    name: 'performance',
    reach: async (playground) => {
      await playground.openReady();
      await playground.page.getByRole('tab', { name: 'Speed' }).click();
      await expect(playground.page.getByRole('table', { name: 'Time of a step by layer' })).toBeVisible(patience.work);
    },
  },
  {
    name: 'impossible',
    subject: 'This cannot be built.',
    reach: async (playground) => {
      await playground.openReady();
      await playground.slider('conv2d_2', 'stride').press('End');
      await expect(playground.page.getByText('This cannot be built.')).toBeVisible();
    },
  },
  {
    name: 'no-webgpu',
    subject: 'No GPU to train on',
    isWithoutMaps: true,
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

/** The maps are painted elsewhere, a moment after the page has changed its colours. */
async function wearColours(playground: Playground, colorScheme: ColorScheme, hasMaps: boolean): Promise<void> {
  // A cross-fade caught halfway has colours that nobody chose.
  await playground.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  if (!hasMaps) return;
  const isDark = async (): Promise<boolean> => (await playground.look(playground.maps('conv2d_1'))).brightness < 128;
  await expect.poll(isDark, patience.work).toBe(colorScheme === 'dark');
}

/** A phone's picture is the whole page: its screen is made as long, since a capture beyond the screen is laid out for a mouse. */
async function keepPicture(
  { page }: Playground,
  { name, subject }: State,
  device: Device,
  kind: string,
): Promise<void> {
  const path = join(test.info().project.outputDir, 'looks', `${name}-${device}-${kind}.png`);
  const { viewport } = devices[device];
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (device === 'phone') await page.setViewportSize({ ...viewport, height });
  if (subject !== undefined) await page.getByText(subject).scrollIntoViewIfNeeded();
  await page.screenshot({ path });
  if (device === 'phone') await page.setViewportSize(viewport);
}

async function checkFit(page: Page, device: Device): Promise<void> {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = await page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { scrollWidth, clientWidth, scrollHeight, clientHeight };
  });
  expect(scrollWidth, 'nothing sticks out sideways').toBeLessThanOrEqual(clientWidth);
  expect(clientWidth, 'nor makes a phone zoom out').toBe(devices[device].viewport.width);
  const cutOff = await page
    .getByRole('textbox')
    .evaluateAll((entries) =>
      entries.filter((entry) => entry.scrollWidth > entry.clientWidth).map((entry) => entry.getAttribute('aria-label')),
    );
  expect(cutOff, 'every number is shown in full').toEqual([]);
  if (device === 'desktop') expect(scrollHeight, 'one screen, no scrolling').toBeLessThanOrEqual(clientHeight);
}

for (const device of ['desktop', 'phone'] as const) {
  test.describe(device, () => {
    test.use(devices[device]);
    for (const state of states) {
      test(`${state.name} looks right on a ${device}`, async ({ page }) => {
        test.setTimeout(20 * 60_000);
        const playground = new Playground(page);
        await state.reach(playground);
        for (const colorScheme of ['light', 'dark'] as const) {
          await wearColours(playground, colorScheme, state.isWithoutMaps !== true);
          await keepPicture(playground, state, device, colorScheme);
          await checkFit(page, device);
          await checkAccess(page, colorScheme);
        }
      });
    }
  });
}
