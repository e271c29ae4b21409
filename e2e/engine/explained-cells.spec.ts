/**
 * Plan: an explanation must lead to the value that the network has, whatever the layer. In Node, without a GPU: every network
 * of the tables is run in plain float64; of every layer some cells, corners among them, are read as the worker reads
 * them (cellReads on the reference's tensors) and explained as the page explains them. What the explanation comes to must be
 * the reference's number. Controls: a wrong bias and a patch one column off are noticed.
 */
import { expect, test } from 'playwright/test';
import { explainCell } from '../../src/app/explain/explain-cell.ts';
import type { CellExplanation } from '../../src/app/explain/explanation.ts';
import type { ModelConfig } from '../../src/engine/model/config.ts';
import type { ResolvedLayer } from '../../src/engine/model/resolved.ts';
import { boxSize, cellReads, type Box } from '../../src/worker/cell-reads.ts';
import type { CellNumbers } from '../../src/worker/protocol.ts';
import { resolved } from '../support/resolved-layers.ts';
import { layerCases, networkCases, titleOf } from './layer-cases.ts';
import { networkAround, randomInputs, randomWeights } from './network-around.ts';
import { runFloat64 } from './reference/float64-reference.ts';
import { countOf, planReference } from './reference/reference-plan.ts';
import { seededUniform } from './reference/seeded-random.ts';

/** The reference's numbers are rounded to 32 bits on their way; sums of some hundred products of about 1. */
const limit = 2e-5;
const cellsPerLayer = 9;

type Tensors = ReadonlyMap<string, ArrayLike<number>>;

function gathered(tensor: ArrayLike<number> | undefined, { first, counts, strides }: Box): Float32Array<ArrayBuffer> {
  const numbers: number[] = [];
  for (let i = 0; i < counts[0]; i++)
    for (let j = 0; j < counts[1]; j++)
      for (let k = 0; k < counts[2]; k++)
        numbers.push(tensor?.[first + i * strides[0] + j * strides[1] + k * strides[2]] ?? NaN);
  return Float32Array.from(numbers);
}

function cellsOf({ name, outputShape }: Pick<ResolvedLayer, 'name' | 'outputShape'>, next: () => number) {
  const cells = countOf(outputShape);
  const [height = 1, width = 1, channels = 1] = outputShape.length === 3 ? outputShape : [1, 1, cells];
  const draw = (size: number): number => Math.min(size - 1, Math.floor(((next() + 1) / 2) * size));
  const drawn = Array.from({ length: cellsPerLayer - 2 }, () => [draw(height), draw(width), draw(channels)]);
  return [[0, 0, 0], [height - 1, width - 1, channels - 1], ...drawn].map(([row = 0, column = 0, channel = 0]) => ({
    layer: name,
    row,
    column,
    channel,
  }));
}

/** What the explanation's own numbers come to. */
function outcomeOf(explanation: CellExplanation): number {
  switch (explanation.kind) {
    case 'pooling': {
      const { winner, values, sum, count } = explanation;
      return winner === undefined ? sum / count : (values[winner] ?? NaN);
    }
    case 'copy':
      return explanation.from?.value ?? 0;
    case 'mixture':
      return explanation.parts.reduce((sum, { value, share }) => sum + value * share, 0);
    case 'normalization':
      return explanation.normalized * explanation.gamma + explanation.beta;
    default:
      return explanation.activated;
  }
}

interface Explained {
  readonly layer: ResolvedLayer;
  readonly numbers: CellNumbers;
  readonly truth: number;
  readonly explanation: CellExplanation | undefined;
}

function explainSome(config: ModelConfig): readonly Explained[] {
  const model = resolved(config);
  const next = seededUniform(11);
  const weights: Tensors = new Map(randomWeights(planReference(config), next).map(({ name, data }) => [name, data]));
  const inputs = randomInputs(countOf(config.inputShape), next);
  const labels = new Array<number>(countOf(model.layers.at(-1)?.outputShape ?? [])).fill(0);
  const run = runFloat64(config, weights, inputs, labels, {
    mode: 'inference',
    loss: 'meanSquaredError',
    targets: 'rows',
  });
  const tensors: Tensors = new Map<string, ArrayLike<number>>([['input', inputs], ...run.activations]);
  return model.layers.flatMap((layer) =>
    cellsOf(layer, next).map((cell) => {
      const reads = cellReads(model, cell);
      if (!reads) throw new Error(`${layer.name}: its cells must be readable. Received ${JSON.stringify(cell)}.`);
      const outputs = gathered(tensors.get(layer.name), reads.outputs);
      const numbers: CellNumbers = {
        cell,
        step: 0,
        outputs,
        inputs: reads.inputs.map((box, source) =>
          box ? gathered(tensors.get(layer.inputs[source] ?? ''), box) : new Float32Array(),
        ),
        weights: Object.fromEntries(
          Object.entries(reads.weights).map(([name, box]) => [
            name,
            gathered(weights.get(`${layer.name}/${name}`), box),
          ]),
        ),
        hasAllChannels: reads.hasAllChannels,
      };
      const truth = outputs[boxSize(reads.outputs) === 1 ? 0 : cell.channel] ?? NaN;
      return { layer, numbers, truth, explanation: explainCell(model, numbers) };
    }),
  );
}

/** Cells whose explanation does not lead to their value. */
function wrongCells(config: ModelConfig): readonly string[] {
  return explainSome(config).flatMap(({ layer, numbers, truth, explanation }) => {
    const outcome = explanation ? outcomeOf(explanation) : NaN;
    const isRight = Math.abs(outcome - truth) <= limit * (1 + Math.abs(truth)) && explanation?.value === truth;
    return isRight ? [] : [`${layer.type} ${JSON.stringify(numbers.cell)}: ${outcome} is not ${truth}`];
  });
}

for (const row of layerCases) {
  test(titleOf(row), () => expect(wrongCells(networkAround(row.layer, row.inputShape))).toEqual([]));
}

for (const { title, config } of networkCases) {
  test(title, () => expect(wrongCells(config)).toEqual([]));
}

test('a softmax’s powers are those of its logits, and add up', () => {
  const config: ModelConfig = {
    inputShape: [4, 4, 2],
    layers: [{ type: 'flatten' }, { type: 'dense', units: 5, activation: 'softmax' }],
  };
  const [first] = explainSome(config).filter(({ layer }) => layer.type === 'dense');
  if (first?.explanation?.kind !== 'dense' || !first.explanation.softmax) throw new Error('dense: has a softmax.');
  const { softmax, total, cell } = first.explanation;
  expect(softmax.parts[cell.channel]?.logit).toBeCloseTo(total, 6);
  for (const { power, share } of softmax.parts) expect(power / softmax.powerSum).toBeCloseTo(share, 6);
});

test('controls: a wrong bias and a patch one column off are noticed', () => {
  const config = networkAround({ type: 'conv2d', filters: 3, kernelSize: 3, name: 'seen' }, [7, 7, 2]);
  const model = resolved(config);
  const own = explainSome(config).filter(({ layer }) => layer.name === 'seen');
  expect(own.length).toBe(cellsPerLayer);
  for (const { numbers, truth } of own) {
    const bias = Float32Array.from(numbers.weights['bias'] ?? [], (value) => value + 0.01);
    const biased = explainCell(model, { ...numbers, weights: { ...numbers.weights, bias } });
    const shifted = explainCell(model, { ...numbers, inputs: numbers.inputs.map((values) => values.toReversed()) });
    for (const wrong of [biased, shifted]) {
      if (!wrong) throw new Error('seen: it must be explained.');
      expect(Math.abs(outcomeOf(wrong) - truth)).toBeGreaterThan(1e-3);
    }
  }
});
