/*
 * Plan. The network is changed where it is seen, before it has even been built.
 *  - By mouse: the + between two stages shows itself to a pointer that comes near and moves no stage; a layer chosen there stands
 *    there, and is taken back. A stage is dragged by its head: Escape leaves it where it was, letting go puts it where the line
 *    stood. A convolution dragged behind the dense layer is refused at its place, and one click puts it back.
 *    A row of the model's list is dragged in the same way.
 *  - By keyboard: each + comes right before the stage that it would push on; a layer is added and the focus is on the + again;
 *    a stage moves with Alt and an arrow key, keeps the focus, and says where it stands. axe objects to nothing.
 */
import { expect, test } from 'playwright/test';
import type { Locator, Page } from 'playwright/test';
import { checkAccess } from './access.ts';
import { Playground } from './playground.ts';

const lecture = ['conv2d_1', 'max_pooling2d_1', 'conv2d_2', 'max_pooling2d_2', 'conv2d_3', 'dense_1'];

class Stages {
  constructor(readonly page: Page) {}

  plus(before: string): Locator {
    return this.page.getByRole('button', { name: `Add a layer after ${before}`, exact: true });
  }

  form(before: string): Locator {
    return this.page.getByRole('dialog', { name: `Add a layer after ${before}`, exact: true });
  }

  /** The title of a stage: its handle, and a word that explains itself. */
  title(name: string): Locator {
    return this.page.getByRole('heading', { name: new RegExp(`\\b${name}$`) }).getByRole('button');
  }

  async order(): Promise<readonly string[]> {
    const titles = await this.page.locator('pipeline-stage').getByRole('heading', { level: 3 }).allTextContents();
    return titles.map((title) => title.trim().split(/\s+/).at(-1) ?? '');
  }

  async lefts(): Promise<readonly number[]> {
    return this.page
      .locator('pipeline-stage')
      .evaluateAll((stages) => stages.map((stage) => Math.round(stage.getBoundingClientRect().left)));
  }

  /** Drags the stage's title until the pointer is well beyond the middle of another stage, and does not let go. */
  async drag(name: string, over: string, share: number): Promise<void> {
    const [from, to] = [await this.title(name).boundingBox(), await this.stageBox(over)];
    if (!from || !to) throw new Error(`stages: both must be on the page. Received name=${name}, over=${over}.`);
    const { mouse } = this.page;
    await mouse.move(from.x + 8, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(to.x + to.width * share, from.y + 20, { steps: 12 });
  }

  /** Drags a row of the model's list by its handle to before another, and lets go. */
  async dragRow(name: string, before: string): Promise<void> {
    const handle = (layer: string): Locator => this.page.getByRole('button', { name: `Move ${layer}`, exact: true });
    await handle(name).hover();
    await this.page.mouse.down();
    await handle(before).hover({ position: { x: 8, y: 2 } });
    await this.page.mouse.up();
  }

  private stageBox(name: string): ReturnType<Locator['boundingBox']> {
    const heading = this.page.getByRole('heading', { name: new RegExp(`\\b${name}$`) });
    return this.page.locator('pipeline-stage').filter({ has: heading }).boundingBox();
  }
}

async function byMouse(playground: Playground, stages: Stages): Promise<void> {
  const { page } = playground;
  const undo = playground.button('Undo edit');
  await test.step('the + between two stages', async () => {
    const before = await stages.lefts();
    await stages.plus('conv2d_1').hover();
    await expect(stages.plus('conv2d_1')).toHaveCSS('opacity', '1');
    expect(await stages.lefts()).toEqual(before);
    await stages.plus('conv2d_1').click();
    await stages.form('conv2d_1').getByRole('combobox').selectOption({ label: 'Dropout' });
    await stages.form('conv2d_1').getByRole('button', { name: 'Add layer' }).click();
    await expect(stages.form('conv2d_1')).toBeHidden();
    expect(await stages.order()).toEqual(lecture.toSpliced(1, 0, 'dropout_1'));
    await undo.click();
    expect(await stages.order()).toEqual(lecture);
  });
  await test.step('a stage is dragged', async () => {
    await stages.drag('max_pooling2d_2', 'max_pooling2d_1', 0.2);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await stages.order()).toEqual(lecture);
    await stages.drag('max_pooling2d_2', 'max_pooling2d_1', 0.2);
    await page.mouse.up();
    await expect(stages.title('max_pooling2d_2')).toBeFocused();
    expect(await stages.order()).toEqual(['conv2d_1', 'max_pooling2d_2', ...lecture.toSpliced(3, 1).slice(1)]);
    await undo.click();
  });
  await test.step('a row of the model is dragged', async () => {
    await playground.chip('Model').click();
    await stages.dragRow('conv2d_3', 'conv2d_2');
    await page.keyboard.press('Escape');
    expect((await stages.order()).slice(1, 4)).toEqual(['max_pooling2d_1', 'conv2d_3', 'conv2d_2']);
    await undo.click();
  });
  await test.step('a refused order', async () => {
    await stages.drag('conv2d_3', 'dense_1', 0.8);
    await page.mouse.up();
    expect((await stages.order()).slice(-2)).toEqual(['dense_1', 'conv2d_3']);
    await playground.stage('conv2d_3').getByRole('button', { name: 'Move before flatten_1' }).click();
    expect(await stages.order()).toEqual(lecture);
  });
}

async function byKeyboard(playground: Playground, stages: Stages): Promise<void> {
  const { keyboard } = playground.page;
  await test.step('the + by keyboard', async () => {
    await stages.plus('input').focus();
    await keyboard.press('Tab');
    await expect(stages.title('conv2d_1')).toBeFocused();
    await keyboard.press('Shift+Tab');
    await keyboard.press('Enter');
    const form = stages.form('input');
    await expect(form.getByRole('combobox')).toBeVisible();
    await checkAccess(playground.page, 'a layer about to be added');
    await keyboard.press('Tab');
    await expect(form.getByRole('combobox')).toBeFocused();
    await form.getByRole('combobox').selectOption({ label: 'Zero padding' });
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await expect(stages.plus('input')).toBeFocused();
    expect(await stages.order()).toEqual(['zero_padding2d_1', ...lecture]);
    await keyboard.press('Control+z');
    expect(await stages.order()).toEqual(lecture);
  });
  await test.step('Alt and an arrow key', async () => {
    await stages.title('max_pooling2d_1').focus();
    await keyboard.press('Alt+ArrowRight');
    expect((await stages.order()).slice(0, 3)).toEqual(['conv2d_1', 'conv2d_2', 'max_pooling2d_1']);
    await expect(stages.title('max_pooling2d_1')).toBeFocused();
    await expect(playground.page.getByText('max_pooling2d_1 now stands after conv2d_2.')).toBeAttached();
    await keyboard.press('Alt+ArrowLeft');
    expect(await stages.order()).toEqual(lecture);
  });
}

test('layers are added and moved in the pipeline itself', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  await playground.open();
  const stages = new Stages(page);
  await expect(stages.title('dense_1')).toBeVisible();
  await byMouse(playground, stages);
  await byKeyboard(playground, stages);
  expect(playground.complaints).toEqual([]);
});
