/*
 * Plan. One visit on a desktop of 1440 × 900 and one on a phone of 390 × 844 go through every main state: first view, a cell
 * explained, every panel, a layer enlarged, each chip's panel, a refused file, a model that cannot be built, a word's card, training;
 * another one each has no GPU. In each, light and dark, axe has nothing to say (of the dark, about colours), nothing sticks out
 * or is cut off, and the desktop's page does not scroll. The maps change their colours too. A picture of each look is kept in
 * test-results/screens, for people to judge what no rule can.
 */
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { join } from 'node:path';
import { checkAccess, checkContrast, checkWidth } from './access.ts';
import { patience, Playground } from './playground.ts';
import { takeGpuAway } from './without-gpu.ts';

const devices = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const;

type Device = keyof typeof devices;

interface Screen {
  readonly name: string;
  /** A phone's picture is of the whole page, and not of what is seen of it. */
  readonly isWhole?: boolean;
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
    isWhole: true,
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
  {
    name: 'data',
    reach: async (playground) => {
      await playground.chip('Data').click();
      const files = playground.panel('Data').getByLabel(/Drop MNIST files here/);
      await files.setInputFiles([{ name: 'holiday.gz', mimeType: '', buffer: Buffer.from('no gzip file') }]);
      await expect(playground.panel('Data')).toContainText('Refused');
    },
    leave: escape,
  },
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
    name: 'impossible',
    reach: async (playground) => {
      const problem = playground.page.getByText('This cannot be built.');
      await playground.slider('conv2d_2', 'stride').press('End');
      await expect(problem).toBeVisible();
      await problem.scrollIntoViewIfNeeded();
    },
    leave: (playground) => playground.slider('conv2d_2', 'stride').press('Home'),
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
  {
    name: 'saliency',
    reach: async ({ page }) => {
      await page.getByRole('tab', { name: 'Saliency', exact: true }).click();
      await page.getByRole('button', { name: 'Climb', exact: true }).click();
      await expect(page.getByText(/^after \d+ steps/)).toBeVisible(patience.work);
    },
  },
  panel('mistakes', 'Mistakes'),
];

const withoutGpu: Screen = {
  name: 'no-webgpu',
  reach: async (playground) => {
    await takeGpuAway(playground.page, 'missing');
    await playground.open();
    const notice = playground.page.getByText('No GPU to train on');
    await expect(notice).toBeVisible({ timeout: 60_000 });
    await notice.scrollIntoViewIfNeeded();
  },
};

/** The maps are painted elsewhere, a moment after the page has changed its colours. */
async function checkMapColours(playground: Playground, colorScheme: 'light' | 'dark'): Promise<void> {
  const isDark = async (): Promise<boolean> => (await playground.look(playground.maps('conv2d_1'))).brightness < 128;
  await expect.poll(isDark, patience.work).toBe(colorScheme === 'dark');
}

/** A capture beyond the screen would be laid out for a mouse: the screen is made as long. */
async function keepPicture(page: Page, { name, isWhole }: Screen, device: Device, kind: string): Promise<void> {
  const path = join(test.info().project.outputDir, 'screens', `${name}-${device}-${kind}.png`);
  const { viewport } = devices[device];
  const isLong = isWhole === true && device === 'phone';
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (isLong) await page.setViewportSize({ ...viewport, height });
  await page.screenshot({ path });
  if (isLong) await page.setViewportSize(viewport);
}

async function checkScreen(playground: Playground, screen: Screen, device: Device): Promise<void> {
  const { page } = playground;
  const { name } = screen;
  await screen.reach(playground);
  await checkWidth(page, name);
  const { scrollHeight, clientHeight, clientWidth } = await page.evaluate(() => {
    const { scrollHeight, clientHeight, clientWidth } = document.documentElement;
    return { scrollHeight, clientHeight, clientWidth };
  });
  expect(clientWidth, 'nothing makes a phone zoom out').toBe(devices[device].viewport.width);
  if (device === 'desktop') expect(scrollHeight, 'one screen, no scrolling').toBeLessThanOrEqual(clientHeight);
  for (const colorScheme of ['light', 'dark'] as const) {
    // A cross-fade caught halfway has colours that nobody chose.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    if (name === 'first-view') await checkMapColours(playground, colorScheme);
    await page.waitForTimeout(300);
    await keepPicture(page, screen, device, colorScheme);
    if (colorScheme === 'dark') await checkContrast(page, `${name}, dark`);
    else await checkAccess(page, name, name === 'first-view' ? ['target-size'] : []);
  }
  await screen.leave?.(playground);
}

for (const device of ['desktop', 'phone'] as const) {
  test.describe(device, () => {
    test.use(devices[device]);
    test(`every screen on a ${device}`, async ({ page }) => {
      test.setTimeout(20 * 60_000);
      const playground = new Playground(page);
      for (const screen of screens) await test.step(screen.name, () => checkScreen(playground, screen, device));
      expect(playground.complaints).toEqual([]);
    });
    test(`no GPU on a ${device}`, async ({ page }) => {
      await checkScreen(new Playground(page), withoutGpu, device);
    });
  });
}
