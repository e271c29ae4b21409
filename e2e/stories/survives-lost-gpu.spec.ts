/*
 * Plan. The browser may take the GPU away at any time. Each test has a browser of its own, since a crash marks it. The GPU process
 * is crashed in the middle of training: the page says what happened and what is lost, gets a GPU back by itself, draws the maps
 * again and goes on training, without a reload. It is crashed once more while much is held: a filter is switched off, the one
 * beside it frozen, the layer enlarged, and the page looks back at a snapshot. All that is as it was, to the last digit shown,
 * and so is the present that is come back to. A control first: the moment looked at and the present do differ.
 */
import { expect, test as base } from 'playwright/test';
import type { Page } from 'playwright/test';
import { patience, Playground } from './playground.ts';

const test = base.extend<{ playground: Playground; crash: () => Promise<void> }>({
  page: async ({ playwright, launchOptions, baseURL, viewport }, use) => {
    const browser = await playwright.chromium.launch(launchOptions);
    await use(await browser.newPage({ ...(baseURL !== undefined && { baseURL }), viewport }));
    await browser.close();
  },
  playground: async ({ page }, use) => {
    await use(new Playground(page));
  },
  crash: async ({ page }, use) => {
    await use(async () => {
      const devtools = await page.context().browser()?.newBrowserCDPSession();
      await devtools?.send('Browser.crashGpuProcess');
    });
  },
});

test('a crashed GPU comes back and training goes on', async ({ page, playground, crash }) => {
  test.setTimeout(10 * 60_000);
  await playground.openReady();
  await playground.button('Train').click();
  const { step } = await playground.lossAfter(2);

  await crash();

  const alert = page.getByRole('banner').getByRole('alert');
  await expect(alert).toContainText('gave it back', patience.work);
  await expect(alert).toContainText(/The weights are those of step \d+, .*the optimizer’s memory begins anew/);
  await playground.lossAfter(step + 3);
  const colours = async (): Promise<number> => (await playground.look(playground.maps('conv2d_1'))).colours;
  await expect.poll(colours, patience.work).toBeGreaterThan(20);
  await playground.button('Pause').click();
  await expect(playground.status).toContainText('paused', patience.work);
});

test('what was held when the GPU crashed is held when it is back', async ({ page, playground, crash }) => {
  test.setTimeout(10 * 60_000);
  const stage = playground.stage('conv2d_1');
  const panel = page.getByRole('tabpanel', { name: 'Filter' });
  const time = page.getByRole('region', { name: 'Time' });
  const words = time.getByRole('paragraph');
  const numbers = (): Promise<string[]> =>
    panel.getByRole('gridcell').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('title') ?? ''));
  const seen = async () => ({
    answer: await page.getByRole('region', { name: 'Output' }).ariaSnapshot(),
    filter: await numbers(),
    loss: (await playground.reading('Loss'))?.text,
    time: await words.textContent(),
  });
  await playground.openReady();
  await page.getByRole('tab', { name: 'Filter', exact: true }).click();
  await panel.getByRole('switch', { name: 'on', exact: true }).press('Space');
  await expect(stage.locator('.held')).toHaveCount(1, patience.work);
  await panel.getByRole('button', { name: 'Next filter', exact: true }).press('Enter');
  await panel.getByRole('switch', { name: 'frozen', exact: true }).press('Space');
  await expect(stage.locator('.held')).toHaveCount(2, patience.work);
  for (let step = 0; step < 3; step++) await playground.stepOnce();
  await playground.button('Enlarge conv2d_1').click();
  const now = await settled(page, seen);
  const moment = time.getByRole('slider', { name: 'Moment of the training' });
  await moment.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(words).toHaveText('You look at step 1, epoch 1; training stands at 3.', patience.work);
  await expect.poll(async () => (await seen()).answer, patience.work).not.toBe(now.answer);
  const then = await settled(page, seen);

  await crash();

  const alert = page.getByRole('banner').getByRole('alert');
  await expect(alert).toContainText('gave it back. Nothing was lost.', patience.work);
  await expect.poll(seen, patience.work).toEqual(then);
  await expect(playground.button('Enlarge conv2d_1')).toHaveAttribute('aria-expanded', 'true');
  const colours = async (): Promise<number> => (await playground.look(playground.maps('conv2d_1').first())).colours;
  await expect.poll(colours, patience.work).toBeGreaterThan(20);
  await expect(panel.getByRole('switch', { name: 'frozen', exact: true })).toBeChecked();
  await panel.getByRole('button', { name: 'Previous filter', exact: true }).press('Enter');
  await expect(panel.getByRole('switch', { name: 'on', exact: true })).not.toBeChecked();
  await panel.getByRole('button', { name: 'Next filter', exact: true }).press('Enter');
  await playground.button('Back to now').click();
  await expect.poll(seen, patience.work).toEqual(now);
});

/** What is seen once the network on screen has been drawn. */
async function settled<T>(page: Page, seen: () => Promise<T>): Promise<T> {
  for (let before = await seen(); ;) {
    await page.waitForTimeout(400);
    const now = await seen();
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}
