/** The WGSL files as Node reads them, as the app's own loader needs Vite: texts, entry points, and what they statically use. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Kernel } from '../../src/engine/gpu/kernel.ts';
import { specialise } from '../../src/engine/gpu/wgsl/specialise.ts';
import { closingBracket } from '../../src/engine/gpu/wgsl/text.ts';

const folder = resolve(import.meta.dirname, '../../shaders');

/** Names of the files under `shaders/`, without `.wgsl`. */
export const shaderFiles: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.wgsl'))
  .map((name) => name.slice(0, -'.wgsl'.length))
  .sort();

/** A file's text as it stands. */
export function shaderFile(name: string): string {
  return readFileSync(join(folder, `${name}.wgsl`), 'utf8');
}

/** A file's text behind the files its line `// needs: a, b` names, each of which comes once. */
export function shaderText(name: string): string {
  return [...textsOf(name, new Map()).values()].join('\n');
}

function textsOf(name: string, texts: Map<string, string>): Map<string, string> {
  if (texts.has(name)) return texts;
  const text = shaderFile(name);
  const needs = /^\/\/ needs: (.+)$/m.exec(text)?.[1]?.split(',') ?? [];
  for (const need of needs) textsOf(need.trim(), texts);
  return texts.set(name, text);
}

/** Names of the entry points of a text. */
export function entryPoints(text: string): string[] {
  return [...text.matchAll(/@(?:compute|vertex|fragment)\b[^{}]*?\bfn\s+(\w+)\s*\(/g)].map((match) => match[1] ?? '');
}

/** What a device would get for a kernel. */
export function compiledText(
  kernel: Pick<Kernel, 'shader' | 'entryPoint' | 'constants'> & { workgroupSize: number },
): string {
  const constants = { ...kernel.constants, workgroupSize: kernel.workgroupSize };
  return specialise(shaderText(kernel.shader), kernel.entryPoint, constants);
}

/** Those of `names` that the entry point mentions, itself or in a function that it calls. */
export function namesUsed(text: string, entryPoint: string, names: readonly string[]): string[] {
  const bodies = new Map<string, string>();
  for (const match of text.matchAll(/\bfn\s+(\w+)\s*\(/g)) {
    const open = text.indexOf('{', closingBracket(text, match.index + match[0].length - 1));
    bodies.set(match[1] ?? '', text.slice(open, closingBracket(text, open)));
  }
  const reached = new Set([entryPoint]);
  for (const name of reached) {
    for (const call of (bodies.get(name) ?? '').matchAll(/(?<![\w.])(\w+)\s*\(/g)) {
      if (bodies.has(call[1] ?? '')) reached.add(call[1] ?? '');
    }
  }
  const all = [...reached].map((name) => bodies.get(name) ?? '').join('\n');
  return names.filter((name) => new RegExp(`(?<![\\w.])${name}\\b`).test(all));
}
