/** The built site as files: what a first visit's page asks for by static imports, and how large that is on its way. */
import { readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = resolve(import.meta.dirname, '../../dist');

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

/** Files that a module names in `import … from`, `export … from` or a bare `import`; not those of `import()`. */
function staticImports(text: string): string[] {
  return [
    ...text.matchAll(/(?:^|[;\n}])\s*(?:import|export)\s*(?:[^'"();]*?\sfrom\s*|[^'"();]*?from)?["'](\.[^"']+)["']/g),
  ].flatMap(([, path]) => path ?? []);
}

/** The scripts that index.html cannot do without, each once, with the files that they import statically. */
export function firstScripts(): readonly string[] {
  const html = read('index.html');
  const found = new Set<string>();
  const add = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const next of staticImports(read(path))) add(posix.join(dirname(path), next));
  };
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*(?:src|href)="\.?\/?([^"]+\.js)"/g)];
  for (const [, path] of named) if (path !== undefined) add(path);
  return [...found];
}

/** Bytes of these files together, each gzipped for itself, as a static host sends them. */
export function gzippedBytes(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path)), { level: 9 }).length, 0);
}

/** The page's own HTML. */
export function indexHtml(): string {
  return read('index.html');
}
