/** Batch and layer normalization and dropout in float64, by their textbook formulas. Knows no activations. */
import { configOf, inputOf, sumOfRows, weightOf, type Float64Layer, type LayerCall } from './float64-layer.ts';
import { countOf } from './reference-plan.ts';
import { normalizedAxes } from './reference-weights.ts';

/** Numbers normalized together share a group; `groupOf(i)` says which. */
interface Grouping {
  readonly groups: number;
  readonly groupOf: (i: number) => number;
}

function meansOf(values: Float64Array, { groups, groupOf }: Grouping): Float64Array {
  const [sums, counts] = [new Float64Array(groups), new Float64Array(groups)];
  values.forEach((value, i) => {
    sums[groupOf(i)]! += value;
    counts[groupOf(i)]!++;
  });
  return sums.map((sum, group) => sum / counts[group]!);
}

interface Statistics {
  readonly mean: Float64Array;
  /** Of the whole population: divided by the count. */
  readonly variance: Float64Array;
}

function statisticsOf(values: Float64Array, grouping: Grouping): Statistics {
  const mean = meansOf(values, grouping);
  const squares = values.map((value, i) => (value - mean[grouping.groupOf(i)]!) ** 2);
  return { mean, variance: meansOf(squares, grouping) };
}

/** x̂ = (x − mean) / √(variance + ε); outputs x̂·gamma + beta, which repeat along the rows. */
function normalized(
  { weights }: LayerCall,
  values: Float64Array,
  { groupOf, groups }: Grouping,
  { mean, variance }: Statistics,
  { epsilon, width, dependsOnInputs }: { epsilon: number; width: number; dependsOnInputs: boolean },
) {
  const [gamma, beta] = [weights.get('gamma'), weights.get('beta')];
  const scale = variance.map((value) => 1 / Math.sqrt(value + epsilon));
  const centred = values.map((value, i) => (value - mean[groupOf(i)]!) * scale[groupOf(i)]!);
  const outputs = centred.map((value, i) => value * (gamma?.[i % width] ?? 1) + (beta?.[i % width] ?? 0));
  const backward = (outputsGrad: Float64Array) => {
    const centredGrad = outputsGrad.map((grad, i) => grad * (gamma?.[i % width] ?? 1));
    // What x̂ owes to mean and variance is taken out again: x̂ has mean 0 and length √count whatever x is.
    const grouping = { groups, groupOf };
    const meanGrad = meansOf(centredGrad, grouping);
    const along = meansOf(
      centredGrad.map((grad, i) => grad * centred[i]!),
      grouping,
    );
    const inputsGrad = centredGrad.map((grad, i) => {
      const group = groupOf(i);
      const owed = dependsOnInputs ? meanGrad[group]! + centred[i]! * along[group]! : 0;
      return scale[group]! * (grad - owed);
    });
    const grads: [string, Float64Array][] = [];
    if (gamma)
      grads.push([
        'gamma',
        sumOfRows(
          outputsGrad.map((grad, i) => grad * centred[i]!),
          width,
        ),
      ]);
    if (beta) grads.push(['beta', sumOfRows(outputsGrad, width)]);
    return { inputs: [inputsGrad], weights: new Map(grads) };
  };
  return { outputs, backward };
}

/** Over everything but the last axis; a frozen layer and inference use the moving statistics. */
export const batchNormalization: Float64Layer = (call) => {
  const { layer, isTraining } = call;
  const { epsilon = 0.001, momentum = 0.99, trainable = true } = configOf(call, 'batchNormalization');
  const width = layer.inputShape.at(-1) ?? 1;
  const values = inputOf(call);
  const grouping = { groups: width, groupOf: (i: number) => i % width };
  const moving = { mean: weightOf(call, 'moving_mean'), variance: weightOf(call, 'moving_variance') };
  const usesBatch = isTraining && trainable;
  const used = usesBatch ? statisticsOf(values, grouping) : moving;
  const moved = (before: Float64Array, now: Float64Array) =>
    usesBatch ? before.map((value, i) => value * momentum + now[i]! * (1 - momentum)) : before;
  return {
    ...normalized(call, values, grouping, used, { epsilon, width, dependsOnInputs: usesBatch }),
    statistics: new Map([
      ['moving_mean', moved(moving.mean, used.mean)],
      ['moving_variance', moved(moving.variance, used.variance)],
    ]),
  };
};

/** Over the last axes of every example; gamma and beta have their shape. */
export const layerNormalization: Float64Layer = (call) => {
  const { inputShape } = call.layer;
  const config = configOf(call, 'layerNormalization');
  const axes = normalizedAxes(config, inputShape.length);
  if (!axes.every((axis, i) => axis === inputShape.length - axes.length + i))
    throw new Error(`${call.layer.name}: axes are the last ones. Received axes=${axes.join()}.`);
  const width = countOf(axes.map((axis) => inputShape[axis] ?? 1));
  const values = inputOf(call);
  const grouping = { groups: values.length / width, groupOf: (i: number) => Math.floor(i / width) };
  const statistics = statisticsOf(values, grouping);
  return normalized(call, values, grouping, statistics, {
    epsilon: config.epsilon ?? 0.001,
    width,
    dependsOnInputs: true,
  });
};

/** In training what is kept is scaled by 1 / (1 − rate), the rest is zero; inference changes nothing. */
export const dropout: Float64Layer = (call) => {
  const { layer, examples, isTraining, keep } = call;
  const { type, rate } = configOf(call, 'dropout', 'spatialDropout2d');
  const values = inputOf(call);
  const cells = values.length / examples;
  const width = type === 'dropout' ? cells : (layer.inputShape.at(-1) ?? 1);
  const factors = values.map((_, i) => {
    if (!isTraining) return 1;
    return keep(layer.name, Math.floor(i / cells), (i % cells) % width) ? 1 / (1 - rate) : 0;
  });
  return {
    outputs: values.map((value, i) => value * factors[i]!),
    backward: (outputsGrad) => ({ inputs: [outputsGrad.map((grad, i) => grad * factors[i]!)] }),
  };
};
