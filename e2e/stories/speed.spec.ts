/*
 * Plan. With a small network: the Speed panel, opened by keyboard, measures a step by itself and shows its time by layer and by
 * kind of work, in a table whose shares make a whole; operations a second beside what the device reached; memory. While the
 * network trains there are images a second, milliseconds a step, their line over time, dispatches and submits. A rebuilt
 * network is measured anew, with its own layers; “Measure again” measures. The GPU chip leads here. axe has nothing to say.
 */
import { expect, test } from 'playwright/test';
import { checkAccess } from './access.ts';
import { patience, Playground } from './playground.ts';

test('the speed panel says where the time goes', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  const panel = page.getByRole('tabpanel', { name: 'Speed' });
  const table = panel.getByRole('table', { name: 'Time of a step by layer' });
  const figure = async (name: string): Promise<string> =>
    (await panel.locator('.figure').filter({ hasText: name }).textContent())?.replace(/\s+/g, ' ') ?? '';
  await playground.openReady();

  await test.step('a step is measured when the panel is opened', async () => {
    await page.getByRole('tab', { selected: true }).focus();
    await page.keyboard.press('End');
    await expect(table.getByRole('row', { name: /^conv2d_2/ })).toBeVisible(patience.work);
    await expect(table.getByRole('row', { name: /^optimizer/ })).toBeVisible();
    const shares = await table.getByRole('cell', { name: /^\d+\s%$/ }).allTextContents();
    const sum = shares.reduce((total, share) => total + Number.parseInt(share, 10), 0);
    expect(Math.abs(sum - 100)).toBeLessThanOrEqual(shares.length / 2);
    await expect(table).toContainText(/forward \d[\d.,]* ms, gradients of inputs \d[\d.,]* ms, gradients of weights/);
    await expect.poll(() => figure('GFLOP/s'), patience.work).toMatch(/GFLOP\/s [\d.,]+ \d+\s% of [\d.,]+/);
    expect(await figure('GPU memory')).toMatch(/[\d.]+\s[kMG]B \d+ buffers/);
    await expect(panel).toContainText(/Dispatches\s+\d+\s+a\s+step/);
    await checkAccess(page, 'speed');
  });

  await test.step('a rebuilt network is measured anew', async () => {
    for (const layer of ['conv2d_1', 'conv2d_2', 'conv2d_3']) await playground.slider(layer, 'filters').press('Home');
    await expect(playground.maps('conv2d_3')).toHaveAccessibleName(/^1 feature map/, patience.work);
    await expect(table.getByRole('row', { name: /^conv2d_2/ })).toBeVisible(patience.work);
  });

  await test.step('figures and their line follow the run', async () => {
    await playground.button('Train').click();
    await expect.poll(() => figure('images/s'), patience.work).toMatch(/images\/s [\d,]+ /);
    await expect.poll(() => figure('ms/step'), patience.work).toMatch(/ms\/step [\d.,]+ /);
    await expect(panel.getByRole('img', { name: /^ms per step/ })).toBeVisible(patience.work);
    await expect(panel).toContainText(/submits\s+[\d.]+ a step \([\d.,]+ steps at once\)/, patience.work);
    const again = panel.getByRole('button', { name: 'Measure again' });
    await again.focus();
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('button', { name: 'Measuring…' })).toBeVisible();
    await expect(again).toBeEnabled(patience.work);
    await playground.button('Pause').click();
  });

  await test.step('the GPU chip leads to it', async () => {
    await page.getByRole('tab', { name: 'Training' }).click();
    await expect(table).toBeHidden();
    await playground.chip('GPU').click();
    await playground.panel('GPU').getByRole('button', { name: 'Speed in detail' }).click();
    await expect(table).toBeVisible(patience.work);
    await expect(playground.dialog('GPU')).toBeHidden();
  });
  expect(playground.complaints).toEqual([]);
});
