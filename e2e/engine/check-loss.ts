/** Holds one loss to the float64 reference: its gradients for a batch, its evaluation of a data set. Runs in a page. */
import type { Engine, NamedTensor } from '../../src/engine/index.ts';
import type { LossCase } from './loss-cases.ts';
import { compare, describe, relativeL2Limit } from './reference/compare.ts';
import { runFloat64 } from './reference/float64-reference.ts';
import { randomBytes, randomFloats, seededUniform } from './reference/seeded-random.ts';

/** A row whose control is not asked for has no reference of its own. */
export type LossCheck = Omit<LossCase, 'reference'> & Partial<Pick<LossCase, 'reference'>>;

const cells = 20;
const batchSize = 4;
/** Two whole batches and a short one. */
const examples = 11;

function targetsFor(kind: LossCase['targets'], width: number, next: () => number) {
  const labels = Uint8Array.from({ length: examples }, (_, i) => (i * 3 + 1) % width);
  if (kind === 'classes') return { labels };
  const value = { shares: () => next(), signs: () => (next() < 0.5 ? -1 : 1), floats: () => 4 * next() - 2 }[kind];
  return { targets: Float32Array.from({ length: examples * width }, value) };
}

/** The first of the largest in each row. */
function largestPlaces(rows: ArrayLike<number>, width: number): number[] {
  return Array.from({ length: rows.length / width }, (_, i) => {
    const row = Array.from({ length: width }, (_, k) => rows[i * width + k]!);
    return row.indexOf(Math.max(...row));
  });
}

const randomised = (tensors: readonly NamedTensor[], next: () => number): NamedTensor[] =>
  tensors.map(({ name, shape, data }) => ({ name, shape, data: randomFloats(data.length, next, 0.5) }));

/** What does not hold; empty when everything does. */
export async function checkLoss(
  engine: Engine,
  { loss, model, targets, reference = loss }: LossCheck,
): Promise<string[]> {
  const next = seededUniform(11);
  const network = await engine.compile(model, { batchSize, optimizer: { type: 'sgd' }, loss });
  const tensors = randomised(await network.getWeights(), next);
  network.setWeights(tensors);
  const weights = new Map(tensors.map(({ name, data }) => [name, data]));
  const width = network.model.layers.at(-1)?.outputShape[0] ?? 1;
  const images = randomBytes(examples * cells, next);
  const inputs = Float32Array.from(images, (byte) => byte / 255);
  const wanted = targetsFor(targets, width, next);
  const rows = wanted.targets ?? wanted.labels;
  const perExample = rows.length / examples;
  const failures: string[] = [];
  const hold = (what: string, actual: ArrayLike<number>, expected: ArrayLike<number>) => {
    const comparison = compare(what, actual, expected, { limit: relativeL2Limit, terms: 64 });
    if (!comparison.isClose) failures.push(describe(comparison));
  };

  const few = 3;
  const batch = [inputs.slice(0, few * cells), rows.slice(0, few * perExample)] as const;
  const gradients = await network.gradients(...batch);
  const kind = wanted.targets ? 'rows' : 'classes';
  const expected = runFloat64(model, weights, batch[0], batch[1], { loss: reference, targets: kind });
  hold('loss', [gradients.loss], [expected.loss]);
  hold('inputs gradient', gradients.inputs, expected.inputs);
  for (const { name, data } of gradients.weights) hold(`${name} gradient`, data, expected.weights.get(name) ?? []);

  const data = engine.upload({ images, shape: [examples, 5, 4, 1], classes: width, ...wanted });
  const evaluation = await network.evaluate(data);
  const all = runFloat64(model, weights, inputs, rows, { loss: reference, targets: kind, mode: 'inference' });
  hold('evaluated loss', [evaluation.loss], [all.loss]);
  const predicted = largestPlaces(await network.predict(inputs), width);
  const right = wanted.labels ? [...wanted.labels] : largestPlaces(rows, width);
  const confusion = new Uint32Array(width * width);
  right.forEach((label, i) => confusion[label * width + predicted[i]!]!++);
  hold('confusion', evaluation.confusion, confusion);
  hold('accuracy', [evaluation.accuracy], [right.filter((label, i) => label === predicted[i]).length / examples]);
  network.dispose();
  data.dispose();
  return failures;
}
