/*
 * Plan. The dock's Speed panel says, by keyboard alone, which kernels can be computed in other ways. A small network trains, and
 * its kernels are measured while the loss goes on. Switched off, the panel says so, and still does after a reload; switched on
 * again, what was measured is there, in the browser's own store; forgotten, it begins anew.
 */
import { expect, test } from 'playwright/test';
import { patience, Playground } from './playground.ts';

test('kernels are tuned while training, remembered, switched off and forgotten', async ({ page }) => {
  test.setTimeout(20 * 60_000);
  const playground = new Playground(page);
  const panel = page.getByRole('tabpanel', { name: 'Speed' });
  const summary = panel.locator('summary');
  const background = panel.getByRole('checkbox', { name: 'Tune in the background' });

  const open = async (): Promise<void> => {
    await playground.openReady();
    // Few filters are soon measured.
    for (const layer of ['conv2d_1', 'conv2d_2', 'conv2d_3']) await playground.slider(layer, 'filters').press('Home');
    await expect(playground.maps('conv2d_3')).toHaveAccessibleName(/^1 feature map/, patience.work);
    await page.getByRole('tab', { selected: true }).focus();
    await page.keyboard.press('End');
    await summary.focus();
    await page.keyboard.press('Enter');
    await expect(background).toBeVisible();
  };

  await open();
  await expect(background).toBeChecked();
  await expect(summary).toContainText('begins with training');
  await expect(panel.getByRole('row', { name: /conv2d_2 forward/ })).toContainText('waiting');
  await playground.button('Train').click();
  const { step } = await playground.lossAfter(2);
  await expect(summary).toContainText(/kernels? measured, \d+\.\d\d× as fast/, { timeout: 10 * 60_000 });
  await playground.lossAfter(step + 1);
  await background.focus();
  await page.keyboard.press('Space');
  await expect(summary).toContainText('off');

  await open();
  await expect(background).not.toBeChecked();
  await expect(summary).toContainText('off');
  await background.focus();
  await page.keyboard.press('Space');
  await expect(summary).toContainText(/kernels? measured/);
  await panel.getByRole('button', { name: 'Forget' }).focus();
  await page.keyboard.press('Enter');
  await expect(summary).toContainText('begins with training');
  expect(playground.complaints).toEqual([]);
});
