/*
 * Plan. One batch, Rewind, the same batch again: same initial weights and same images, so the same loss to every digit
 * shown. Control: another seed and Rewind give another loss, and the first seed again gives the first loss again.
 */
import { expect, test } from 'playwright/test';
import { patience, Playground } from './playground.ts';

test('Rewind goes back to the same initial weights and the same first batch', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  await page.getByRole('tab', { name: 'Training' }).click();
  const seed = page.getByRole('textbox', { name: 'seed' });

  const rewindAndStep = async (): Promise<string> => {
    await playground.button('Rewind').click();
    await expect(page.getByRole('slider', { name: 'Loss at a step' })).toHaveCount(0, patience.work);
    return (await playground.stepOnce()).text;
  };
  const sow = async (value: string): Promise<void> => {
    await seed.fill(value);
    await seed.press('Enter');
    await expect(playground.status).not.toContainText('Rebuilding', patience.work);
  };

  const first = (await playground.stepOnce()).text;
  expect(first).toMatch(/step 1: train \d\.\d{3}$/);
  const second = (await playground.stepOnce()).text;
  expect(second).not.toBe(first);
  expect(await rewindAndStep()).toBe(first);

  await sow('2');
  const other = await rewindAndStep();
  expect(other).toMatch(/step 1: train \d\.\d{3}$/);
  expect(other).not.toBe(first);

  await sow('1');
  expect(await rewindAndStep()).toBe(first);
});
