/**
 * Plan: what one reads under shaders/ is WGSL that compiles as it stands, and so is what a device gets. Every file, behind the
 * files it needs, with its own defaults, and every entry point of it, specialised: no error, no warning, no information.
 * A control shows that the compiler's messages are seen.
 */
import { expect, test, type Page } from 'playwright/test';
import type * as ShaderSources from '../../src/engine/gpu/shader-sources.ts';
import type * as Specialiser from '../../src/engine/gpu/wgsl/specialise.ts';
import { openEnginePage } from './open-engine-page.ts';

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await openEnginePage(browser);
});

test.afterAll(() => page.close());

/** What the compiler says of each text, `name: message`; empty when it says nothing. */
function messagesOf(texts: readonly (readonly [name: string, code: string])[]): Promise<string[]> {
  return page.evaluate(async (texts) => {
    const { device } = proof.engine;
    const said: string[] = [];
    for (const [name, code] of texts) {
      device.pushErrorScope('validation');
      const info = await device.createShaderModule({ code }).getCompilationInfo();
      await device.popErrorScope();
      said.push(...info.messages.map(({ type, lineNum, message }) => `${name}:${lineNum} ${type} ${message}`));
    }
    return said;
  }, texts);
}

test('the compiler is heard', async () => {
  expect(await messagesOf([['control', 'fn f() -> i32 { return 1; let x = 2; }']])).not.toEqual([]);
});

test('every file compiles as it stands', async () => {
  const texts = await page.evaluate(async () => {
    const path = '/src/engine/gpu/shader-sources.ts';
    const { shaderNames, shaderSource } = (await import(path)) as typeof ShaderSources;
    return shaderNames.map((name) => [name, shaderSource(name)] as const);
  });
  expect(texts.length).toBeGreaterThan(10);
  expect(await messagesOf(texts)).toEqual([]);
});

test('every entry point compiles specialised', async () => {
  const texts = await page.evaluate(async () => {
    const sources = '/src/engine/gpu/shader-sources.ts';
    const specialiser = '/src/engine/gpu/wgsl/specialise.ts';
    const { shaderNames, shaderSource } = (await import(sources)) as typeof ShaderSources;
    const { specialise } = (await import(specialiser)) as typeof Specialiser;
    return shaderNames.flatMap((name) => {
      const source = shaderSource(name);
      const entries = [...source.matchAll(/@compute\b[^{}]*?\bfn\s+(\w+)/g)].map((match) => match[1] ?? '');
      return entries.map((entry) => [`${name}.${entry}`, specialise(source, entry, {})] as const);
    });
  });
  expect(texts.length).toBeGreaterThan(15);
  expect(await messagesOf(texts)).toEqual([]);
});
