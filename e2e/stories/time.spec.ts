/*
 * Plan. One visit, by keyboard but for the seed. In slow motion a step a second is one: four steps take three seconds. The
 * person paused at step 4, saw the maps, the answer and the curve, and trained on for three. Looking back to step 4 shows
 * the same picture, the same certainty and the same figures again, aloud too, and says where one is; the initial weights are
 * there too, and Escape comes back to the very picture of now. Going on from step 4 makes the same losses again, bit for
 * bit, as training did from there. Nothing for axe to object to while looking back. Another seed rebuilds the network:
 * its snapshots go, and the page says so.
 * The kernels go their default ways: faster ones round differently.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { patience, Playground } from './playground.ts';

/** Steps made after the moment that is looked back at. */
const further = 3;

/** Losses of all steps in full precision, as the chart has them. */
function lossesOf(page: Page): Promise<number[]> {
  return page
    .locator('metric-chart')
    .first()
    .evaluate((chart) => ('train' in chart ? (chart.train as { value: number }[]).map(({ value }) => value) : []));
}

test('back through a run and on from there, slowly, by keyboard', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  await page.addInitScript(() => localStorage.setItem('receptive.tuning', 'off'));
  const playground = new Playground(page);
  await playground.openReady();
  const time = page.getByRole('region', { name: 'Time' });
  const moment = time.getByRole('slider', { name: 'Moment of the training' });
  const words = time.getByRole('paragraph');
  const maps = playground.maps('conv2d_1');
  const seen = async () => ({
    maps: (await maps.screenshot()).toString('base64'),
    certainty: await playground.certainty(),
    loss: (await playground.reading('Loss'))?.text,
    accuracy: (await playground.reading('Accuracy'))?.text,
  });
  const settled = async () => {
    // Two frames are the same once the last step has been drawn.
    for (let before = await seen(); ;) {
      await page.waitForTimeout(400);
      const now = await seen();
      if (now.maps === before.maps && now.certainty === before.certainty) return now;
      before = now;
    }
  };
  await expect(moment).toHaveAttribute('aria-disabled', 'true');
  await expect(words).toHaveText('Snapshots are kept as training goes, to look back at.');

  // Slow motion, and a pause at step 4.
  await time.getByRole('radio', { name: 'full' }).focus();
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
  await expect(time.getByRole('radio', { name: '1/s' })).toBeChecked();
  await playground.button('Train').press('Enter');
  await playground.lossAfter(1);
  const startMs = Date.now();
  await playground.lossAfter(4);
  // Three steps, less the second that the first may have been noticed late.
  expect(Date.now() - startMs).toBeGreaterThan(1900);
  await playground.button('Pause').press('Enter');
  // A step under way when Pause was pressed is still made.
  const then = await settled();
  const paused = (await playground.reading('Loss'))?.step ?? 0;
  while (((await playground.reading('Loss'))?.step ?? 0) < paused + further) await playground.stepOnce();
  const now = await settled();
  expect(now.maps).not.toBe(then.maps);
  const losses = await lossesOf(page);

  // Back to it, to the beginning, and to now.
  await moment.focus();
  for (let press = 0; press < further; press++) await page.keyboard.press('ArrowLeft');
  await expect(words).toHaveText(`You look at step ${paused}, epoch 1; training stands at ${paused + further}.`);
  await expect(moment).toHaveAttribute('aria-valuetext', new RegExp(`^step ${paused}, epoch 1, loss \\d\\.\\d{3}$`));
  await expect.poll(seen, patience.work).toEqual(then);
  expect(
    (await new AxeBuilder({ page }).include({ fromShadowDom: ['receptive-app', 'time-strip'] }).analyze()).violations,
  ).toEqual([]);
  await page.keyboard.press('Home');
  await expect(words).toHaveText(`You look at the initial weights; training stands at ${paused + further}.`);
  await page.keyboard.press('Escape');
  await expect(words).toContainText(/^\d+ snapshots · /);
  await expect.poll(seen, patience.work).toEqual(now);

  // On from there, at full speed: the same way.
  await time.getByRole('radio', { name: '1/s' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(time.getByRole('radio', { name: 'full' })).toBeChecked();
  await moment.focus();
  for (let press = 0; press < further; press++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Tab');
  await expect(playground.button('Back to now')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(moment).toBeFocused();
  await playground.lossAfter(paused + further);
  await playground.button('Pause').press('Enter');
  expect((await lossesOf(page)).slice(0, paused + further)).toEqual(losses);

  // Another network has no such past.
  await expect.poll(() => words.textContent(), patience.work).toMatch(/^\d+ snapshots/);
  await page.getByRole('tab', { name: 'Training' }).click();
  const seed = page.getByRole('textbox', { name: 'seed' });
  await seed.fill('2');
  await seed.press('Enter');
  await expect(words).toHaveText('The network was rebuilt: the snapshots of the one before are gone.', patience.work);
  await expect(moment).toHaveAttribute('aria-disabled', 'true');
  expect(playground.complaints).toEqual([]);
});
