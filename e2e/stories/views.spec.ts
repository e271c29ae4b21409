/*
 * Plan. A layer is enlarged in place by mouse and by keyboard, and goes back where it was: by its button, by Escape, with the
 * focus kept. Its filters can be read: every input channel's kernel in numbers, with the one that was chosen. The scale is
 * said, and acts: on their own scales faint maps are darker. The colours are changed, remembered, and still paint. How values
 * are distributed is said in figures that fit each other, and moves with training; dead units are counted and named;
 * gradients are drawn, and say of which loss. A residual network is shown whole, its shortcuts in words, what is in view in
 * a strip that moves it by keyboard. axe objects to nothing, light and dark, on a desktop and a phone.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import type { Locator, Page } from 'playwright/test';
import { join } from 'node:path';
import { checkWidth } from './access.ts';
import { patience, Playground } from './playground.ts';

async function checkAccess(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target.flat().join(' ')) }))).toEqual(
    [],
  );
}

const keep = (page: Page, name: string) =>
  page.screenshot({ path: join(test.info().project.outputDir, 'looks', `views-${name}.png`) });

class LargeLayer {
  readonly views: Locator;
  readonly button: Locator;

  constructor(
    readonly playground: Playground,
    readonly name: string,
  ) {
    this.views = playground.page.locator('layer-views');
    this.button = playground.button(`Enlarge ${name}`);
  }

  choose(choice: string): Promise<void> {
    return this.views.getByRole('radio', { name: choice, exact: true }).check({ force: true });
  }

  picture(what: RegExp): Locator {
    return this.views.getByRole('img', { name: what });
  }
}

async function colourful(playground: Playground, picture: Locator): Promise<void> {
  await expect.poll(() => playground.coloursOf(picture), patience.work).toBeGreaterThan(8);
}

test('a layer is enlarged in place, read, and goes back', async ({ page }) => {
  test.setTimeout(20 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  const layer = new LargeLayer(playground, 'conv2d_2');

  await layer.button.click();
  await expect(layer.button).toHaveAttribute('aria-expanded', 'true');
  await expect(layer.button).toBeFocused();
  await colourful(playground, layer.picture(/^Large: 64 feature maps of conv2d_2/));
  await page.keyboard.press('Escape');
  await expect(layer.views).toHaveCount(0);
  await expect(layer.button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(layer.views).toBeVisible();

  await layer.choose('filters');
  await colourful(playground, layer.picture(/^Large: 2,048 filter slices of conv2d_2/));
  const kernel = layer.picture(/^Filter 0, input 31:/);
  await expect(kernel).toHaveAccessibleName(
    /^Filter 0, input 31: (−?\d\.\d\d ?){3}; (−?\d\.\d\d ?){3}; (−?\d\.\d\d ?){3}$/,
  );
  const first = await kernel.getAttribute('aria-label');
  await layer.views.getByRole('slider', { name: 'filter', exact: true }).press('End');
  const last = layer.picture(/^Filter 63, input 31:.*\d/);
  await expect(last).toBeVisible();
  const numbers = (label: string | null) => label?.split(':')[1];
  await expect.poll(async () => numbers(await last.getAttribute('aria-label'))).not.toBe(numbers(first));

  await layer.choose('all maps');
  await expect(layer.views.getByText('activations, one scale for all maps')).toBeVisible();
  const maps = layer.picture(/^Large: 64 feature maps/);
  await colourful(playground, maps);
  const shared = await playground.look(maps);
  await layer.choose('per map');
  await expect(layer.views.getByText('activations, each map on its own scale')).toBeVisible();
  await expect
    .poll(async () => (await playground.look(maps)).brightness, patience.work)
    .toBeLessThan(shared.brightness - 0.2);
  await layer.choose('shared');

  await layer.choose('gradients');
  await expect(layer.views.getByText(/Of this image’s loss[^]+for the class\s+\d,\s+its label/)).toBeVisible(
    patience.work,
  );
  await colourful(playground, layer.picture(/^Large: gradients of 64 feature maps/));
  await checkAccess(page);
  await keep(page, 'gradients');
  await layer.choose('values');
  expect(playground.complaints).toEqual([]);
});

test('distributions and dead units are told in figures that fit', async ({ page }) => {
  test.setTimeout(20 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  const layer = new LargeLayer(playground, 'conv2d_2');
  await layer.button.press('Enter');
  await layer.choose('distributions');
  const weights = layer.picture(/^Weights after step 0: 18,432 values, mean −?0\.0\d+, standard deviation 0\.\d+/);
  await expect(weights).toBeVisible(patience.work);
  await expect(layer.picture(/^Activations of this image after step 0: 7,744 values/)).toBeVisible();

  await layer.views.getByRole('button', { name: 'Look for dead maps' }).click();
  const told = layer.views.getByRole('status').filter({ hasText: 'stay 0 on all of 100 validation images' });
  await expect(told).toBeVisible(patience.work);
  const text = (await told.textContent()) ?? '';
  const count = Number(/(\d+) of 64 maps/.exec(text)?.[1]);
  const names =
    /after step 0\.\s*([\d, ]*)/
      .exec(text)?.[1]
      ?.split(',')
      .filter((name) => name.trim() !== '') ?? [];
  expect(count).toBe(names.length);

  await playground.button('Step').click();
  await expect(layer.picture(/^Weights after step 1:/)).toBeVisible(patience.work);
  await keep(page, 'distributions');
  await checkAccess(page);

  await page.getByRole('radio', { name: 'colour-blind safe' }).check({ force: true });
  await expect(page.locator('html')).toHaveAttribute('data-colours', 'safe');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await checkAccess(page);
  await keep(page, 'distributions-safe-dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-colours', 'safe');
  expect(playground.complaints).toEqual([]);
});

test('a residual network is shown whole, with its shortcuts', async ({ page }) => {
  test.setTimeout(20 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  await playground.chip('Model').click();
  await playground.panel('Model').getByLabel('Preset').selectOption({ label: 'Small ResNet' });
  await page.keyboard.press('Escape');
  await expect(
    page.getByRole('img', { name: /Connections past layers: .*stage1_sum also reads stage0/ }),
  ).toBeVisible();
  await expect(playground.maps('stage1_sum')).toBeAttached(patience.work);
  const strip = page.getByRole('slider', { name: 'Part of the network in view' });
  await expect(strip).toHaveAttribute('aria-valuetext', /of 31 layers$/);
  await strip.press('End');
  await expect(strip).toHaveAttribute('aria-valuetext', /to global_average_pooling2d_1/);
  await colourful(playground, playground.maps('stage3_sum'));
  await playground.button('Enlarge stage3_sum').click();
  const views = page.locator('layer-views');
  await expect(views.getByText('reads stage3_b + stage3_shortcut')).toBeVisible();
  await checkAccess(page);
  await keep(page, 'resnet');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(async () => Math.round((await views.boundingBox())?.x ?? -1)).toBe(16);
  await checkWidth(page, 'a stage enlarged on a phone');
  await checkAccess(page);
  await keep(page, 'resnet-phone');
  expect(playground.complaints).toEqual([]);
});
