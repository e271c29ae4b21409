/*
 * Plan. A browser without WebGPU, and one with WebGPU but no adapter. Each gets a page that says so, why, and what to do,
 * in place of the maps. The sliders still change shapes and arithmetic, an impossible model is still explained; nothing
 * offers to train, and nothing throws.
 */
import { expect, test } from 'playwright/test';
import { Playground } from './playground.ts';
import { takeGpuAway } from './without-gpu.ts';

const lacks = [
  { lack: 'missing', reason: /must support WebGPU/ },
  { lack: 'refused', reason: /adapter/ },
] as const;

for (const { lack, reason } of lacks) {
  test(`with WebGPU ${lack}, the page says so and still computes shapes`, async ({ page }) => {
    await takeGpuAway(page, lack);
    const playground = new Playground(page);
    await playground.open();

    const notice = page.getByRole('alert', { name: 'No GPU to train on' });
    await expect(notice).toBeVisible({ timeout: 60_000 });
    await expect(notice).toContainText(reason);
    await expect(notice).toContainText(/Without it there are no maps and no\s+training/);
    await expect(notice).toContainText('Switch on “Use graphics acceleration when available”');
    await expect(notice.getByRole('button', { name: 'Try again' })).toBeEnabled();
    await expect(playground.status).toContainText('No GPU');
    await expect(playground.chip('GPU')).toHaveText(/none/);
    for (const name of ['Rewind', 'Step', 'Train']) await expect(playground.button(name)).toBeDisabled();

    await playground.slider('conv2d_1', 'filters').press('ArrowLeft');
    await expect(playground.stage('conv2d_1')).toContainText('26×26×31');
    await expect(playground.stage('conv2d_1')).toContainText('3·3·1·31+31 = 310');
    await expect(playground.stage('conv2d_2')).toContainText('3·3·31·64+64');
    await playground.slider('conv2d_3', 'kernel').press('End');
    await expect(playground.stage('conv2d_3').getByRole('alert').first()).toContainText('This cannot be built.');
    await playground.slider('conv2d_3', 'kernel').press('Home');
    await expect(playground.stage('conv2d_3')).toContainText('5×5×64');
    // Keys that train where there is a GPU must not break anything where there is none.
    await page.getByRole('heading', { name: 'Receptive' }).click();
    for (const key of ['Space', 's', 'r', 'n', 'f']) await page.keyboard.press(key);
    await expect(playground.status).toContainText('No GPU');
    expect(playground.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
  });
}
