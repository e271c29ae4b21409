/** The WGSL files as text, each after the shared files that its line `// needs: a, b` names. */

const files = import.meta.glob<string>('../../../shaders/*.wgsl', { query: '?raw', import: 'default', eager: true });

const sources = new Map(Object.entries(files).map(([path, text]) => [path.replace(/^.*\/|\.wgsl$/g, ''), text]));

/** Names of all shader files, without `.wgsl`. */
export const shaderNames: readonly string[] = [...sources.keys()];

/** The file's text behind the shared files it needs. @throws for an unknown name. */
export function shaderSource(name: string): string {
  const text = sources.get(name);
  if (text === undefined) throw new Error(`shaders: has no file ${name}.wgsl; it has ${shaderNames.join(', ')}.`);
  const needs = /^\/\/ needs: (.+)$/m.exec(text)?.[1]?.split(',') ?? [];
  return [...needs.map((need) => shaderSource(need.trim())), text].join('\n');
}
