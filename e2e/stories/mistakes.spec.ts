/*
 * Plan. After two steps and a pause the network is wrong about most things. The matrix counts every test image once, and its
 * diagonal is the accuracy that the chart tells of the same weights. By keyboard alone a cell is chosen; as many images as it
 * counts are offered; one of them becomes the chosen image, with the row's label, and the network answers as the column says, as sure
 * as the picture's caption. The same cell again lets go of it: the worst mistakes are back. axe finds nothing to object to.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { patience, Playground } from './playground.ts';

/** Counts of the matrix, row by row. */
async function countsOf(playground: Playground): Promise<number[]> {
  const texts = await playground.page.getByRole('gridcell').allTextContents();
  return texts.map((text) => Number(text.trim() || 0));
}

test('from the matrix to a mistake and its image', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  await playground.stepOnce();
  await playground.stepOnce();
  await page.getByRole('tab', { name: 'Mistakes' }).click();

  await test.step('the matrix is the evaluation', async () => {
    await playground.button('Train').click();
    await playground.lossAfter(3);
    await playground.button('Pause').click();
    const tested = async (): Promise<number> => (await playground.reading('Accuracy'))?.test ?? NaN;
    await expect.poll(tested, patience.work).toBeGreaterThan(0);
    const { step = 0 } = (await playground.reading('Accuracy')) ?? {};
    await expect(page.getByText(`step ${step} · 10,000 test images`)).toBeVisible(patience.work);
    const counts = await countsOf(playground);
    expect(counts).toHaveLength(100);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10_000);
    const right = counts.reduce((sum, count, place) => (place % 11 === 0 ? sum + count : sum), 0);
    // The chart tells tenths of a percent.
    expect(Math.abs(right / 100 - (await tested()))).toBeLessThanOrEqual(0.051);
    await expect(page.getByRole('heading', { name: /worst mistakes/ })).toContainText(
      (10_000 - right).toLocaleString('en-US'),
    );
  });

  await test.step('a cell chosen with the keyboard lists its images', async () => {
    const counts = await countsOf(playground);
    const wrong = counts.map((count, place) => (place % 11 === 0 ? 0 : count));
    const place = wrong.indexOf(Math.max(...wrong));
    const [label, answer] = [Math.floor(place / 10), place % 10];
    await page.getByRole('gridcell').first().focus();
    for (let row = 0; row < label; row++) await page.keyboard.press('ArrowDown');
    for (let column = 0; column < answer; column++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const cell = page.getByRole('gridcell').nth(place);
    await expect(cell).toBeFocused();
    await expect(cell).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('heading', { name: `${label} read as ${answer}` })).toContainText(
      String(counts[place]),
    );
    const images = page.getByRole('list', { name: 'Images' }).getByRole('button');
    await expect(images).toHaveCount(Math.min(24, counts[place] ?? 0));
    await expect.poll(() => playground.coloursOf(images.first().locator('canvas')), patience.work).toBeGreaterThan(4);

    const words = ((await images.first().textContent()) ?? '').replaceAll(/\s+/g, ' ');
    const [, certainty = '', index = ''] = /(\d+) % sure, test image ([\d,]+)/.exec(words) ?? [];
    await images.first().press('Enter');
    await expect(images.first()).toHaveAttribute('aria-pressed', 'true', patience.work);
    await expect(page.getByRole('region', { name: 'Input' })).toContainText(`test image ${index}, labelled ${label}`);
    await expect(playground.answer).toHaveText(String(answer), patience.work);
    // The image before may have had the same answer.
    const difference = async (): Promise<number> => Math.abs((await playground.certainty()) - Number(certainty));
    await expect.poll(difference, patience.work).toBeLessThanOrEqual(0.6);
    await expect(page.getByText(`wrong, it is ${label}`)).toBeVisible();
  });

  await test.step('axe finds nothing', async () => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => [id, target.flat().join(' '), html]),
    );
    expect(found.filter(([, place]) => place?.includes('mistakes-view'))).toEqual([]);
  });

  await test.step('the same cell again brings the worst mistakes back', async () => {
    await page.getByRole('gridcell', { selected: true }).press(' ');
    await expect(page.getByRole('heading', { name: /worst mistakes/ })).toBeVisible();
  });
  expect(playground.complaints).toEqual([]);
});
