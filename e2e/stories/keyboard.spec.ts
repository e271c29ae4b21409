/*
 * Plan. The main job with the keyboard alone, from the top of the document: Tab to the pad, draw a 1 with the arrow keys,
 * hear its pen and read the answer; Tab back to Train, start with Enter, see steps come, pause with Space on the same
 * button; Tab on to a slider, whose arrow key changes a shape. Every stop of the way shows its focus.
 */
import { expect, test } from 'playwright/test';
import type { Locator, Page } from 'playwright/test';
import { patience, Playground } from './playground.ts';

/** More stops than the whole page has. */
const mostStops = 80;

async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isFocused = (): Promise<boolean> => target.evaluate((element) => element.matches(':focus-visible'));
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await isFocused()) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('look, draw, train, pause and rebuild without a mouse', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  await expect(page.getByText('test image 0, labelled 7')).toBeVisible(patience.work);

  await test.step('draw', async () => {
    await tabTo(page, playground.pad);
    await expect(playground.pad).toHaveAccessibleDescription(/Arrow keys move the pen/);
    await press(page, 'Shift+ArrowUp', 'Shift+ArrowUp', 'Space');
    await expect(page.getByRole('region', { name: 'Input' }).getByRole('status')).toHaveText(
      'Pen down at column 15, row 7',
    );
    await press(page, ...Array.from({ length: 4 }, () => 'Shift+ArrowDown'), 'Space');
    await expect(page.getByText('test image 0, labelled 7')).toBeHidden();
    await expect(playground.answer).toHaveText('1', patience.work);
  });

  await test.step('train and pause', async () => {
    await tabTo(page, playground.button('Train'), 'Shift+Tab');
    await press(page, 'Enter');
    await playground.lossAfter(2);
    await expect(playground.button('Pause')).toBeFocused();
    await press(page, 'Space');
    await expect(playground.status).toContainText('paused', patience.work);
    await expect(playground.button('Train')).toBeFocused();
  });

  await test.step('rebuild', async () => {
    await tabTo(page, playground.slider('conv2d_3', 'stride'));
    await press(page, 'ArrowRight');
    await expect(playground.stage('conv2d_3')).toContainText('2×2×64');
    await expect(playground.maps('conv2d_3')).toHaveAccessibleName(/2 by 2 cells/, patience.work);
    await expect(playground.slider('conv2d_3', 'stride')).toBeFocused();
  });
});
