/**
 * Plan: what one reads under shaders/ is WGSL that compiles as it stands, and so is what a device gets. Every file, behind the
 * files it needs, with its own defaults, every entry point of it, specialised, and every text that the networks of the
 * tables need, tuned for a graphics card and for a software one: no error, no warning, no information. A control shows
 * that the compiler's messages are seen. The list (shader-gate.ts) is the one that Firefox's compiler is held to as well.
 */
import { expect, test, type Page } from 'playwright/test';
import { openEnginePage } from './open-engine-page.ts';
import type { NamedText } from './shader-gate.ts';

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await openEnginePage(browser);
});

test.afterAll(() => page.close());

const messagesOf = (texts: readonly NamedText[]): Promise<string[]> =>
  page.evaluate((texts) => proof.shaderGate.messagesOf(texts), texts);

test('the compiler is heard', async () => {
  expect(await messagesOf([['control', 'fn f() -> i32 { return 1; let x = 2; }']])).not.toEqual([]);
});

test('every file compiles as it stands', async () => {
  const texts = await page.evaluate(() => proof.shaderGate.fileTexts());
  expect(texts.length).toBeGreaterThan(10);
  expect(await messagesOf(texts)).toEqual([]);
});

test('every entry point compiles specialised', async () => {
  const texts = await page.evaluate(() => proof.shaderGate.entryTexts());
  expect(texts.length).toBeGreaterThan(15);
  expect(await messagesOf(texts)).toEqual([]);
});

for (const isSoftware of [true, false]) {
  test(`every text that the networks need on a ${isSoftware ? 'software' : 'hardware'} adapter compiles`, async () => {
    const texts = await page.evaluate((isSoftware) => proof.shaderGate.networkTexts(isSoftware), isSoftware);
    expect(texts.length).toBeGreaterThan(300);
    expect(await messagesOf(texts)).toEqual([]);
  });
}
