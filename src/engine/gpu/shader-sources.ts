/** The WGSL files as text, each after the shared files that its line `// needs: a, b` names. */

const files = import.meta.glob<string>('../../../shaders/*.wgsl', { query: '?raw', import: 'default', eager: true });

const sources = new Map(Object.entries(files).map(([path, text]) => [path.replace(/^.*\/|\.wgsl$/g, ''), text]));

/** Names of all shader files, without `.wgsl`. */
export const shaderNames: readonly string[] = [...sources.keys()];

/** The file's text behind the shared files it needs, each of which comes once. @throws for an unknown name. */
export function shaderSource(name: string): string {
  const texts = new Map<string, string>();
  collect(name, texts);
  return [...texts.values()].join('\n');
}

function collect(name: string, texts: Map<string, string>): void {
  if (texts.has(name)) return;
  const text = sources.get(name);
  if (text === undefined) throw new Error(`shaders: has no file ${name}.wgsl; it has ${shaderNames.join(', ')}.`);
  const needs = /^\/\/ needs: (.+)$/m.exec(text)?.[1]?.split(',') ?? [];
  for (const need of needs) collect(need.trim(), texts);
  texts.set(name, text);
}
