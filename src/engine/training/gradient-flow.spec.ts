/*
 * Plan. Small graphs made by hand: who writes the gradient of which value, where one writer suffices and where parts must be
 * summed, and behind which values there is nothing to train. Then seeded random graphs: every value's writers are exactly the
 * places that read it, and a value is trained exactly when a weight can be reached going back from it.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import type { LoweredModel } from '../layers/lower.ts';
import { plainValue, type Op, type Value } from '../layers/op.ts';
import { GradientFlow } from './gradient-flow.ts';

interface Kind {
  readonly hasWeights?: boolean;
  readonly passesGradient?: boolean;
  readonly leavesActivation?: boolean;
}

function opOf(layer: string, sources: readonly Value[], kind: Kind = {}, activation = 'linear'): Op {
  const result: Value = {
    ...plainValue(layer, [4]),
    activation: { name: activation === 'relu' ? 'relu' : 'linear', negativeSlope: 0 },
  };
  const { hasWeights = false, ...flags } = kind;
  return {
    layer,
    sources,
    result,
    ...flags,
    forward: () => [],
    inputGradient: () => [],
    ...(hasWeights && { weightGradient: { names: [`${layer}/kernel`], parts: () => 1, kernels: () => [] } }),
  };
}

const input = plainValue('input', [4]);

function flowOf(ops: readonly Op[], penalties: LoweredModel['penalties'] = []): GradientFlow {
  const head = ops.at(-1)?.result ?? input;
  const rest = { values: new Map(), isModeDependent: false };
  return new GradientFlow({ input, output: head, head, ops, penalties, ...rest }, ops);
}

test('in a chain everybody writes the gradient itself', () => {
  const first = opOf('first', [input], { hasWeights: true }, 'relu');
  const second = opOf('second', [first.result]);
  const flow = flowOf([first, second]);
  expect(flow.of(second.result)).toMatchObject({ isDirect: true, writers: [{ kind: 'loss' }] });
  expect(flow.of(first.result)).toMatchObject({ isDirect: true, writers: [{ kind: 'op', op: second, index: 0 }] });
  expect([input, first.result, second.result].map((value) => flow.isTrained(value))).toEqual([false, true, true]);
});

test('what two layers read, or a layer and a penalty, is a sum of parts', () => {
  const first = opOf('first', [input]);
  const left = opOf('left', [first.result], { hasWeights: true });
  const join = opOf('join', [left.result, first.result], { passesGradient: true });
  const flow = flowOf([first, left, join], [{ value: left.result, regularizer: { l1: 0, l2: 1 } }]);
  expect(flow.of(first.result)).toMatchObject({ isDirect: false, writers: [{ op: left }, { op: join, index: 1 }] });
  expect(flow.of(left.result)).toMatchObject({
    isDirect: false,
    writers: [{ kind: 'penalty', index: 0 }, { op: join }],
  });
  expect(flow.isTrained(first.result)).toBe(false);
  expect(flow.isTrained(join.result)).toBe(true);
});

test('a writer that leaves the activation alone is direct only where there is none', () => {
  for (const kind of [{ passesGradient: true }, { leavesActivation: true }]) {
    for (const activation of ['linear', 'relu']) {
      const first = opOf('first', [input], {}, activation);
      const second = opOf('second', [first.result], kind);
      expect(flowOf([first, second]).of(first.result).isDirect).toBe(activation === 'linear');
    }
  }
});

test('a value nobody reads is a programmer’s mistake', () => {
  expect(() => flowOf([opOf('first', [input])]).of(plainValue('lost', [4]))).toThrow('lost: must be read');
});

test('random graphs: writers are the readers, and trained is what a weight stands before', () => {
  const { below, between } = seededDraws(5);
  for (let round = 0; round < 200; round++) {
    const ops: Op[] = [];
    const values = [input];
    for (let index = 0; index < between(1, 15); index++) {
      const sources = Array.from({ length: between(1, 3) }, () => values[below(values.length)] ?? input);
      const op = opOf(`layer${index}`, sources, { hasWeights: below(3) === 0 });
      ops.push(op);
      values.push(op.result);
    }
    const flow = flowOf(ops);
    const trained = new Map<string, boolean>([['input', false]]);
    for (const op of ops) {
      const isBehind = op.sources.some(({ id }) => trained.get(id) === true);
      trained.set(op.result.id, isBehind || op.weightGradient !== undefined);
    }
    for (const value of values) {
      const reads = ops.flatMap((op) =>
        op.sources.flatMap(({ id }, index) => (id === value.id ? [{ op, index }] : [])),
      );
      expect(flow.isTrained(value)).toBe(trained.get(value.id));
      if (reads.length === 0 && value !== ops.at(-1)?.result) continue;
      const written = flow
        .of(value)
        .writers.flatMap((writer) => (writer.kind === 'op' ? [{ op: writer.op, index: writer.index }] : []));
      expect(written).toEqual(reads);
      expect(flow.of(value).isDirect).toBe(flow.of(value).writers.length === 1);
    }
  }
});
