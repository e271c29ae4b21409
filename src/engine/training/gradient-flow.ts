/**
 * Who writes the gradient of which value. A value that one layer reads gets its gradient from that layer at once; one
 * that several read gets a part from each, which are then summed. Pure bookkeeping on the graph, no kernels.
 */
import type { LoweredModel } from '../layers/lower.ts';
import type { Op, Value } from '../layers/op.ts';

/** Somebody who contributes to a value's gradient. */
export type GradientWriter =
  | { readonly kind: 'loss' }
  | { readonly kind: 'penalty'; readonly index: number }
  | { readonly kind: 'op'; readonly op: Op; readonly index: number };

export interface ValueGradient {
  readonly value: Value;
  readonly writers: readonly GradientWriter[];
  /** True when the one writer writes the gradient itself; else its parts are summed, activation and pooling undone after it. */
  readonly isDirect: boolean;
}

export class GradientFlow {
  readonly #gradients = new Map<string, ValueGradient>();
  readonly #trained = new Set<string>();

  /** @param ops those the backward pass goes through, in forward order. */
  constructor(
    lowered: LoweredModel,
    readonly ops: readonly Op[],
  ) {
    this.#note(lowered.head, { kind: 'loss' });
    lowered.penalties.forEach(({ value }, index) => this.#note(value, { kind: 'penalty', index }));
    for (const op of ops) {
      op.sources.forEach((source, index) => this.#note(source, { kind: 'op', op, index }));
      if (op.weightGradient || op.sources.some(({ id }) => this.#trained.has(id))) this.#trained.add(op.result.id);
    }
  }

  of(value: Value): ValueGradient {
    const gradient = this.#gradients.get(value.id);
    if (!gradient) throw new Error(`${value.id}: must be read by a layer or by the loss.`);
    return gradient;
  }

  /** True when a weight stands before the value, so that training needs its gradient. */
  isTrained(value: Value): boolean {
    return this.#trained.has(value.id);
  }

  #note(value: Value, writer: GradientWriter): void {
    const writers = [...(this.#gradients.get(value.id)?.writers ?? []), writer];
    const op = writer.kind === 'op' ? writer.op : undefined;
    const leaves = op?.leavesActivation === true || op?.passesGradient === true;
    const undoesActivation = !leaves || value.activation.name === 'linear';
    const undoesPooling = !value.pooling || op?.unpoolsGradient === true;
    const isDirect = writers.length === 1 && undoesActivation && undoesPooling;
    this.#gradients.set(value.id, { value, writers, isDirect });
  }
}
