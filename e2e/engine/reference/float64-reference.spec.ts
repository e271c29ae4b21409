/**
 * Plan: the float64 reference is what the engine is measured with where TensorFlow.js has no answer, so it must be
 * right itself. In Node, without a GPU:
 * 1. every gradient it gives agrees with central differences of its own loss, for every layer, option, loss and
 *    regularizer, by every trainable weight and by the inputs, within PyTorch's gradcheck tolerances;
 * 2. its outputs, loss and gradients agree with TensorFlow.js on everything TensorFlow.js can do and does right;
 * 3. the fast filter gradient that the lecture's network needs is TensorFlow.js's slow one;
 * 4. the controls: a gradient with one wrong value is noticed, a model is refused that TensorFlow.js would get wrong.
 */
import { expect, test } from 'playwright/test';
import { compare } from './compare.ts';
import { runFloat64, type ReferenceRun } from './float64-reference.ts';
import { modelAround, referenceCases, type ReferenceCase } from './reference-cases.ts';
import { countOf, planReference } from './reference-plan.ts';
import { randomFloats, seededUniform } from './seeded-random.ts';
import { withComposedFilterGradient } from './tfjs-filter-gradient.ts';
import { hasTfjsGradients, hasTfjsOutputs, runTfjs } from './tfjs-reference.ts';

/** TensorFlow.js computes in float32: √K·2⁻²⁴ for sums of K ≤ 500 products, through three layers. */
const tfjsLimit = 4e-6;
/** torch.autograd.gradcheck: a central difference with step 1e-6 errs by rounding 1e-16/1e-6 and by the curvature. */
const differenceStep = 1e-6;
const absoluteLimit = 1e-5;
const relativeLimit = 1e-3;

const examples = 3;
const classLabels = [1, 2, 0];
/** No distributions, so that what is not normalized shows. */
const targetRows = [0.2, 1.1, -0.4, 0.9, 0, 0.3, -1, 0.5, 0.7];

function prepared({ config, targets = 'classes' }: ReferenceCase) {
  const next = seededUniform(7);
  const specs = planReference(config).flatMap(({ weights }) => weights);
  const weights = new Map(
    specs.map(({ name, role, shape }) => {
      const values = Float64Array.from(randomFloats(countOf(shape), next));
      // No variance is negative, and the square root of one near 0 has no difference quotient.
      return [name, role === 'moving_variance' ? values.map((value) => 1.5 + value) : values];
    }),
  );
  const inputs = Float64Array.from(randomFloats(examples * countOf(config.inputShape), next));
  return { weights, inputs, labels: targets === 'rows' ? targetRows : classLabels };
}

/** Central differences of the loss by each value of `values`, which is changed and put back. */
function differences(values: Float64Array, lossOf: () => number): Float64Array {
  return values.map((value, i) => {
    values[i] = value + differenceStep;
    const above = lossOf();
    values[i] = value - differenceStep;
    const below = lossOf();
    values[i] = value;
    return (above - below) / (2 * differenceStep);
  });
}

/** Numbers of `gradient` that gradcheck would refuse. */
function wrongNumbers(gradient: ArrayLike<number>, measured: Float64Array): readonly number[] {
  const isClose = (i: number) =>
    Math.abs(gradient[i]! - measured[i]!) <= absoluteLimit + relativeLimit * Math.abs(measured[i]!);
  return Array.from(measured.keys()).filter((i) => !isClose(i));
}

/** About half, by a rule of thumb that no axis of the table divides. */
const keep = (_layer: string, example: number, cell: number): boolean => (example * 31 + cell * 17) % 5 < 3;

function gradientsOf(run: ReferenceRun): [string, ArrayLike<number>][] {
  return [...run.weights, ['inputs', run.inputs]];
}

for (const row of referenceCases) {
  test(`float64 gradients are the loss's central differences: ${row.title}`, () => {
    const { weights, inputs, labels } = prepared(row);
    const run = () => runFloat64(row.config, weights, inputs, labels, { ...row, keep });
    const first = run();
    const gradients = [...gradientsOf(first), ...first.frozenWeights];
    const specs = planReference(row.config).flatMap((layer) => layer.weights);
    const trainable = specs.filter(({ isTrainable }) => isTrainable).map(({ name }) => name);
    expect(gradientsOf(first).map(([name]) => name)).toEqual([...trainable, 'inputs']);
    for (const [name, gradient] of gradients) {
      const measured = differences(weights.get(name) ?? inputs, () => run().loss);
      expect(wrongNumbers(gradient, measured), name).toEqual([]);
      expect(gradient.length, name).toBe(measured.length);
    }
  });

  if (!hasTfjsOutputs(row.config)) continue;
  test(`float64 agrees with TensorFlow.js: ${row.title}`, async () => {
    const { weights, inputs, labels } = prepared(row);
    const ours = runFloat64(row.config, weights, inputs, labels, row);
    const theirs = await runTfjs(row.config, weights, inputs, labels, row);
    expect([...theirs.activations.keys()]).toEqual([...ours.activations.keys()]);
    for (const [name, values] of ours.activations)
      expect(compare(name, theirs.activations.get(name) ?? [], values, { limit: tfjsLimit }), name).toMatchObject({
        isClose: true,
      });
    expect(Math.abs(ours.loss - theirs.loss) / Math.max(ours.loss, 1)).toBeLessThan(tfjsLimit);
    expect(theirs.weights.size).toBe(hasTfjsGradients(row.config) ? ours.weights.size : 0);
    if (!hasTfjsGradients(row.config)) return;
    const theirGradients = new Map(gradientsOf(theirs));
    for (const [name, values] of gradientsOf(ours))
      expect(compare(name, theirGradients.get(name) ?? [], values, { limit: tfjsLimit }), name).toMatchObject({
        isClose: true,
      });
  });
}

const reluConvolution: ReferenceCase = {
  title: 'a convolution',
  config: modelAround({ type: 'conv2d', filters: 3, kernelSize: [2, 3], activation: 'relu' }),
};

test('the composed filter gradient is TensorFlow.js’s own', async () => {
  const { weights, inputs, labels } = prepared(reluConvolution);
  const run = () => runTfjs(reluConvolution.config, weights, inputs, labels);
  const [own, composed] = [await run(), await withComposedFilterGradient(run)];
  for (const [name, values] of own.weights) {
    const comparison = compare(name, composed.weights.get(name) ?? [], values, { limit: tfjsLimit });
    expect(comparison, name).toMatchObject({ isClose: true });
  }
  expect(await run()).toEqual(own);
});

test('control: one wrong gradient value in a hundred is noticed by both comparisons', () => {
  const { weights, inputs, labels } = prepared(reluConvolution);
  const run = () => runFloat64(reluConvolution.config, weights, inputs, labels);
  const gradient = run().inputs;
  const measured = differences(inputs, () => run().loss);
  const largest = gradient.reduce((best, value, i) => (Math.abs(value) > Math.abs(gradient[best]!) ? i : best), 0);
  const wrong = Float64Array.from(gradient);
  wrong[largest]! *= 1.01;
  expect(wrongNumbers(gradient, measured)).toEqual([]);
  expect(wrongNumbers(wrong, measured)).toEqual([largest]);
  wrong[largest] = gradient[largest]! * 1.0001;
  expect(compare('inputs', wrong, gradient, { limit: tfjsLimit }).isClose).toBe(false);
});
