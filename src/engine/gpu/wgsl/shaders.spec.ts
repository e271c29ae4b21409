/*
 * Plan. Each file under shaders/, behind the files it needs: every entry point specialises with the file's own defaults, keeps
 * no marker and no other entry point, closes its brackets, uses at most 8 storage buffers and 16 KiB of workgroup memory, as
 * WebGPU promises everywhere. Constants may differ from the defaults but never in name. Controls show that the counts bite.
 */
import { expect, test } from 'playwright/test';
import { entryPoints, namesUsed, shaderFile, shaderFiles, shaderText } from '../../../../e2e/support/shader-files.ts';
import { readBindings } from './bindings.ts';
import { evaluateConstant, type ConstantValue } from './expression.ts';
import { specialise, type ShaderConstants } from './specialise.ts';
import { closingBracket } from './text.ts';

const maxStorageBuffers = 8;
const maxWorkgroupBytes = 16 * 1024;
const maxLines = 500;

/** Constants by which a file differs from the one it needs, whoever uses it. */
const alwaysGiven: Readonly<Record<string, ShaderConstants>> = { head: { isHead: true } };

const bytesOfType: Readonly<Record<string, number>> = { f32: 4, i32: 4, u32: 4, vec2f: 8, vec4f: 16 };

/** Bytes of all `var<workgroup>` arrays; NaN for a type or size this cannot read. */
function workgroupBytes(text: string): number {
  const names = new Map<string, ConstantValue>();
  for (const [, name = '', value = ''] of text.matchAll(/^const (\w+)[^=;]*=([^;]*);/gm)) {
    const known = evaluateConstant(value, names);
    if (known !== undefined) names.set(name, known);
  }
  return [...text.matchAll(/var<workgroup>\s*\w+\s*:\s*(?:array<\s*(\w+)\s*,([^>]+)>)?/g)]
    .map(([, type = '', length = '']) => Number(evaluateConstant(length, names)) * (bytesOfType[type] ?? NaN))
    .reduce((sum, bytes) => sum + bytes, 0);
}

function storageBuffers(text: string, entryPoint: string): string[] {
  const storage = [...readBindings(text, 'text').values()].filter(({ type }) => type !== 'uniform');
  return namesUsed(
    text,
    entryPoint,
    storage.map(({ name }) => name),
  );
}

test('there are files, and the counts count', () => {
  expect(shaderFiles).toContain('conv2d-forward');
  expect(shaderFiles.flatMap((name) => entryPoints(shaderFile(name))).length).toBeGreaterThan(20);
  const made = `const workgroupSize = 64u;
    @group(0) @binding(0) var<storage, read> a: array<f32>;
    @group(0) @binding(1) var<storage, read> b: array<f32>;
    var<workgroup> sums: array<vec2f, workgroupSize * 2>;
    fn inner() -> f32 { return b[0]; }
    fn unused() -> f32 { return a[0]; }
    @compute fn main() { inner(); }`;
  expect(storageBuffers(made, 'main')).toEqual(['b']);
  expect(workgroupBytes(made)).toBe(1024);
});

for (const name of shaderFiles) {
  test(`${name}.wgsl is short, and its bindings have numbers of their own behind what it needs`, () => {
    expect(shaderFile(name).split('\n').length).toBeLessThanOrEqual(maxLines);
    expect(() => readBindings(shaderText(name), name)).not.toThrow();
  });

  for (const entryPoint of entryPoints(shaderFile(name))) {
    test(`${name}.wgsl: ${entryPoint} specialises by its defaults and keeps to the limits`, () => {
      const text = specialise(shaderText(name), entryPoint, alwaysGiven[name] ?? {});
      expect(text).not.toMatch(/@(unroll|short|once|registers|static)|\/\//);
      expect(entryPoints(text)).toEqual([entryPoint]);
      for (const match of text.matchAll(/[({[]/g)) closingBracket(text, match.index);
      expect(storageBuffers(text, entryPoint).length).toBeLessThanOrEqual(maxStorageBuffers);
      expect(workgroupBytes(text)).toBeLessThanOrEqual(maxWorkgroupBytes);
    });

    test(`${name}.wgsl: ${entryPoint} refuses a constant and a binding it does not have`, () => {
      const text = shaderText(name);
      expect(() => specialise(text, entryPoint, { tileHieght: 2 })).toThrow('a constant must be declared in the file');
      expect(() => specialise(text, `${entryPoint}s`, {})).toThrow('the entry point must be in the file');
    });
  }
}

test('needs names files that exist, each asked for once', () => {
  for (const name of shaderFiles) {
    const needs = /^\/\/ needs: (.+)$/m.exec(shaderFile(name))?.[1]?.split(/,\s*/) ?? [];
    expect(shaderFiles, name).toEqual(expect.arrayContaining(needs));
    expect(new Set(needs).size, name).toBe(needs.length);
  }
});
