/*
 * Plan. The kernel of the last convolution is dragged past its 5 × 5 input: the layer itself says what does not fit and
 * why, later layers are not reached, and the network that runs goes on training meanwhile. One click mends the model,
 * which is then built. Then words, signs and numbers out of range are typed into the same control: each is explained,
 * none is taken over, and the control works as before.
 */
import { expect, test } from 'playwright/test';
import { patience, Playground } from './playground.ts';

test('a kernel too large for its input is explained where it stands, and one click mends it', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  const stage = playground.stage('conv2d_3');
  const issue = stage.getByRole('alert').filter({ hasText: 'This cannot be built.' });

  const box = await playground.slider('conv2d_3', 'kernel').boundingBox();
  if (!box) throw new Error('kernel: its slider must be on the page. Received no box.');
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.95, box.y + box.height / 2, { steps: 8 });
  // Still held down: the explanation comes while dragging.
  await expect(issue).toContainText(/5/);
  await page.mouse.up();
  await expect(stage).toContainText('does not fit');
  await expect(playground.stage('dense_1')).toContainText('not reached');
  await expect(playground.chip('Model')).toHaveText(/cannot be built/);

  await expect(playground.status).not.toContainText('Rebuilding');
  const { step } = await playground.stepOnce();
  expect(step).toBe(1);
  await expect(playground.maps('conv2d_1')).toBeVisible();

  await issue.getByRole('button', { name: /^Use a/ }).click();
  await expect(issue).toHaveCount(0);
  await expect(playground.chip('Model')).not.toHaveText(/cannot be built/);
  await expect(stage).not.toContainText('does not fit');
  await expect(playground.status).not.toContainText('Rebuilding', patience.work);
  expect((await playground.stepOnce()).step).toBe(2);
});

test('nonsense typed into a number is explained and never jams it', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const playground = new Playground(page);
  await playground.open();
  const kernel = playground.slider('conv2d_1', 'kernel');
  const typed = playground.stage('conv2d_1').getByRole('textbox', { name: 'kernel, typed value' });
  const nonsense = [
    ['abc', /“abc” is not a number: 1 to 11\. Still 3\./],
    ['-2', /-2 is too small: 1 to 11\. Still 3\./],
    ['1e9', /1e9 is too large: 1 to 11\. Still 3\./],
    ['2.5', /2\.5 is not a whole number: 1 to 11\. Still 3\./],
    ['∞', /“∞” is not a number/],
  ] as const;
  for (const [text, explanation] of nonsense) {
    await typed.fill(text);
    await expect(typed).toHaveAttribute('aria-invalid', 'true');
    await expect(typed).toHaveAccessibleDescription(explanation);
    await typed.press('Enter');
    await expect(typed).toHaveValue('3');
    await expect(kernel).toHaveValue('3');
  }
  await typed.fill('');
  await typed.blur();
  await expect(typed).toHaveValue('3');

  await typed.fill('5');
  await typed.press('Enter');
  await expect(kernel).toHaveValue('5');
  await expect(playground.stage('conv2d_1')).toContainText('24×24×32');
  await kernel.press('ArrowLeft');
  await expect(typed).toHaveValue('4');
  await expect(playground.stage('conv2d_1')).toContainText('25×25×32');
  expect(playground.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
});
