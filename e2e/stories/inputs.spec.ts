/*
 * Plan. Everything that can become the chosen image, on the weights that ship with the app. Examples by class, forth, back and at
 * random. Sliders move the image and with it the answer's certainty; Reset brings the very same figure back, and the plot over all shifts
 * agrees. Pictures painted here are read as what they show: opened as a file, pasted, dropped; what is no picture is
 * refused in words. The camera is refused, then allowed: its picture becomes the input until it is stopped. The pad by keyboard alone:
 * pen, eraser, undo, redo. axe finds nothing to object to under any of the three tools.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { chosenLaunchOptions } from '../support/browser.ts';
import { patience, Playground, type Corner } from './playground.ts';

const launch = chosenLaunchOptions();
// A camera that needs no hardware: a moving test picture.
test.use({ launchOptions: { ...launch, args: [...(launch?.args ?? []), '--use-fake-device-for-media-stream'] } });

const one: readonly Corner[] = [
  [150, 40],
  [140, 260],
];
const seven: readonly Corner[] = [
  [60, 60],
  [220, 60],
  [120, 280],
];

/** A PNG of 300 × 320 pixels with one stroke on paper, in base64. */
function photoOf(page: Page, corners: readonly Corner[], ink: string, paper: string): Promise<string> {
  return page.evaluate(
    async ({ corners, ink, paper }) => {
      const canvas = new OffscreenCanvas(300, 320);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('canvas: it must have a context. Received none.');
      context.fillStyle = paper;
      context.fillRect(0, 0, 300, 320);
      context.strokeStyle = ink;
      context.lineWidth = 26;
      context.lineJoin = 'round';
      context.lineCap = 'round';
      for (const [x, y] of corners) context.lineTo(x, y);
      context.stroke();
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      return btoa(String.fromCharCode(...bytes));
    },
    { corners, ink, paper },
  );
}

/** Hands a file to the page as the clipboard or a dropping hand would. */
async function hand(page: Page, how: 'paste' | 'drop', base64: string): Promise<void> {
  const target = how === 'paste' ? page.locator('body') : page.getByRole('application', { name: 'Draw a digit' });
  await target.evaluate(
    (element, { how, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));
      const kind = { bubbles: true, composed: true, cancelable: true };
      element.dispatchEvent(
        how === 'paste'
          ? new ClipboardEvent('paste', { ...kind, clipboardData: transfer })
          : new DragEvent('drop', { ...kind, dataTransfer: transfer }),
      );
    },
    { how, base64 },
  );
}

/** The answer's certainty once the image chosen last has been painted. */
async function settledCertainty(playground: Playground): Promise<number> {
  let last = NaN;
  const isSteady = async (): Promise<boolean> => {
    const before = last;
    last = await playground.certainty();
    return last === before;
  };
  await expect.poll(isSteady, { ...patience.work, intervals: [1000] }).toBe(true);
  return last;
}

async function checkAccess(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => [id, target.flat().join(' '), html]),
  );
  expect(found.filter(([, place]) => place?.includes('input-column'))).toEqual([]);
}

test('an image from everywhere, and what moving it does', async ({ page, context }) => {
  test.setTimeout(10 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  const input = page.getByRole('region', { name: 'Input' });
  const tool = (name: string) => input.getByRole('radio', { name }).check({ force: true });
  await expect(input).toContainText('test image 0, labelled 7', patience.work);

  await test.step('examples of a class, forth, back and at random', async () => {
    await input.getByRole('combobox', { name: 'Examples of' }).selectOption('3');
    await expect(input).toContainText(/test image 18, labelled 3/, patience.work);
    await expect(playground.answer).toHaveText('3', patience.work);
    await playground.button('Next example').click();
    await expect(input).toContainText(/test image 30, labelled 3/);
    await playground.button('Previous example').click();
    await expect(input).toContainText(/test image 18, labelled 3/);
    await playground.button('Random example').click();
    await expect(input).not.toContainText('test image 18');
    await expect(input).toContainText(/labelled 3/);
    await input.getByRole('combobox', { name: 'Examples of' }).selectOption('any');
  });

  await test.step('a shift moves the answer, and Reset brings it back', async () => {
    const before = await settledCertainty(playground);
    await tool('Move');
    const right = input.getByRole('slider', { name: 'right', exact: true });
    await right.press('End');
    await expect(input.getByRole('button', { name: 'Reset: 14 px right' })).toBeVisible();
    await expect.poll(() => playground.certainty(), patience.work).not.toBe(before);
    await expect(input.getByRole('img', { name: /Lecture CNN is of 3 at shifts/ })).toBeVisible(patience.work);
    const accuracy = input.getByRole('group', { name: 'Accuracy at each shift' });
    await expect(accuracy).toContainText(/Right of \d+ test images/, patience.work);
    // The weights that ship know digits where they were, and few of them four pixels aside.
    const told = /Lecture CNN: ([\d.]+)\s?% at 0, ([\d.]+)\s?% at ±4 px/.exec((await accuracy.textContent()) ?? '');
    expect(Number(told?.[1])).toBeGreaterThan(95);
    expect(Number(told?.[2])).toBeLessThan(90);
    await checkAccess(page);
    await input.getByRole('button', { name: /^Reset/ }).press('Enter');
    await expect.poll(() => playground.certainty(), patience.work).toBe(before);
    await expect(right).toHaveJSProperty('value', '0');
  });

  await test.step('a file, the clipboard and a dropped picture are read', async () => {
    await tool('Photo');
    await checkAccess(page);
    const file = input.locator('input[type="file"]');
    const png = await photoOf(page, one, '#203080', '#f4efe0');
    await file.setInputFiles({ name: 'one.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
    await expect(input).toContainText('one.png');
    await expect(playground.answer).toHaveText('1', patience.work);
    await hand(page, 'paste', await photoOf(page, seven, '#fff', '#10241a'));
    await expect(input).toContainText('pasted picture');
    await expect(playground.answer).toHaveText('7', patience.work);
    await hand(page, 'drop', png);
    await expect(input).toContainText('dropped.png');
    await expect(playground.answer).toHaveText('1', patience.work);
    await file.setInputFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
    await expect(input.getByRole('alert')).toHaveText(/“letter.txt” is no picture/);
    await expect(playground.answer).toHaveText('1');
  });

  await test.step('the camera is refused, allowed and stopped', async () => {
    await playground.button('Camera').click();
    await expect(input.getByRole('alert')).toHaveText(/The camera was refused/, patience.work);
    await context.grantPermissions(['camera']);
    await playground.button('Camera').click();
    await expect(input.getByLabel('What the camera sees')).toBeVisible(patience.work);
    await expect(input.locator('p.example')).toHaveText('camera', patience.work);
    await playground.button('Stop camera').click();
    await expect(input.getByLabel('What the camera sees')).toBeHidden();
    await expect(playground.button('Camera')).toBeVisible();
  });

  await test.step('pen and eraser, back and forth, by keyboard alone', async () => {
    await tool('Draw');
    await playground.pad.focus();
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Shift+ArrowUp', 'Shift+ArrowUp', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
    await press('Shift+ArrowDown', 'Space');
    await expect(playground.answer).toHaveText('1', patience.work);
    const invitation = page.getByText('Draw a digit here');
    await expect(invitation).toBeHidden();
    await press('e', 'Space', 'Space');
    await expect(invitation).toBeVisible();
    await expect(playground.button('Eraser')).toHaveAttribute('aria-pressed', 'true');
    await press('Control+z');
    await expect(invitation).toBeHidden();
    await press('Control+y');
    await expect(invitation).toBeVisible();
    await playground.button('Undo').press('Enter');
    await expect(playground.answer).toHaveText('1', patience.work);
    await checkAccess(page);
  });
  expect(playground.complaints).toEqual([]);
});
