/**
 * The plan: read the imports of every TypeScript file in src and judge them by the architecture's rule: imports only go
 * down. Control cases come first: the reader must see every kind of import, and the judgement must refuse a made-up
 * breach of each of its rules while it lets lawful neighbours pass, so that a clean verdict on src means something.
 */
import { expect, test } from 'playwright/test';
import { filesBelow, readText } from './files.ts';
import { homeless, judgeImports, sentences, type RuleName } from './import-rule.ts';
import { readEdges, type Edge } from './imports.ts';

const edge = (from: string, to: string, isTypeOnly = false): Edge => ({
  from: `src/${from}`,
  to: /^[a-z]+\/.*\.ts$/.test(to) ? `src/${to}` : to,
  isTypeOnly,
});

const refused: readonly (readonly [why: string, rule: RuleName, bad: Edge])[] = [
  ['the engine imports the data layer', 'down', edge('engine/index.ts', 'data/idx.ts')],
  ['shape imports model', 'down', edge('engine/shape/window.ts', 'engine/model/resolved.ts', true)],
  ['gpu imports a layer', 'down', edge('engine/gpu/device.ts', 'engine/layers/conv2d.ts')],
  ['layers import training', 'down', edge('engine/layers/conv2d.ts', 'engine/training/plan.ts')],
  ['training imports the face', 'down', edge('engine/training/plan.ts', 'engine/index.ts')],
  ['the contract imports a value', 'types', edge('engine/contract.ts', 'engine/shape/window.ts')],
  ['the worker imports a private part of the engine', 'private', edge('worker/worker.ts', 'engine/gpu/device.ts')],
  ['the app imports a value of the contract', 'private', edge('app/reduce.ts', 'engine/contract.ts')],
  ['data imports a value of the engine', 'data', edge('data/generated.ts', 'engine/index.ts')],
  ['the app imports the worker’s inside', 'doors', edge('app/store.ts', 'worker/worker.ts')],
  ['the app imports ui', 'down', edge('app/store.ts', 'ui/receptive-app.ts')],
  ['ui imports the engine’s face', 'page', edge('ui/stage-card.ts', 'engine/index.ts')],
  ['ui imports the engine’s layers', 'page', edge('ui/stage-card.ts', 'engine/layers/conv2d.ts', true)],
  ['ui imports a data parser', 'page', edge('ui/data-panel.ts', 'data/idx.ts')],
  ['ui imports a lesson', 'down', edge('ui/receptive-app.ts', 'lessons/convolution.ts')],
  ['a lesson imports the worker’s inside', 'doors', edge('lessons/convolution.ts', 'worker/worker.ts')],
  ['the app imports lit', 'lit', edge('app/store.ts', 'lit')],
  ['the app imports a part of lit', 'lit', edge('app/store.ts', 'lit/decorators.js')],
  ['the engine imports Node', 'node', edge('engine/gpu/device.ts', 'node:fs')],
  ['the app imports Playwright', 'node', edge('app/store.ts', 'playwright/test')],
];

const lawful: readonly Edge[] = [
  edge('engine/model/resolve.ts', 'engine/shape/window.ts'),
  edge('engine/gpu/device.ts', 'engine/error.ts'),
  edge('engine/layers/conv2d.ts', 'engine/contract.ts', true),
  edge('engine/contract.ts', 'engine/model/config.ts', true),
  edge('data/idx.ts', 'engine/contract.ts', true),
  edge('worker/worker.ts', 'engine/index.ts'),
  edge('worker/worker.ts', 'data/load.ts'),
  edge('app/store.ts', 'worker/client.ts'),
  edge('ui/stage-card.ts', 'engine/shape/window.ts'),
  edge('ui/stage-card.ts', 'engine/contract.ts', true),
  edge('ui/stage-card.ts', 'app/store.ts'),
  edge('ui/stage-card.ts', 'worker/protocol.ts', true),
  edge('ui/stage-card.ts', 'lit'),
  edge('ui/loss-chart.ts', 'chart.js'),
  edge('lessons/convolution.ts', 'ui/stage-card.ts'),
  edge('engine/shape/window.spec.ts', 'node:fs'),
];

test.describe('control: the judgement', () => {
  for (const [why, rule, bad] of refused) {
    test(`refuses that ${why}`, () => {
      expect(judgeImports([...lawful, bad])).toContain(`${bad.from} → ${bad.to}: ${sentences[rule]}`);
    });
  }

  test('has a refused case for every rule', () => {
    expect(new Set(refused.map(([, rule]) => rule))).toEqual(new Set(Object.keys(sentences)));
  });

  test('refuses a second file with chart.js', () => {
    expect(judgeImports([...lawful, edge('ui/other-chart.ts', 'chart.js/auto')])).toEqual([
      'src/ui/other-chart.ts → chart.js: it is imported in one file only',
    ]);
  });

  test('lets lawful imports pass', () => expect(judgeImports(lawful)).toEqual([]));

  test('sees a file outside every storey', () => {
    expect(homeless(['src/app/store.ts', 'src/loose.ts'])).toEqual(['src/loose.ts']);
  });
});

test('control: the reader sees every kind of import', () => {
  const text = `
    import a, { b } from './a.ts';
    import type { C } from '../data/c.ts';
    import { type D } from './d.ts';
    import './e.css';
    export * from './f.ts';
    export type { G } from './g.ts';
    import url from './h.ts?worker&url';
    const i = await import('./i.ts');
    let j: import('./j.ts').J;
    new Worker(new URL('./k.ts', import.meta.url));
    // import './comment.ts'
    const text = "import './string.ts'";
    import { html } from 'lit';
  `;
  const seen = readEdges('src/ui/x.ts', text).map(({ to, isTypeOnly }) => `${to}${isTypeOnly ? ' (types)' : ''}`);
  expect(seen).toEqual([
    'src/ui/a.ts',
    'src/data/c.ts (types)',
    'src/ui/d.ts',
    'src/ui/e.css',
    'src/ui/f.ts',
    'src/ui/g.ts (types)',
    'src/ui/h.ts',
    'src/ui/i.ts',
    'src/ui/j.ts (types)',
    'src/ui/k.ts',
    'lit',
  ]);
});

test('every import in src goes down', () => {
  const paths = filesBelow('src').filter((path) => path.endsWith('.ts'));
  expect(paths.length).toBeGreaterThan(10);
  expect(judgeImports(paths.flatMap((path) => readEdges(path, readText(path))))).toEqual([]);
  expect(homeless(paths)).toEqual([]);
});
