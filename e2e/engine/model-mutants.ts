/** Random changes of a valid model, and how the engine answers models that cannot be. Runs in a page. */
import { checkModel, EngineError, type Engine, type ModelIssue } from '../../src/engine/index.ts';
import { seededUniform } from './reference/seeded-random.ts';

type Json = Record<string, unknown>;

/** What must compile; every mutant starts from a copy of it. */
const valid: Json = {
  inputShape: [8, 9, 2],
  layers: [
    { type: 'conv2d', filters: 3, kernelSize: 3, strides: 1, padding: 'same', activation: 'relu', useBias: true },
    { type: 'maxPooling2d', poolSize: 2, padding: 'valid' },
    {
      type: 'conv2d',
      filters: 2,
      kernelSize: [2, 3],
      dilationRate: 1,
      kernelInitializer: { type: 'constant', value: 1 },
    },
    { type: 'averagePooling2d', poolSize: 2, strides: 1 },
    { type: 'activation', activation: 'leakyRelu', negativeSlope: 0.1 },
    { type: 'flatten' },
    { type: 'dense', units: 5, activation: 'tanh', biasInitializer: 'zeros' },
    { type: 'dense', units: 3, activation: 'softmax' },
  ],
};

const nonsense: readonly unknown[] = [
  ...[
    null,
    undefined,
    true,
    false,
    NaN,
    Infinity,
    -1,
    0,
    0.5,
    1,
    2,
    3,
    1e9,
    2 ** 53,
    '',
    '3',
    'same',
    'relu',
    'dense',
    'flatten',
  ],
  ...[
    [],
    {},
    [1],
    [2, 2],
    [1, 2, 3],
    [
      [1, 0],
      [2, 1],
    ],
    [[1], [2]],
    [NaN, 2],
    { type: 'zeros' },
    { type: 'constant' },
    ['input'],
  ],
  ...['__proto__', 'constructor', 'toString', Symbol.iterator.toString(), 10n, () => 1, new Map(), 'x'.repeat(10_000)],
];

const fields = [
  'type',
  'name',
  'inputs',
  'filters',
  'kernelSize',
  'strides',
  'padding',
  'dilationRate',
  'activation',
].concat([
  'negativeSlope',
  'useBias',
  'kernelInitializer',
  'biasInitializer',
  'poolSize',
  'units',
  'groups',
  '__proto__',
  'x',
]);

/** One to three changes of a copy of `valid`. */
function mutant(next: () => number): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(((next() + 1) / 2) * list.length)]!;
  // An earlier change may have left no layer, or nonsense in its place.
  const pickLayer = (): object => {
    const layer = layers.length > 0 ? pick(layers) : undefined;
    return typeof layer === 'object' && layer !== null ? layer : {};
  };
  const model = structuredClone(valid);
  const layers = Array.isArray(model['layers']) ? (model['layers'] as unknown[]) : [];
  const changes: readonly (() => void)[] = [
    () => Object.assign(pickLayer(), { [pick(fields)]: pick(nonsense) }),
    () => Object.assign(pickLayer(), { [pick(fields)]: pick(nonsense) }),
    () =>
      Object.defineProperty(pickLayer(), pick(fields), {
        value: pick(nonsense),
        enumerable: true,
        configurable: true,
        writable: true,
      }),
    () => Reflect.deleteProperty(pickLayer(), pick(fields)),
    () => layers.splice(layers.indexOf(pickLayer()), 1),
    () => layers.push({ ...pickLayer() }),
    () => layers.reverse(),
    () => layers.splice(layers.indexOf(pickLayer()), 1, pick(nonsense)),
    () => Object.assign(model, { [pick(['inputShape', 'layers', 'name', 'other'])]: pick(nonsense) }),
    () => Object.assign(model, { inputShape: [pick(nonsense), 9, 2] }),
  ];
  const count = 1 + Math.floor((next() + 1) * 1.5);
  for (let i = 0; i < count; i++) pick(changes)();
  return model;
}

// The point of these models is that TypeScript would refuse them.
const compileAny = (engine: Engine, model: unknown) =>
  engine.compile(model as Parameters<Engine['compile']>[0], { batchSize: 2, optimizer: { type: 'sgd' } });

/** For messages only; what JSON has no word for is written as text. */
function describeModel(model: unknown): string {
  const text: unknown = JSON.stringify(model, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  return typeof text === 'string' ? text.slice(0, 600) : typeof model;
}

/** What `checkModel` says to one mutant. */
export interface MutantAnswer {
  readonly model: string;
  readonly issues: readonly ModelIssue[];
  readonly thrown?: string;
}

function answerTo(model: unknown): MutantAnswer {
  try {
    return {
      model: describeModel(model),
      issues: checkModel(model).map(({ layer, code, message }) => ({ layer, code, message })),
    };
  } catch (error) {
    return { model: describeModel(model), issues: [], thrown: String(error) };
  }
}

async function buildOutcome(engine: Engine, model: unknown): Promise<string> {
  try {
    const network = await compileAny(engine, model);
    const inputs = new Float32Array(network.model.inputShape.reduce((a, b) => a * b, 1)).fill(0.5);
    const outputs = await network.predict(inputs);
    network.dispose();
    return outputs.length > 0 && outputs.every((value) => value >= 0) ? 'predicts' : `gives ${outputs.join()}`;
  } catch (error) {
    return String(error);
  }
}

/** What `checkModel` says to `count` mutants, and what becomes of the first `builds` it has no issue with. */
export async function checkMutants(
  engine: Engine,
  { count, builds, seed }: { readonly count: number; readonly builds: number; readonly seed: number },
): Promise<{
  readonly answers: readonly MutantAnswer[];
  readonly built: readonly { model: string; outcome: string }[];
}> {
  const next = seededUniform(seed);
  const models = Array.from({ length: count }, () => mutant(next));
  const answers = models.map(answerTo);
  const built: { model: string; outcome: string }[] = [];
  for (const [i, { issues, thrown, model }] of answers.entries())
    if (issues.length === 0 && thrown === undefined && built.length < builds)
      built.push({ model, outcome: await buildOutcome(engine, models[i]) });
  return { answers, built };
}

/** The issues of a model that cannot be, and the error that compiling it gives. */
export async function refusalOf(
  engine: Engine,
  model: unknown,
): Promise<{ readonly issues: readonly ModelIssue[]; readonly error: { code: string; message: string } | undefined }> {
  const issues = checkModel(model).map(({ layer, code, message }) => ({ layer, code, message }));
  try {
    (await compileAny(engine, model)).dispose();
    return { issues, error: undefined };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { issues, error: { code: error.code, message: error.message } };
  }
}
