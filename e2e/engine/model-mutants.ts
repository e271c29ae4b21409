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
  const models = mutantModels(count, seed);
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
