/*
 * Plan. The ladder of data as a person meets it when something is missing. Nothing on the site and no mirror: digits are
 * generated, the panel says of every rung what became of it, and a step can be trained. Files that are not MNIST's,
 * chosen or dropped: each gets a sentence with what it is and what was expected, and the data in use stay. A download
 * that hangs can be cancelled, and started again. A second visit takes the copy that the first one kept.
 */
import { expect, test } from 'playwright/test';
import type { Locator, Page, Route } from 'playwright/test';
import { gzipSync } from 'node:zlib';
import { mirrorUrl } from '../../src/data/mnist-files.ts';
import { patience, Playground } from './playground.ts';

const sitePattern = '**/data/mnist/**';
const mirrorPattern = `${new URL(mirrorUrl('train-images-idx3-ubyte')).origin}/**`;

async function blockMirror(page: Page): Promise<void> {
  await page.route(mirrorPattern, (route) => route.abort('internetdisconnected'));
}

async function emptySite(page: Page): Promise<void> {
  await page.route(sitePattern, (route) => route.fulfill({ status: 404, body: 'No such data file.' }));
}

/** The panel's line about one place. */
function rung(playground: Playground, title: string): Locator {
  return playground.panel('Data').getByRole('listitem').filter({ hasText: title });
}

/** An IDX file of labels, of a count that none of MNIST's has. */
function strangeLabels(count: number): Buffer {
  const bytes = Buffer.alloc(8 + count);
  bytes.writeUInt32BE(0x0801, 0);
  bytes.writeUInt32BE(count, 4);
  return bytes;
}

test.beforeEach(() => test.setTimeout(15 * 60_000));

test('without the site’s data and without the mirror, digits are generated', async ({ page }) => {
  await blockMirror(page);
  await emptySite(page);
  const playground = new Playground(page);
  await playground.openReady();
  await expect(playground.chip('Data')).toHaveText(/Generated\s+12,000/);
  await playground.chip('Data').click();
  await expect(rung(playground, 'Cached copy')).toContainText(/not available.*keeps no copy/s);
  await expect(rung(playground, 'This site')).toContainText(/not available.*404/s);
  await expect(rung(playground, 'Public mirror')).toContainText(/not available.*cdn\.jsdelivr\.net/s);
  await expect(rung(playground, 'Your files')).toContainText('The four MNIST files');
  await expect(rung(playground, 'Generated digits')).toContainText(/in use.*12,000 training and 2,000 test images/s);
  await expect(rung(playground, 'Generated digits')).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Escape');
  await expect(playground.dialog('Data')).toBeHidden();
  const { train } = await playground.stepOnce();
  expect(train).toBeGreaterThan(1);
});

test('files that are not MNIST’s are refused with what they are, and nothing is lost', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openReady();
  await playground.chip('Data').click();
  const verdicts = playground.panel('Data').getByRole('list', { name: 'Your files' }).getByRole('listitem');

  await playground
    .panel('Data')
    .getByLabel(/Drop MNIST files here/)
    .setInputFiles([
      { name: 'holiday.gz', mimeType: 'application/gzip', buffer: Buffer.from('This is no gzip file at all.') },
      { name: 't10k-labels-idx1-ubyte.gz', mimeType: 'application/gzip', buffer: gzipSync(strangeLabels(500)) },
    ]);
  await expect(verdicts).toHaveCount(2);
  await expect(verdicts.nth(0)).toContainText(/Refused\s+holiday\.gz: /);
  await expect(verdicts.nth(1)).toContainText(/Refused.*500 labels.*MNIST's test labels are 10,000 labels/s);

  const dropped = await page.evaluateHandle(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], 'cut.idx'));
      return transfer;
    },
    [...strangeLabels(500).subarray(0, 100)],
  );
  await playground.panel('Data').getByText('Drop MNIST files here').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(verdicts).toHaveCount(3);
  await expect(verdicts.nth(2)).toContainText(/Refused\s+cut\.idx: /);

  await expect(rung(playground, 'This site')).toContainText(/in use.*60,000 training and 10,000 test images/s);
  await expect(playground.chip('Data')).toHaveText(/MNIST\s+60,000/);
  await page.keyboard.press('Escape');
  expect((await playground.stepOnce()).step).toBe(1);
});

test('a download that hangs can be cancelled and started again, and the next visit takes its copy', async ({
  page,
}) => {
  const held: Route[] = [];
  for (const pattern of [sitePattern, mirrorPattern]) await page.route(pattern, (route) => void held.push(route));
  const playground = new Playground(page);
  await playground.open();
  await playground.chip('Data').click();
  const cancel = playground.panel('Data').getByRole('button', { name: 'Cancel' });
  await expect.poll(() => held.length, patience.start).toBeGreaterThan(0);
  await cancel.click();
  await expect(playground.panel('Data')).toContainText('Loading was cancelled.');
  await expect(playground.chip('Data')).toHaveText(/none/);
  await expect(playground.button('Train')).toBeDisabled();

  await page.unroute(sitePattern);
  await Promise.all(held.map((route) => route.abort().catch(() => undefined)));
  await playground.panel('Data').getByRole('button', { name: 'Start again' }).click();
  await expect(playground.chip('Data')).toHaveText(/MNIST\s+60,000/, patience.start);
  await expect(playground.button('Train')).toBeEnabled(patience.start);

  // The second visit.
  await blockMirror(page);
  await emptySite(page);
  await page.reload();
  await expect(playground.chip('Data')).toHaveText(/MNIST\s+60,000/, patience.start);
  await playground.chip('Data').click();
  await expect(rung(playground, 'Cached copy')).toContainText(/in use.*60,000 training and 10,000 test images/s);
});
