/*
 * Plan. A cell of the last convolution under the mouse: its field in words, 18×18 = 324 pixels, 41.3 %, the rows and columns that
 * no cell sees, and light on the maps before it; a click keeps it, a second lets go. Asked for the effective field, the page
 * works out the gradient. With pooling turned off by its sliders the same layer sees 7×7 = 49 pixels, 6.25 %. A bar of the output
 * and a pixel of the input can be chosen too. Then the same by keyboard alone from the top of the page, and by touch, where a
 * finger that moves scrolls. axe has nothing to object to while a cell is in hand.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import type { Locator, Page } from 'playwright/test';
import { patience, Playground } from './playground.ts';

/** More stops than the whole page has. */
const mostStops = 120;

const cellsOf = (page: Page, layer: string): Locator =>
  page.getByRole('application', { name: `Cells of ${layer}`, exact: true }).first();
const field = (page: Page): Locator => page.getByRole('region', { name: 'Receptive field' });

/** A point of a layer's picture: in its first cell, or in shares of its width and height. */
async function pointOf(cells: Locator, across = 0, down = 0): Promise<{ readonly x: number; readonly y: number }> {
  await cells.scrollIntoViewIfNeeded();
  const box = await cells.boundingBox();
  if (!box) throw new Error('maps: they must be on the page. Received no box.');
  return { x: box.x + across * box.width + 0.7, y: box.y + down * box.height + 0.7 };
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await target.evaluate((element) => element.matches(':focus-visible'))) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

async function expectNothingFromAxe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' ')}`)).toEqual(
    [],
  );
}

test('a cell’s field by mouse', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  await expect(playground.answer).not.toHaveText('–', patience.work);
  const cells = cellsOf(page, 'conv2d_3');
  const words = field(page);
  const before = await playground.maps('conv2d_1').screenshot();

  await test.step('hover', async () => {
    const { x, y } = await pointOf(cells);
    await page.mouse.move(x, y);
    await expect(words).toContainText('conv2d_3, map 0, row 0, column 0');
    await expect(words).toContainText('sees 18×18 = 324 pixels, 41.3 % of the image');
    await expect(words).toContainText('rows 0–17, columns 0–17');
    await expect(words).toContainText('No cell of conv2d_3 sees rows 26 and 27 or columns 26 and 27.');
    expect((await playground.maps('conv2d_1').screenshot()).equals(before)).toBe(false);
    await page.mouse.move(700, 5);
    await expect(words).toContainText('Point at a cell');
  });

  await test.step('pin, and the effective field', async () => {
    const { x, y } = await pointOf(cells);
    await page.mouse.click(x, y);
    await page.mouse.move(700, 5);
    await expect(words).toContainText('324 pixels');
    await expectNothingFromAxe(page);
    await words.getByRole('radio', { name: 'effective' }).check();
    await expect(words).toContainText(/half of the effect|No pixel moves it/, patience.work);
    await words.getByRole('radio', { name: 'theoretical' }).check();
    await page.mouse.click(x, y);
    await page.mouse.move(700, 5);
    await expect(words).toContainText('Point at a cell');
  });

  await test.step('the output and the input', async () => {
    await page.getByRole('list', { name: 'Probability of each class' }).getByRole('button').nth(3).hover();
    await expect(words).toContainText('dense_2, unit 3');
    const pixel = await pointOf(cellsOf(page, 'the input'), 0.5, 0.5);
    await page.mouse.move(pixel.x, pixel.y);
    await expect(words).toContainText('input, row 14, column 14');
  });

  await test.step('without pooling', async () => {
    for (const layer of ['max_pooling2d_2', 'max_pooling2d_1'])
      for (const label of ['pool', 'stride']) await playground.slider(layer, label).press('Home');
    await expect(playground.maps('conv2d_3')).toHaveAccessibleName(/22 by 22 cells/, patience.work);
    const { x, y } = await pointOf(cells);
    await page.mouse.move(x, y);
    await expect(words).toContainText('sees 7×7 = 49 pixels, 6.25 % of the image');
    await expect(words).not.toContainText('No cell of');
  });
  expect(playground.complaints).toEqual([]);
});

test('a cell’s field by keyboard alone', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  await expect(playground.answer).not.toHaveText('–', patience.work);
  const words = field(page);
  const said = page.locator('pipeline-stage').getByRole('status').filter({ hasText: 'conv2d_3' });
  await tabTo(page, cellsOf(page, 'conv2d_3'));
  await expect(said).toHaveText('conv2d_3, map 0, row 1, column 1');
  for (const key of ['ArrowRight', 'ArrowDown', 'PageDown', ']', '[']) await page.keyboard.press(key);
  await expect(said).toHaveText('conv2d_3, map 1, row 2, column 2');
  await expect(words).toContainText('rows 8–25, columns 8–25');
  await page.keyboard.press('Enter');
  await expect(said).toHaveText('conv2d_3, map 1, row 2, column 2, pinned');
  await page.keyboard.press('Tab');
  await expect(words).toContainText('conv2d_3, map 1, row 2, column 2');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Escape');
  await expect(words).toContainText('Point at a cell');
  expect(playground.complaints).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test('a cell’s field by touch', async ({ page }) => {
    test.setTimeout(10 * 60_000);
    const playground = new Playground(page);
    await playground.openReady();
    const cells = cellsOf(page, 'conv2d_2');
    await expect(cells).toBeVisible(patience.work);
    const { x, y } = await pointOf(cells);
    await page.touchscreen.tap(x, y);
    await expect(field(page)).toContainText('sees 8×8 = 64 pixels, 8.2 % of the image');
    expect(await cells.evaluate((element) => getComputedStyle(element).touchAction)).toBe('auto');
    await page.touchscreen.tap(x, y);
    await expect(field(page)).toContainText('Point at a cell');
    await page.touchscreen.tap(x, y);
    await expectNothingFromAxe(page);
    expect(playground.complaints).toEqual([]);
  });
});
