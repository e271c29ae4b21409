/*
 * Plan. The model is made into another one by a person.
 *  - LeNet-5 out of the lecture's network with the keyboard alone: from the model's chip a convolution is removed, a dense
 *    layer duplicated, arguments typed and chosen; figures follow at once; Ctrl+Z takes the last edit back, Shift+Ctrl+Z does
 *    it again; a layer is moved by the arrow keys of its handle and moved back. The panel has nothing for axe to find.
 *  - While it trains, a layer is put in between: training goes on, the layers around keep their weights and the page names
 *    them; a preset for colour pictures trains on the digits; undo leads back.
 *  - A convolution behind the flatten cannot be: it is said at the layer, and one click puts it where it can. A layer that is
 *    still read, an answer that is missing and a nonsense number are explained too, and the network that runs trains on.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import type { Locator, Page } from 'playwright/test';
import { patience, Playground } from './playground.ts';

const undoKeys = 'Control+z';
const redoKeys = 'Shift+Control+z';

class Editor {
  readonly panel: Locator;
  constructor(readonly playground: Playground) {
    this.panel = playground.page.locator('model-editor');
  }

  row(layer: string): Locator {
    const name = this.playground.page.getByRole('button', { name: new RegExp(`^${layer}\\b`) });
    return this.panel.getByRole('row').filter({ has: name });
  }

  /** The name of a layer, which opens its arguments. */
  toggle(layer: string): Locator {
    return this.panel.getByRole('button', { name: new RegExp(`^${layer}\\b`) });
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  field(name: string): Locator {
    return this.panel.getByRole('textbox', { name, exact: true });
  }

  choice(name: string): Locator {
    return this.panel.getByRole('combobox', { name, exact: true });
  }

  /** Names of the layers in their order. */
  async layers(): Promise<readonly string[]> {
    const names = await this.panel
      .getByRole('button', { name: /^Move / })
      .evaluateAll((handles) =>
        handles.map((handle) => (handle.getAttribute('aria-label') ?? '').replace('Move ', '')),
      );
    return names;
  }
}

/** Focus and a key, as a person without a mouse has them; the way there is walked in the keyboard story. */
async function pressOn(target: Locator, ...keys: readonly string[]): Promise<void> {
  await target.focus();
  for (const key of keys) await target.page().keyboard.press(key);
}

async function typeInto(field: Locator, text: string): Promise<void> {
  await field.focus();
  await field.page().keyboard.press('Control+a');
  await field.page().keyboard.type(text);
  await field.page().keyboard.press('Enter');
}

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

test('LeNet-5 from the lecture’s network with the keyboard alone', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const playground = new Playground(page);
  await playground.open();
  const editor = new Editor(playground);
  await pressOn(playground.chip('Model'), 'Enter');
  await expect(editor.row('conv2d_3')).toContainText('36,928');

  await pressOn(editor.button('Remove conv2d_3'), 'Enter');
  await expect(editor.row('flatten_1')).toContainText('1,600');
  await pressOn(editor.button('Duplicate dense_1'), 'Enter');
  expect(await editor.layers()).toEqual([
    'conv2d_1',
    'max_pooling2d_1',
    'conv2d_2',
    'max_pooling2d_2',
    'flatten_1',
    'dense_1',
    'dense_3',
    'dense_2',
  ]);

  await test.step('arguments', async () => {
    for (const [layer, filters, padding] of [
      ['conv2d_1', '6', 'same'],
      ['conv2d_2', '16', 'valid'],
    ] as const) {
      await pressOn(editor.toggle(layer), 'Enter');
      await typeInto(editor.field('filters'), filters);
      await typeInto(editor.field('kernel_size'), '5');
      await editor.choice('padding').selectOption(padding);
      await editor.choice('activation').selectOption('tanh');
      await pressOn(editor.toggle(layer), 'Enter');
    }
    for (const [layer, units] of [
      ['dense_1', '120'],
      ['dense_3', '84'],
    ] as const) {
      await pressOn(editor.toggle(layer), 'Enter');
      await typeInto(editor.field('units'), units);
      await editor.choice('activation').selectOption('tanh');
      await pressOn(editor.toggle(layer), 'Enter');
    }
    await expect(editor.row('conv2d_1')).toContainText('28×28×6');
    await expect(editor.row('flatten_1')).toContainText('400');
    await expect(editor.panel.getByRole('row', { name: /^\s*total/ })).toContainText('61,706');
    await expect(playground.chip('Model')).toHaveText(/Lecture CNN, edited\s+61,706/);
  });

  await test.step('undo and redo', async () => {
    await editor.toggle('dense_3').focus();
    await page.keyboard.press(undoKeys);
    await page.keyboard.press(undoKeys);
    await expect(editor.row('dense_3')).toContainText(/\b64\b/);
    await page.keyboard.press(redoKeys);
    await page.keyboard.press(redoKeys);
    await expect(editor.panel.getByRole('row', { name: /^\s*total/ })).toContainText('61,706');
  });

  await test.step('order', async () => {
    await pressOn(editor.button('Move max_pooling2d_1'), 'ArrowDown');
    expect((await editor.layers()).slice(1, 3)).toEqual(['conv2d_2', 'max_pooling2d_1']);
    await expect(editor.button('Move max_pooling2d_1')).toBeFocused();
    await page.keyboard.press('ArrowUp');
    expect((await editor.layers()).slice(1, 3)).toEqual(['max_pooling2d_1', 'conv2d_2']);
  });

  await pressOn(editor.toggle('conv2d_2'), 'Enter');
  await isAccessible(page);
});

test('edits while it trains keep what fits, and say so', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  const editor = new Editor(playground);
  await playground.button('Train').click();
  await playground.lossAfter(2);

  await page.getByRole('button', { name: 'More of max_pooling2d_1' }).click();
  const form = page.getByRole('dialog', { name: 'max_pooling2d_1' });
  await form.getByRole('button', { name: 'Add layer' }).click();
  await page.keyboard.press('Escape');
  await expect(playground.stage('conv2d_4')).toContainText('13×13×32');
  await expect(playground.maps('conv2d_4')).toBeVisible(patience.work);
  const { step } = await playground.lossAfter(3);
  expect(step).toBeGreaterThanOrEqual(3);
  await playground.button('Pause').click();
  await expect(playground.status).toContainText('paused', patience.work);

  await playground.chip('Model').click();
  await expect(editor.panel).toContainText(
    'conv2d_1, conv2d_2, conv2d_3, dense_1 and dense_2 kept their weights; conv2d_4 begins anew.',
  );
  await editor.panel.getByLabel('Preset').selectOption({ label: 'INPUT-CONV-RELU-POOL-FC' });
  await expect(editor.row('conv2d_1')).toContainText('28×28×12');
  await expect(editor.row('conv2d_1')).toContainText('912');
  await expect(playground.status).not.toContainText('Rebuilding', patience.work);
  await page.keyboard.press('Escape');
  await playground.stepOnce();

  await page.getByRole('button', { name: 'Undo edit' }).click();
  await page.getByRole('button', { name: 'Undo edit' }).click();
  await expect(playground.chip('Model')).toHaveText(/Lecture CNN\s+93,322/);
  await expect(page.getByRole('button', { name: 'Undo edit' })).toBeDisabled();
  expect(playground.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
});

test('what cannot be is explained at its layer, and one click mends it', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  const editor = new Editor(playground);
  await playground.chip('Model').click();

  await pressOn(editor.button('Move conv2d_3'), 'ArrowDown');
  await expect(editor.row('conv2d_3')).toContainText('cannot be built');
  await expect(editor.row('dense_1')).toContainText('not reached');
  await page.keyboard.press('Escape');
  const refusal = { hasText: 'This cannot be built.' };
  const issue = playground.stage('conv2d_3').getByRole('alert').filter(refusal);
  await expect(issue).toContainText(/needs an input of height × width × channels/i);
  expect((await playground.stepOnce()).step).toBe(1);
  await issue.getByRole('button', { name: 'Move before flatten_1' }).click();
  await expect(issue).toHaveCount(0);
  await expect(playground.chip('Model')).toHaveText(/93,322/);

  await playground.chip('Model').click();
  await editor.button('Remove dense_2').click();
  await page.keyboard.press('Escape');
  const answer = page.getByRole('region', { name: 'Output' }).getByRole('alert').filter(refusal);
  await expect(answer).toContainText(/one probability per class/i);
  await answer.getByRole('button', { name: 'Add a dense layer with softmax' }).click();
  await expect(answer).toHaveCount(0);
  await expect(playground.chip('Model')).toHaveText(/93,322/);
});
