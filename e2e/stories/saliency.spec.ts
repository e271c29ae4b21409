/*
 * Plan. By keyboard alone: the panel shows the gradient of the answer's score, its strongest pixel and its limits; a class chosen
 * with the arrow keys is another map, times the pixel another again, and the next image as well. A climb for an answer goes from
 * its first to its last step, raises the sum, and paints a picture that was grey; again, it starts from other noise; another filter
 * lets go of it. While the network trains, the map follows the weights and a climb goes on, until it is stopped. axe has nothing to
 * say to either, light and dark. Both words explain themselves with present numbers.
 */
import { expect, test } from 'playwright/test';
import type { Locator } from 'playwright/test';
import { checkAccess } from './access.ts';
import { patience, Playground } from './playground.ts';

/** `−0.13 → 5.99` as numbers. */
async function climbedFrom(found: Locator): Promise<readonly [number, number]> {
  const [, before = '', after = ''] = /([−\d.]+) → ([−\d.]+)/.exec((await found.textContent()) ?? '') ?? [];
  return [Number(before.replace('−', '-')), Number(after.replace('−', '-'))];
}

test('what the answer depends on, and what excites a filter', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  const map = page.getByRole('img', { name: /of the score of \d by each pixel: strongest at row \d+, column \d+/ });
  const picture = page.getByRole('img', { name: /^Input that excites/ });
  const climbed = page.locator('excited-input .found');
  const mapText = async (): Promise<string> => (await map.getAttribute('aria-label')) ?? '';
  await playground.openReady();
  await expect(playground.answer).not.toHaveText('–', patience.work);
  const answer = (await playground.answer.textContent()) ?? '';

  await test.step('the answer’s map', async () => {
    await page.getByRole('tab', { name: 'Explain', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Saliency' })).toBeFocused();
    await expect(map).toHaveAccessibleName(new RegExp(`^Gradient of the score of ${answer} `), patience.work);
    await expect(
      page.getByRole('img', { name: /^Colour scale of gradients: from −[\d.]+ over 0 to \+[\d.]+/ }),
    ).toBeVisible();
    expect(await playground.coloursOf(map)).toBeGreaterThan(50);
  });

  await test.step('another class, the product, another image', async () => {
    const isAnswer = page.getByRole('radio', { name: 'answer', exact: true });
    await isAnswer.focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('radio', { name: '0', exact: true })).toBeChecked();
    await expect(map).toHaveAccessibleName(/^Gradient of the score of 0 /, patience.work);
    await page.getByRole('radio', { name: 'gradient', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(map).toHaveAccessibleName(/^Gradient times input of the score of 0 /);
    const before = await mapText();
    await page.getByRole('button', { name: 'Next example' }).press('Enter');
    await expect.poll(mapText, patience.work).not.toBe(before);
  });

  await test.step('a climb for an answer', async () => {
    await page.getByRole('combobox', { name: 'layer' }).selectOption('dense_2');
    await expect(picture).toHaveAccessibleName('Input that excites unit 0 of dense_2: not climbed yet');
    const greyColours = await playground.coloursOf(picture);
    await page.getByRole('button', { name: 'Next unit' }).press('Enter');
    await playground.button('Climb').press('Enter');
    await expect(playground.button('Stop')).toBeFocused();
    await expect(climbed).toContainText('after 48 steps', patience.work);
    const [before, after] = await climbedFrom(climbed);
    expect(after).toBeGreaterThan(before + 5);
    expect(await playground.coloursOf(picture)).toBeGreaterThan(greyColours + 20);
    await expect(playground.button('Again')).toBeFocused();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await checkAccess(page, `climbed, ${colorScheme}`);
    }
  });

  await test.step('the words', async () => {
    for (const [word, numbers] of [
      ['What the 0 depends on', /z\[0\] = −?[\d.]+/],
      ['What excites unit 1', /dense_2, channel 1: −?[\d.]+ → [\d.]+ in 48 steps/],
    ] as const) {
      await page.getByRole('button', { name: word }).press('Enter');
      await expect(page.locator('term-layer').getByRole('dialog')).toContainText(numbers);
      await page.keyboard.press('Escape');
    }
  });

  await test.step('while the network trains', async () => {
    await playground.button('Train').click();
    await playground.lossAfter(2);
    const before = await mapText();
    await expect.poll(mapText, patience.work).not.toBe(before);
    await playground.button('Again').press('Enter');
    await expect(climbed).toContainText(/step [1-9]\d* of 48, start 2/, patience.work);
    await checkAccess(page, 'climbing while it trains');
    await playground.button('Stop').press('Enter');
    const [, after] = await climbedFrom(climbed);
    await playground.lossAfter(((await playground.reading('Loss'))?.step ?? 0) + 2);
    expect((await climbedFrom(climbed))[1]).toBe(after);
    await page.getByRole('combobox', { name: 'layer' }).selectOption('conv2d_1');
    await expect(picture).toHaveAccessibleName('Input that excites filter 0 of conv2d_1: not climbed yet');
    await playground.button('Pause').click();
  });
  expect(playground.complaints).toEqual([]);
});
