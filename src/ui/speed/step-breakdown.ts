/** Where the time of a training step goes: its dispatches by layer and by kind of work. Pure; measures nothing. */
import type { ResolvedModel } from '../../engine/model/resolved.ts';
import { StepWork } from '../../engine/model/step-work.ts';
import type { DispatchProfile } from '../../engine/contract.ts';

/** What a dispatch is for. */
export type WorkKind = 'forward' | 'inputGradient' | 'weightGradient' | 'other';

/** In the order in which they are drawn. */
export const workKinds: readonly WorkKind[] = ['forward', 'inputGradient', 'weightGradient', 'other'];

export type KindTimes = Readonly<Record<WorkKind, number>>;

/** One layer, or what belongs to none. */
export interface BreakdownRow {
  readonly name: string;
  /** Layers that are computed together with it. */
  readonly others: readonly string[];
  /** Milliseconds. */
  readonly times: KindTimes;
  readonly ms: number;
  /** Floating-point operations of the layer's multiplications. */
  readonly flops: number;
}

export interface StepBreakdown {
  /** In the order of the model, then what belongs to no layer. */
  readonly rows: readonly BreakdownRow[];
  readonly times: KindTimes;
  readonly ms: number;
  readonly flops: number;
  readonly dispatchCount: number;
}

interface Share {
  readonly names: readonly string[];
  readonly kind: WorkKind;
  readonly ms: number;
  readonly flops: number;
}

const noTimes: KindTimes = { forward: 0, inputGradient: 0, weightGradient: 0, other: 0 };
const plainRows: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['batch', /^(gather|augment|weights cast)\b/],
  ['optimizer', /^(optimizer|weights)\b/],
  ['loss and metrics', /^/],
];

/** Undefined where the device has no clock. */
export function breakDown(
  model: ResolvedModel,
  batchSize: number,
  dispatches: readonly DispatchProfile[],
): StepBreakdown | undefined {
  if (dispatches.length === 0 || dispatches.some(({ ms }) => ms === undefined)) return undefined;
  const work = new StepWork(model, batchSize);
  const layerNames = new Set(model.layers.map(({ name }) => name));
  const shares = dispatches.flatMap((dispatch) => sharesOf(dispatch, work, layerNames));
  const order = [...layerNames, ...plainRows.map(([name]) => name)];
  const rows = order.flatMap((name) => rowOf(name, shares) ?? []);
  return { rows, ...totalOf(shares), dispatchCount: dispatches.length };
}

/** Dispatches that were merged share the time by their arithmetic; where none has any, evenly. */
function sharesOf({ label, ms = 0 }: DispatchProfile, work: StepWork, layerNames: ReadonlySet<string>): Share[] {
  const parts = label.split(' + ');
  const flops = parts.map((part) => work.of(part));
  const total = flops.reduce((sum, one) => sum + one, 0);
  return parts.flatMap((part, index) => {
    const own = flops[index] ?? 0;
    const share = {
      names: namesOf(part, layerNames),
      ms: total > 0 ? (ms * own) / total : ms / parts.length,
      flops: own,
    };
    if (!/ head$/.test(part)) return [{ ...share, kind: kindOf(part, share.names) }];
    // The last layer forward and its inputs' gradient, in one, are as much work each.
    const half = { ...share, ms: share.ms / 2, flops: share.flops / 2 };
    return [
      { ...half, kind: 'forward' as const },
      { ...half, kind: 'inputGradient' as const },
    ];
  });
}

/** The layers a label names, or the row that it belongs to without. */
function namesOf(label: string, layerNames: ReadonlySet<string>): readonly string[] {
  const layers = (label.match(/[\w-]+/g) ?? []).filter((word) => layerNames.has(word));
  if (layers.length > 0) return layers;
  return [plainRows.find(([, pattern]) => pattern.test(label))?.[0] ?? ''];
}

function kindOf(label: string, [name = '']: readonly string[]): WorkKind {
  if (plainRows.some(([row]) => row === name)) return 'other';
  if (/weightGradient|biasGradient|gradientParts|addGradients/i.test(label)) return 'weightGradient';
  if (/gradient|backward/i.test(label)) return 'inputGradient';
  return 'forward';
}

function rowOf(name: string, shares: readonly Share[]): BreakdownRow | undefined {
  const own = shares.filter(({ names }) => names[0] === name);
  if (own.length === 0) return undefined;
  const others = [...new Set(own.flatMap(({ names }) => names.slice(1)))];
  return { name, others, ...totalOf(own) };
}

function totalOf(shares: readonly Share[]): Pick<BreakdownRow, 'times' | 'ms' | 'flops'> {
  const times = { ...noTimes };
  let flops = 0;
  for (const share of shares) {
    times[share.kind] += share.ms;
    flops += share.flops;
  }
  return { times, ms: shares.reduce((sum, { ms }) => sum + ms, 0), flops };
}
