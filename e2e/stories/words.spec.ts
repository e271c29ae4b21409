/*
 * Plan. By keyboard alone: a stage's title opens the card of its term with the layer's numbers put in, leads on to a term
 * beside it, and gives the focus back on Escape; `?` on a slider, on a setting of the training and on the maps opens
 * theirs. By touch: one card at a time, which a tap elsewhere closes. Numbers follow the page while the card is open. The
 * list behind the header's question mark has every word, and its panel stays open around the card. axe has nothing to say
 * to an open card, light or dark.
 */
import { expect, test } from 'playwright/test';
import { checkAccess } from './access.ts';
import { patience, Playground } from './playground.ts';

test.use({ hasTouch: true });

test('every word explains itself, by keyboard and by touch', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  const card = (title: string) => page.getByRole('dialog', { name: title, exact: true });
  const cards = page.locator('term-layer').getByRole('dialog');
  await playground.openReady();

  await test.step('a layer’s title, by keyboard', async () => {
    const title = playground.stage('conv2d_2').getByRole('button', { name: 'Convolution', exact: true });
    await title.focus();
    await page.keyboard.press('Enter');
    await expect(card('Convolution')).toContainText('3·3·32·64+64 = 18,496 parameters');
    await expect(title).toHaveAttribute('aria-expanded', 'true');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await checkAccess(page, `card, ${colorScheme}`);
    }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(card('Kernel (filter)')).toContainText('3·3·32 = 288 weights a filter');
    await page.keyboard.press('Escape');
    await expect(cards).toBeHidden();
    await expect(title).toBeFocused();
    await expect(title).toHaveAttribute('aria-expanded', 'false');
  });

  await test.step('controls and maps, by the question mark', async () => {
    const stride = playground.slider('conv2d_2', 'stride');
    await stride.focus();
    await page.keyboard.press('?');
    await expect(card('Stride')).toContainText('conv2d_2: ⌊(13−3)/1⌋+1 = 11');
    await page.keyboard.press('Escape');
    await expect(stride).toBeFocused();
    await page.getByRole('tab', { name: 'Training' }).click();
    await page.getByRole('slider', { name: 'learning rate' }).focus();
    await page.keyboard.press('?');
    await expect(card('Learning rate')).toContainText('rmsprop: 0.001');
    await page.keyboard.press('Escape');
    await playground.stage('conv2d_1').getByRole('combobox', { name: 'activation' }).focus();
    await page.keyboard.press('?');
    await expect(card('ReLU')).toContainText('max(0, x)');
    await page.keyboard.press('Escape');
    await expect(cards).toBeHidden();
  });

  await test.step('one at a time, by touch', async () => {
    await playground.stage('conv2d_3').getByRole('button', { name: 'sees' }).tap();
    await expect(card('Receptive field')).toContainText('conv2d_3 sees 18×18 pixels, 41.3');
    await playground.stage('max_pooling2d_2').getByRole('button', { name: '−1 row' }).tap();
    await expect(card('Cells that no window reaches')).toContainText('rows 0–25 of 0–27');
    await expect(cards).toHaveCount(1);
    await playground.answer.tap();
    await expect(cards).toBeHidden();
  });

  await test.step('the list of all words', async () => {
    await playground.page.getByRole('button', { name: 'Keyboard shortcuts and words' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('All words, explained').focus();
    await page.keyboard.press('Enter');
    const word = page.getByRole('listitem').getByRole('button', { name: 'Softmax', exact: true });
    await word.focus();
    await page.keyboard.press('Enter');
    await expect(card('Softmax')).toContainText('p[k] = e^z[k] / Σ e^z[j]');
    await page.keyboard.press('Escape');
    await expect(word).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(word).toBeHidden();
  });

  await test.step('numbers follow the run', async () => {
    const title = page.getByRole('region', { name: 'Loss' }).getByRole('button', { name: 'Loss', exact: true });
    await title.focus();
    await page.keyboard.press('Enter');
    await expect(card('Loss (cross-entropy)')).toContainText('2.303');
    await page.keyboard.press('Escape');
    await playground.button('Step').click();
    await title.focus();
    await page.keyboard.press('Enter');
    await expect(card('Loss (cross-entropy)')).toContainText('at step 1', patience.work);
    await page.keyboard.press('Escape');
  });
  expect(playground.complaints).toEqual([]);
});
