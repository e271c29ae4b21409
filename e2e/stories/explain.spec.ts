/*
 * Plan. What the Explain panel writes is added up by the story itself, from the page's own words: with the mouse, cells of a
 * convolution with 32 input channels (products → channel, channels and bias → value, ReLU), of a pooling (its winner), of
 * a dense layer, of the softmax (exponentials over their sum); turned pages of channels add up too. The same while it trains,
 * where the numbers change and must add up at every look. Then by keyboard alone: a cell chosen and pinned, the products walked,
 * the slide gone through step by step with stride and padding told; Escape unpins. axe has nothing to object to.
 */
import { expect, test } from 'playwright/test';
import type { Locator, Page } from 'playwright/test';
import { checkAccess, checkWidth } from './access.ts';
import { patience, Playground } from './playground.ts';

/** Numbers with a true minus sign, and none before the point: `−.042`. */
const figure = /−?\d*\.?\d+/g;

const numberOf = (text: string): number => Number(text.replace('−', '-'));
const numbersIn = (text: string): readonly number[] => (text.match(figure) ?? []).map(numberOf);
const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** The panel as a person reads it. */
class Explanation {
  readonly panel: Locator;
  readonly line: Locator;

  constructor(private readonly page: Page) {
    this.panel = page.getByRole('tabpanel', { name: 'Explain' });
    this.line = this.panel.getByText(/^\s*Σ.*=/).last();
  }

  heading(text: RegExp | string): Locator {
    return this.panel.getByRole('heading', { name: text });
  }

  /** Points at a cell of a layer's maps, by shares of the picture. */
  async pointAt(layer: string, across: number, down: number): Promise<void> {
    const cells = this.page.getByRole('application', { name: `Cells of ${layer}`, exact: true }).first();
    await cells.scrollIntoViewIfNeeded();
    const box = await cells.boundingBox();
    if (!box) throw new Error('maps: they must be on the page. Received no box.');
    let beside = 0;
    await expect(async () => {
      // A click tells whole pixels only; so does the way there. Between two maps is a gap that is no cell.
      await this.page.mouse.move(
        Math.round(box.x + across * box.width) + beside,
        Math.round(box.y + down * box.height) + beside,
      );
      beside = (beside + 3) % 9;
      await expect(this.heading(new RegExp(layer))).toBeVisible({ timeout: 15_000 });
    }).toPass(patience.work);
  }

  grid(name: RegExp): Locator {
    return this.panel.getByRole('table', { name });
  }

  /** All texts of one moment: numbers that train on would not fit together otherwise. */
  async look(): Promise<Look> {
    return this.panel.evaluate((panel) => {
      const every = (root: ParentNode, selector: string): Element[] =>
        [...root.querySelectorAll('*')].flatMap((element) => [
          ...(element.matches(selector) ? [element] : []),
          ...(element.shadowRoot ? every(element.shadowRoot, selector) : []),
        ]);
      const words = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim();
      const tables = every(panel, 'table').map((table) => ({
        caption: words(table.querySelector('caption') ?? table),
        rows: [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map(words)),
      }));
      const line = every(panel, 'p')
        .map(words)
        .find((text) => text.startsWith('Σ') && text.includes('→'));
      return { tables, line: line ?? '' };
    });
  }
}

interface Look {
  readonly tables: readonly { readonly caption: string; readonly rows: readonly (readonly string[])[] }[];
  readonly line: string;
}

function tableOf({ tables }: Look, caption: string): { readonly caption: string; readonly numbers: readonly number[] } {
  const table = tables.find((candidate) => candidate.caption.startsWith(caption));
  if (!table) throw new Error(`explanation: it must have a table “${caption}”. Received ${JSON.stringify(tables)}.`);
  return { caption: table.caption, numbers: table.rows.map((row) => numberOf(row.at(-1) ?? '')) };
}

function gridOf({ tables }: Look, caption: string): readonly number[] {
  const table = tables.find((candidate) => candidate.caption.startsWith(caption));
  return (table?.rows ?? []).flat().map((text) => numbersIn(text)[0] ?? NaN);
}

/** `Σ a + bias b = c → ReLU → v`: sums, and the value that the ReLU makes of c. */
function expectLineAddsUp(look: Look): void {
  const [sum = NaN, bias = NaN, before = NaN, value = NaN] = numbersIn(look.line);
  expect(sum + bias, look.line).toBeCloseTo(before, 6);
  expect(Math.max(0, before), look.line).toBeCloseTo(value, 6);
  const listed = look.tables.find(({ caption }) => caption.startsWith('Contributions'));
  if (listed) expect(total(tableOf(look, 'Contributions').numbers), JSON.stringify(look)).toBeCloseTo(sum, 6);
}

/** The products add up to what their caption says. */
function expectProductsAddUp(look: Look): void {
  const products = gridOf(look, 'products');
  const [sum = NaN] = numbersIn(tableOf(look, 'products').caption);
  expect(products.length).toBe(9);
  expect(total(products), JSON.stringify(look)).toBeCloseTo(sum, 6);
}

test('numbers that add up, at rest and while it trains', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  await expect(playground.answer).not.toHaveText('–', patience.work);
  const explanation = new Explanation(page);
  await expect(explanation.panel).toContainText('Point at a cell of any map');

  await test.step('a convolution of 32 channels', async () => {
    await explanation.pointAt('conv2d_2', 0.31, 0.33);
    await expect(explanation.heading(/conv2d_2 · filter \d+ · row \d+, column \d+/)).toBeVisible();
    await expect(explanation.panel).toContainText(/reads rows \d+–\d+, columns \d+–\d+ of max_pooling2d_1/);
    const look = await explanation.look();
    expectProductsAddUp(look);
    expectLineAddsUp(look);
    await page.mouse.down();
    await page.mouse.up();
    await expect(explanation.heading(/pinned/)).toBeVisible();
    await page.mouse.move(700, 5);
    await explanation.panel.getByRole('button', { name: 'Smaller channels' }).click();
    const turned = await explanation.look();
    expect(turned.tables).not.toEqual(look.tables);
    expectLineAddsUp(turned);
    const [, second] = await explanation.panel.getByRole('button', { name: /^channel \d+$/ }).all();
    await second?.click();
    await expect(second ?? explanation.panel).toHaveAttribute('aria-pressed', 'true');
    expectProductsAddUp(await explanation.look());
    await checkAccess(page, 'a convolution explained');
    await checkWidth(page, 'a convolution explained');
  });

  await test.step('pooling', async () => {
    await explanation.pointAt('max_pooling2d_1', 0.41, 0.3);
    const look = await explanation.look();
    const window = gridOf(look, 'inputs');
    expect(window.length).toBe(4);
    await expect(explanation.panel).toContainText(/Row \d+, column \d+ wins/);
    const [, value = NaN] = numbersIn((await explanation.panel.getByText(/^\s*max of/).textContent()) ?? '');
    expect(value).toBeCloseTo(Math.max(...window), 2);
  });

  await test.step('dense and softmax', async () => {
    await explanation.pointAt('dense_1', 0.4, 0.4);
    expectLineAddsUp(await explanation.look());
    await page.getByRole('list', { name: 'Probability of each class' }).getByRole('button').nth(7).hover();
    await expect(explanation.heading(/dense_2 · unit 7/)).toBeVisible(patience.work);
    expectSoftmaxAddsUp(await explanation.look());
  });

  await test.step('while it trains', async () => {
    await playground.button('Train').click();
    await playground.lossAfter(2);
    for (const [layer, check] of [
      ['conv2d_2', expectLineAddsUp],
      ['dense_1', expectLineAddsUp],
    ] as const) {
      await explanation.pointAt(layer, 0.41, 0.38);
      const seen = new Set<string>();
      await expect
        .poll(async () => {
          const look = await explanation.look();
          check(look);
          if (layer === 'conv2d_2') expectProductsAddUp(look);
          return seen.add(JSON.stringify(look)).size;
        }, patience.work)
        .toBeGreaterThan(2);
    }
  });
  expect(playground.complaints).toEqual([]);
});

function expectSoftmaxAddsUp(look: Look): void {
  const softmax = look.tables.find(({ caption }) => caption.startsWith('Softmax'));
  const rows = (softmax?.rows ?? []).map((row) => row.map(numberOf));
  expect(rows.length).toBe(10);
  const logits = rows.map(([logit = NaN]) => logit);
  const powerSum = total(rows.map(([, power = NaN]) => power));
  const largest = Math.max(...logits);
  for (const [logit = NaN, power = NaN, share = NaN] of rows) {
    expect(power).toBeCloseTo(Math.exp(logit - largest), 1);
    expect(power / powerSum).toBeCloseTo(share, 3);
  }
  const [sum = NaN, bias = NaN, own = NaN, power = NaN, over = NaN, value = NaN] = numbersIn(look.line);
  expect(sum + bias, look.line).toBeCloseTo(own, 6);
  expect(own).toBeCloseTo(logits[7] ?? NaN, 1);
  expect(over).toBeCloseTo(powerSum, 4);
  expect(power / over, look.line).toBeCloseTo(value, 3);
}

test('a cell and the slide by keyboard alone', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  await expect(playground.answer).not.toHaveText('–', patience.work);
  const explanation = new Explanation(page);
  const { keyboard } = page;

  await test.step('a strided, padded convolution', async () => {
    for (const layer of ['conv2d_2', 'conv2d_1'])
      await playground.stage(layer).getByRole('radio', { name: 'same' }).press('Space');
    await playground.slider('conv2d_1', 'stride').press('ArrowRight');
    await expect(playground.maps('conv2d_1')).toHaveAccessibleName(/14 by 14 cells/, patience.work);
    await page.getByRole('application', { name: 'Cells of conv2d_1', exact: true }).first().focus();
    for (const key of ['ArrowUp', 'ArrowRight', 'Enter']) await keyboard.press(key);
    await expect(explanation.heading(/conv2d_1 · filter 0 · row \d+, column \d+ · pinned/)).toBeVisible(patience.work);
    await expect(explanation.panel.getByRole('status', { name: 'Explained cell' })).toHaveText(
      /conv2d_1, filter 0, row \d+, column \d+: sum of the products .* plus bias .*, ReLU: /,
    );
  });

  await test.step('the products', async () => {
    await explanation.panel.getByRole('group', { name: /^Products of channel 0/ }).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await keyboard.press(key);
    const told = explanation.panel.getByText(/^\s*row \d+, column \d+:/);
    const [, , input = NaN, weight = NaN, product = NaN] = numbersIn((await told.textContent()) ?? '');
    expect(input * weight).toBeCloseTo(product, 3);
  });

  await test.step('the slide', async () => {
    await explanation.panel.getByRole('button', { name: 'Slide' }).focus();
    await keyboard.press('Enter');
    await explanation.panel.getByRole('button', { name: 'Pause slide' }).press('Enter');
    await expect(explanation.panel).toContainText('stride 2, padding 0 before, 1 behind');
    const position = explanation.panel.getByRole('slider', { name: 'position' });
    await position.press('Home');
    await expect(explanation.panel).toContainText('position 1 of 196: output row 0, column 0');
    await position.press('ArrowRight');
    await expect(explanation.panel).toContainText('position 2 of 196: output row 0, column 1');
    await expect(explanation.panel).toContainText(/adds up to\s+−?\d\.\d+;\s+with\s+the bias and ReLU:\s+\d\.\d+/);
    const output = explanation.panel.getByRole('img', { name: 'Outputs of conv2d_1, map 0, so far' });
    const empty = await output.screenshot();
    await position.press('End');
    await expect(explanation.panel).toContainText('position 196 of 196: output row 13, column 13');
    expect((await output.screenshot()).equals(empty)).toBe(false);
    await explanation.panel.getByRole('button', { name: 'Play slide' }).press('Enter');
    await expect(explanation.panel).toContainText(/position [3-9] of 196/, patience.work);
    await explanation.panel.getByRole('button', { name: 'Pause slide' }).press('Enter');
    await checkAccess(page, 'the slide');
    await explanation.panel.getByRole('button', { name: 'Close slide' }).press('Enter');
  });

  await test.step('Escape unpins', async () => {
    await keyboard.press('Escape');
    await expect(explanation.heading(/as it was at step/)).toBeVisible();
  });
  expect(playground.complaints).toEqual([]);
});
