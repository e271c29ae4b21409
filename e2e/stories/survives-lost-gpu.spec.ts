/*
 * Plan. Named to run last: a crash marks the whole browser that the other stories share. The browser may take the GPU away at any time. Here its GPU process is crashed in the middle of training: the page
 * says what happened, gets a GPU back by itself, draws the maps again and goes on training, without a reload.
 */
import { expect, test } from 'playwright/test';
import { patience, Playground } from './playground.ts';

test('a crashed GPU comes back and training goes on', async ({ page, browser }) => {
  test.setTimeout(15 * 60_000);
  const playground = new Playground(page);
  await playground.openReady();
  await playground.button('Train').click();
  const { step } = await playground.lossAfter(2);

  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess');

  await expect(page.getByRole('banner').getByRole('alert')).toContainText('gave it back', patience.work);
  await playground.lossAfter(step + 3);
  const colours = async (): Promise<number> => (await playground.look(playground.maps('conv2d_1'))).colours;
  await expect.poll(colours, patience.work).toBeGreaterThan(20);
  await playground.button('Pause').click();
  await expect(playground.status).toContainText('paused', patience.work);
});
