/*
 * Plan. What the page is for, on the built site with the real digits that it serves. It opens with an adapter, MNIST and
 * weights that answer at once. Train: the loss falls, maps and curves move; the learning rate is lowered on the way;
 * paused within 400 steps, the whole test set is measured, and at least 96 % of it is right. A digit drawn with the mouse is then read as that digit. A stride is
 * changed: shapes follow, the network is rebuilt, and training goes on with it; the lecture's network comes back with
 * one click. All of that under the content policy and without one error.
 */
import { expect, test } from 'playwright/test';
import { patience, Playground } from './playground.ts';

/** From here on smaller steps: RMSprop's first rate still throws the accuracy about by a percent or two. */
const coarseSteps = 250;
/** From here to `mostSteps` is time to press Pause. */
const enoughSteps = 350;
const mostSteps = 400;

test('the main job: look, train, pause, draw, rebuild, restore', async ({ page }) => {
  // Hundreds of steps on a CPU that plays a graphics card.
  test.setTimeout(40 * 60_000);
  const playground = new Playground(page);

  await test.step('the first view answers at once', async () => {
    await playground.openReady();
    await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', /default-src/);
    await expect(playground.chip('GPU')).not.toHaveText(/starting|none/);
    await expect(playground.chip('Data')).toHaveText(/MNIST\s+60,000/);
    await expect(playground.status).toContainText('Showing weights trained earlier by this app.');
    await expect(playground.answer).toHaveText('7');
    expect(await playground.certainty()).toBeGreaterThan(50);
    await expect.poll(() => playground.coloursOf(playground.maps('conv2d_1')), patience.work).toBeGreaterThan(20);
  });

  await test.step('training moves the loss, the curves and the maps', async () => {
    const mapsBefore = await playground.maps('conv2d_1').screenshot();
    await playground.button('Train').click();
    const first = await playground.lossAfter(1);
    expect(first.train).toBeGreaterThan(1);
    const validation = async (): Promise<number> => (await playground.reading('Loss'))?.validation ?? NaN;
    await expect.poll(validation, { timeout: 15 * 60_000 }).toBeLessThan(first.train);
    const train = (steps: number): Promise<void> =>
      expect.poll(() => playground.stepInEpoch(), { timeout: 25 * 60_000 }).toBeGreaterThanOrEqual(steps);
    await train(coarseSteps);
    await page.getByRole('tab', { name: 'Training' }).click();
    const rate = page.getByRole('textbox', { name: 'learning rate, typed value' });
    await rate.fill('0.0003');
    await rate.press('Enter');
    await train(enoughSteps);
    await playground.button('Pause').click();
    await expect(playground.status).toContainText('paused', patience.work);
    expect((await playground.lossAfter(enoughSteps)).train).toBeLessThan(0.5 * first.train);
    expect((await playground.maps('conv2d_1').screenshot()).equals(mapsBefore)).toBe(false);
  });

  await test.step('the pause measures the whole test set', async () => {
    const tested = async (): Promise<number> => (await playground.reading('Accuracy'))?.test ?? NaN;
    await expect.poll(tested, { timeout: 5 * 60_000 }).toBeGreaterThanOrEqual(96);
    expect(await playground.stepInEpoch()).toBeLessThanOrEqual(mostSteps);
  });

  await test.step('a digit drawn with the mouse is read', async () => {
    await playground.draw([
      [7, 6],
      [21, 6],
      [16, 14],
      [12, 24],
    ]);
    await expect(playground.answer).toHaveText('7', patience.work);
    await playground.button('Clear').click();
    await playground.draw([
      [14, 4],
      [14, 24],
    ]);
    await expect(playground.answer).toHaveText('1', patience.work);
    await expect.poll(() => playground.certainty(), patience.work).toBeGreaterThan(50);
  });

  await test.step('a changed stride rebuilds the network, and training goes on', async () => {
    const { step } = await playground.lossAfter(enoughSteps);
    await playground.slider('conv2d_3', 'stride').press('ArrowRight');
    await expect(playground.stage('conv2d_3')).toContainText('2×2×64');
    await expect(playground.stage('dense_1')).toContainText('2·2·64 = 256');
    await expect(playground.status).not.toContainText('Rebuilding', patience.work);
    await expect(playground.maps('conv2d_3')).toHaveAccessibleName(/2 by 2 cells/);
    await playground.button('Train').click();
    const { train } = await playground.lossAfter(step + 2);
    expect(Number.isFinite(train)).toBe(true);
    await playground.button('Pause').click();
    await expect(playground.status).toContainText('paused', patience.work);
  });

  await test.step('the lecture’s network comes back', async () => {
    await playground.chip('Model').click();
    await playground.button('Restore lecture network').click();
    await expect(playground.chip('Model')).toHaveText(/Lecture CNN\s+93,322/);
    await expect(playground.stage('conv2d_3')).toContainText('3×3×64');
    await expect(playground.status).not.toContainText('Rebuilding', patience.work);
    await expect(playground.maps('conv2d_3')).toHaveAccessibleName(/3 by 3 cells/);
  });

  expect(playground.complaints).toEqual([]);
});
