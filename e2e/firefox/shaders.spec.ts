/**
 * Plan: Firefox's WGSL compiler, naga, takes what Chromium's, Tint, takes: neither accepts a superset of the other's, and
 * students have both. The texts are those of e2e/engine/shaders.spec.ts, from the same list, and each must compile
 * without an error and without a warning. Here, where there is shader-f16, so must the half-precision forms. Controls show
 * that the compiler is heard.
 */
import { expect, test } from 'playwright/test';
import type { NamedText } from '../engine/shader-gate.ts';
import type { FirefoxPage } from '../support/firefox.ts';
import { openFirefoxPage } from './open-firefox-page.ts';

let firefox: FirefoxPage;

test.beforeAll(async () => {
  firefox = await openFirefoxPage();
});

test.afterAll(() => firefox.close());

const messagesOf = (texts: readonly NamedText[]): Promise<string[]> =>
  firefox.page.evaluate((texts) => proof.shaderGate.messagesOf(texts), texts);

test('the compiler is heard, and it is another one', async () => {
  expect(await messagesOf([['control', 'fn f() -> i32 { return 1u; }']])).not.toEqual([]);
  const onlyInTint = '@compute @workgroup_size(1) fn main(@builtin(global_invocation_index) i: u32) { _ = i; }';
  expect(await messagesOf([['Tint takes it', onlyInTint]])).not.toEqual([]);
});

test('every file compiles as it stands', async () => {
  const texts = await firefox.page.evaluate(() => proof.shaderGate.fileTexts());
  expect(texts.length).toBeGreaterThan(10);
  expect(await messagesOf(texts)).toEqual([]);
});

test('every entry point compiles specialised', async () => {
  const texts = await firefox.page.evaluate(() => proof.shaderGate.entryTexts());
  expect(texts.length).toBeGreaterThan(15);
  expect(await messagesOf(texts)).toEqual([]);
});

test('every entry point compiles in half precision', async () => {
  const texts = await firefox.page.evaluate(() => proof.shaderGate.halfTexts());
  expect(texts.length).toBeGreaterThan(10);
  expect(await messagesOf(texts)).toEqual([]);
});

for (const isSoftware of [true, false]) {
  test(`every text that the networks need on a ${isSoftware ? 'software' : 'hardware'} adapter compiles`, async () => {
    const texts = await firefox.page.evaluate((isSoftware) => proof.shaderGate.networkTexts(isSoftware), isSoftware);
    expect(texts.length).toBeGreaterThan(300);
    expect(await messagesOf(texts)).toEqual([]);
  });
}
