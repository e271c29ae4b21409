/** How the engine answers models that cannot be, among them random changes of sound ones. Runs in a page. */
import { checkModel, EngineError, type Engine, type ModelIssue } from '../../src/engine/index.ts';
import { mutantModels } from './mutant-models.ts';

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

/** What `checkModel` says to one mutant, and `compile` to one that has issues. */
export interface MutantAnswer {
  readonly model: string;
  readonly issues: readonly ModelIssue[];
  /** What `checkModel` threw. */
  readonly thrown?: string;
  /** Absent where the engine was not asked, or compiled it. */
  readonly error?: { readonly code: string; readonly message: string };
}

function answerTo(model: unknown): MutantAnswer {
  try {
    return { model: describeModel(model), issues: issuesOf(model) };
  } catch (error) {
    return { model: describeModel(model), issues: [], thrown: String(error) };
  }
}

const issuesOf = (model: unknown): ModelIssue[] =>
  checkModel(model).map(({ layer, code, message }) => ({ layer, code, message }));

/** Compiles, asks and trains a model that has no issues. */
async function buildOutcome(engine: Engine, model: unknown): Promise<string> {
  try {
    const network = await compileAny(engine, model);
    const [height = 1, width = 1, channels = 1] = network.model.inputShape;
    const inputs = new Float32Array(height * width * channels).fill(0.5);
    const outputs = await network.predict(inputs);
    const images = Uint8Array.from({ length: 2 * inputs.length }, (_, at) => at % 256);
    const labels = Uint8Array.of(0, 0);
    const data = engine.upload({ images, labels, shape: [2, height, width, channels], classes: 1 });
    await network.fit(data, { epochs: 2 }).finished;
    const steps = network.stepCount;
    network.dispose();
    data.dispose();
    const isSound = outputs.length > 0 && outputs.every((value) => value >= 0) && steps > 0;
    return isSound ? 'predicts and trains' : `gives ${outputs.join()} and ${steps} steps`;
  } catch (error) {
    return String(error);
  }
}

/** What the engine says to `count` mutants, and what becomes of the first `builds` it has no issue with. */
export async function checkMutants(
  engine: Engine,
  { count, builds, seed }: { readonly count: number; readonly builds: number; readonly seed: number },
): Promise<{
  readonly answers: readonly MutantAnswer[];
  readonly built: readonly { model: string; outcome: string }[];
}> {
  const answers: MutantAnswer[] = [];
  const built: { model: string; outcome: string }[] = [];
  for (const model of mutantModels(count, seed)) {
    const answer = answerTo(model);
    const hasIssues = answer.issues.length > 0;
    const error = hasIssues ? await errorOf(engine, model) : undefined;
    answers.push({ ...answer, ...(error && { error }) });
    if (!hasIssues && answer.thrown === undefined && built.length < builds)
      built.push({ model: answer.model, outcome: await buildOutcome(engine, model) });
  }
  return { answers, built };
}

/** The error that compiling gives; one that is not the engine's own has the code `foreign`. */
async function errorOf(engine: Engine, model: unknown): Promise<MutantAnswer['error']> {
  try {
    (await compileAny(engine, model)).dispose();
    return undefined;
  } catch (error) {
    if (error instanceof EngineError) return { code: error.code, message: error.message };
    return { code: 'foreign', message: String(error) };
  }
}

/** The issues of a model that cannot be, and the error that compiling it gives. */
export async function refusalOf(
  engine: Engine,
  model: unknown,
): Promise<{ readonly issues: readonly ModelIssue[]; readonly error: MutantAnswer['error'] }> {
  return { issues: issuesOf(model), error: await errorOf(engine, model) };
}
