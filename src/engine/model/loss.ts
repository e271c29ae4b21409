/** LossConfig → its settings, and what a loss asks of the last layer. Computes no loss. */
import type { LossName } from './training-config.ts';
import { FieldReader, isRecord, show } from './field-reader.ts';
import type { ModelIssue } from './issue.ts';
import type { ResolvedLayer } from './resolved.ts';

const names: readonly LossName[] = [
  'sparseCategoricalCrossentropy',
  'categoricalCrossentropy',
  'meanSquaredError',
  'hinge',
  'categoricalHinge',
];

/** A loss with its defaults filled in. */
export interface ResolvedLoss {
  readonly type: LossName;
  /** True when a cross-entropy reads sums instead of probabilities. */
  readonly fromLogits: boolean;
  /** 0 ≤ labelSmoothing < 1; 0 for losses that are no cross-entropy. */
  readonly labelSmoothing: number;
}

/** What a network is trained by when nothing else is said. */
export const defaultLoss: ResolvedLoss = {
  type: 'sparseCategoricalCrossentropy',
  fromLogits: false,
  labelSmoothing: 0,
};

/** The loss, the default when absent; where something is broken, its default and issues under `loss`. Throws for nothing. */
export function resolveLoss(config: unknown): { readonly loss: ResolvedLoss; readonly issues: readonly ModelIssue[] } {
  const issues: ModelIssue[] = [];
  if (config === undefined) return { loss: defaultLoss, issues };
  const record = typeof config === 'string' ? { type: config } : config;
  if (!isRecord(record)) {
    const message = `loss: must be one of ${names.join(', ')}, or an object with a type. Received loss=${show(config)}.`;
    return { loss: defaultLoss, issues: [{ layer: 'loss', code: 'notAnObject', message }] };
  }
  const fields = new FieldReader('loss', record, issues);
  const type = fields.requiredOneOf('type', names, defaultLoss.type);
  const loss = isCrossEntropy(type)
    ? {
        type,
        fromLogits: fields.boolean('fromLogits', false),
        labelSmoothing: fields.number('labelSmoothing', 0, 'a number ≥ 0 and < 1', (x) => x >= 0 && x < 1),
      }
    : { type, fromLogits: false, labelSmoothing: 0 };
  if (issues.length === 0) fields.finish();
  return { loss, issues };
}

function isCrossEntropy(type: LossName): boolean {
  return type === 'sparseCategoricalCrossentropy' || type === 'categoricalCrossentropy';
}

/** The issue of a last layer whose outputs the loss cannot be computed from. */
export function outputIssue(last: ResolvedLayer, loss: ResolvedLoss): ModelIssue | undefined {
  const isFlat = last.outputShape.length === 1;
  const activation = 'activation' in last ? last.activation.name : undefined;
  const { rule, isMet, wanted } = demandOf(loss, activation);
  if (isFlat && isMet) return undefined;
  const received = `outputs=[${last.outputShape.join(', ')}]${activation ? `, activation=${activation}` : ''}`;
  const fix =
    isFlat && activation && wanted
      ? { label: `Use ${wanted}`, layer: last.name, field: 'activation', value: wanted }
      : undefined;
  return {
    layer: last.name,
    code: 'wrongOutput',
    message: `${last.name}: ${rule}. Received ${received}.`,
    ...(fix && { fix }),
  };
}

interface Demand {
  readonly rule: string;
  readonly isMet: boolean;
  /** The activation that would meet it. */
  readonly wanted?: 'softmax' | 'linear';
}

function demandOf(loss: ResolvedLoss, activation: string | undefined): Demand {
  if (!isCrossEntropy(loss.type))
    return { rule: `${loss.type} compares rows of numbers, so the last layer needs a flat output`, isMet: true };
  if (loss.fromLogits)
    return {
      rule: 'the loss takes logits, so the last layer needs a flat output and another activation than softmax',
      isMet: activation !== 'softmax',
      wanted: 'linear',
    };
  return {
    rule: 'the last layer must give one probability per class, so it needs a flat output and softmax',
    isMet: activation === 'softmax',
    wanted: 'softmax',
  };
}
