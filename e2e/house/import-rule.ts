/** The import rule of the architecture as one pure judgement over the edges between files. It reads no files. */
import type { Edge } from './imports.ts';

/** The house from the ground up: a file imports its own storey and those before it. */
const storeys = [
  'src/engine/shape/',
  'src/engine/model/',
  'src/engine/gpu/',
  'src/engine/layers/',
  'src/engine/training/',
  'src/engine/',
  'src/data/',
  'src/interop/',
  'src/worker/',
  'src/app/',
  'src/ui/',
  'src/lessons/',
];

const engine = ['src/engine/'];

/** What the rest of the house may import of the engine; of contract.ts, types. */
const enginePublic = ['src/engine/shape/', 'src/engine/model/', 'src/engine/index.ts', 'src/engine/error.ts'];

/** The engine's vocabulary: every part of the engine speaks it, so it may be imported from below. */
const engineVocabulary = ['src/engine/contract.ts', 'src/engine/error.ts'];

/** What a page may know of the worker. */
const workerDoors = ['src/worker/client.ts', 'src/worker/protocol.ts'];

const pages = ['src/ui/', 'src/lessons/'];

/** What a page may import: pages, the app, the worker's doors, arithmetic, models, and the data layer's words. */
const openToPages = [
  ...pages,
  'src/app/',
  ...workerDoors,
  'src/engine/shape/',
  'src/engine/model/',
  'src/data/dataset-types.ts',
];

const isIn = (path: string, places: readonly string[]): boolean => places.some((place) => path.startsWith(place));
const isSource = (path: string): boolean => path.startsWith('src/');
const isSpec = (path: string): boolean => path.endsWith('.spec.ts');
const isContractType = (path: string, isTypeOnly: boolean): boolean => path === 'src/engine/contract.ts' && isTypeOnly;
const isPackage = (path: string, name: string): boolean => path === name || path.startsWith(`${name}/`);

function storeyOf(path: string): number {
  return storeys.findIndex((storey) => path.startsWith(storey));
}

/** What each rule says of an edge that breaks it. */
export const sentences = {
  down: 'imports only go down',
  types: 'the engine’s vocabulary imports types only',
  private: 'the engine is private but for its index, contract (types), shape, model and error',
  data: 'data knows only types of the engine',
  doors: 'the worker is reached through its client and protocol',
  page: 'a page sees the app, the worker’s doors, engine/shape, engine/model and types of the contract',
  lit: 'lit is for ui and lessons',
  node: 'Node and Playwright are for specs',
};

export type RuleName = keyof typeof sentences;

/** Whether an edge breaks a rule. */
const isBroken: Readonly<Record<RuleName, (edge: Edge) => boolean>> = {
  down: ({ from, to }) =>
    isSource(to) && storeyOf(to) > storeyOf(from) && !(isIn(from, engine) && engineVocabulary.includes(to)),
  types: ({ from, to, isTypeOnly }) => engineVocabulary.includes(from) && !isTypeOnly && !engineVocabulary.includes(to),
  private: ({ from, to, isTypeOnly }) =>
    isIn(to, engine) && !isIn(from, engine) && !isIn(to, enginePublic) && !isContractType(to, isTypeOnly),
  data: ({ from, to, isTypeOnly }) => isIn(from, ['src/data/']) && isIn(to, engine) && !isTypeOnly,
  doors: ({ from, to }) => isIn(from, ['src/app/', ...pages]) && isIn(to, ['src/worker/']) && !workerDoors.includes(to),
  page: ({ from, to, isTypeOnly }) =>
    isIn(from, pages) && isSource(to) && !isIn(to, openToPages) && !isContractType(to, isTypeOnly),
  lit: ({ from, to }) => isPackage(to, 'lit') && !isIn(from, pages),
  node: ({ from, to }) => (to.startsWith('node:') || isPackage(to, 'playwright')) && !isSpec(from),
};

const ruleNames: readonly RuleName[] = ['down', 'types', 'private', 'data', 'doors', 'page', 'lit', 'node'];

function chartFiles(edges: readonly Edge[]): string[] {
  return [...new Set(edges.filter(({ to }) => isPackage(to, 'chart.js')).map(({ from }) => from))];
}

/** Every breach of the import rule, as `<file> → <import>: <rule>`; none when the house stands. */
export function judgeImports(edges: readonly Edge[]): string[] {
  const breaches = edges.flatMap((edge) =>
    ruleNames.filter((name) => isBroken[name](edge)).map((name) => `${edge.from} → ${edge.to}: ${sentences[name]}`),
  );
  const [, ...others] = chartFiles(edges);
  return [...breaches, ...others.map((from) => `${from} → chart.js: it is imported in one file only`)];
}

/** Files of src that stand in no storey of the house. */
export function homeless(paths: readonly string[]): string[] {
  return paths.filter((path) => storeyOf(path) < 0);
}
