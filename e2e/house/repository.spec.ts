/**
 * The plan: hold the repository's own files to the house rules that no compiler sees. Each judgement is first shown
 * something wrong, which it must name, and then the files themselves, of which it must name none.
 */
import { expect, test } from 'playwright/test';
import { filesBelow, readText } from './files.ts';
import * as house from './repository.ts';

const read = (paths: readonly string[]): house.TextFile[] => paths.map((path) => ({ path, text: readText(path) }));
const made = (text: string): house.TextFile[] => [{ path: 'src/made-up.ts', text }];

const sources = filesBelow('src').filter((path) => /\.(ts|css)$/.test(path));
const shaders = filesBelow('shaders');
const others = ['scripts', 'e2e', '.ci']
  .flatMap((folder) => filesBelow(folder))
  .filter((path) => !/\.(png|gz)$/.test(path));

test('shaders are named in kebab-case', () => {
  expect(
    house.misnamedShaders(['shaders/conv2d.wgsl', 'shaders/max-pool2d.wgsl', 'shaders/shared/fold-2d.wgsl']),
  ).toEqual([]);
  const wrong = ['shaders/Conv2d.wgsl', 'shaders/max_pool.wgsl', 'shaders/notes.txt', 'shaders/-a.wgsl'];
  expect(house.misnamedShaders(wrong)).toEqual(wrong);

  expect(shaders.length).toBeGreaterThan(0);
  expect(house.misnamedShaders(shaders)).toEqual([]);
});

test('no template writes a style attribute', () => {
  const wrong = ['html`<p style="color: red">`', 'html`<p style=${x}>`', "html`<p class=a style = 'b'>`"];
  for (const line of wrong) expect(house.styleAttributes(made(line))).toEqual(['src/made-up.ts:1']);
  expect(house.styleAttributes(made('const style = getComputedStyle(e);\nlet fontStyle="a";'))).toEqual([]);

  const pages = sources.filter((path) => /^src\/(ui|lessons)\/.*(?<!\.spec)\.ts$/.test(path));
  expect(pages.length).toBeGreaterThan(0);
  expect(house.styleAttributes(read([...pages, 'index.html']))).toEqual([]);
});

test('no file of src is longer than 300 lines', () => {
  expect(house.longFiles(made('a\n'.repeat(301)))).toEqual(['src/made-up.ts: 301 lines']);
  expect(house.longFiles(made('a\n'.repeat(300)))).toEqual([]);

  expect(house.longFiles(read(sources))).toEqual([]);
});

test('nothing is left for later', () => {
  for (const word of ['TO' + 'DO', 'FIX' + 'ME']) {
    expect(house.leftovers(made(`// ${word}: this`))).toEqual(['src/made-up.ts:1']);
  }
  expect(house.leftovers(made('// methodOfChoice, mastodons'))).toEqual([]);

  expect(house.leftovers(read([...sources, ...shaders, ...others]))).toEqual([]);
});

test('package.json pins every dependency to one version', () => {
  const wrong = { dependencies: { a: '^1.2.3', b: '1.2.3' }, devDependencies: { c: '*', d: '1.2', e: '1.0.0-rc.1' } };
  expect(house.loosePins(JSON.stringify(wrong))).toEqual(['a@^1.2.3', 'c@*', 'd@1.2']);

  expect(readText('package.json')).toContain('"devDependencies"');
  expect(house.loosePins(readText('package.json'))).toEqual([]);
});

test('the lock file names no host', () => {
  const wrong = '{ "packages": { "node_modules/a": { "resolved": "https://example.org/a.tgz" } } }';
  expect(house.lockedHosts(wrong)).toEqual(['https://example.org/a.tgz']);

  expect(readText('package-lock.json')).toContain('"integrity"');
  expect(house.lockedHosts(readText('package-lock.json'))).toEqual([]);
});
