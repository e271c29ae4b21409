/** The numbers of a sum as they are written: rounded so that what stands on the page adds up. Pure; writes no text. */
import type { SumToValue } from '../../app/explain/explanation.ts';
import { decimalsFor, roundAlone, roundTogether } from '../../app/explain/round-together.ts';

/** A sum as it is shown. */
export interface ShownSum {
  readonly decimals: number;
  /** Those listed, in their order. */
  readonly listed: readonly number[];
  /** Together; absent where all are listed. */
  readonly others: number | undefined;
  readonly sum: number;
  readonly bias: number | undefined;
  readonly total: number;
  readonly value: number;
}

/** 32-bit sums of some thousand products agree with 64-bit ones to about this share. */
const agreement = 1e-4;

/** @param listed contributions that are written one by one; the rest is written as one number. */
export function showSum(
  explanation: SumToValue & { readonly value: number },
  listed: readonly number[],
  hasOthers: boolean,
): ShownSum {
  const { sum, bias, total, value, softmax } = explanation;
  // A softmax's shares are judged beside its logits, which may be much larger.
  const decimals = decimalsFor([sum, bias ?? 0, total, ...listed, softmax ? 0 : value]);
  const exactTotal = isPassedOn(explanation) ? value : total;
  const others = hasOthers ? [sum - listed.reduce((all, part) => all + part, 0)] : [];
  const parts = [...listed, ...others, ...(bias === undefined ? [] : [bias])];
  const shown = roundTogether(parts, exactTotal, decimals);
  const round = (number: number): number => roundAlone(number, decimals);
  const shownTotal = round(exactTotal);
  const shownBias = bias === undefined ? undefined : (shown.at(-1) ?? 0);
  return {
    decimals,
    listed: shown.slice(0, listed.length),
    others: hasOthers ? shown[listed.length] : undefined,
    bias: shownBias,
    sum: round(shownTotal - (shownBias ?? 0)),
    total: shownTotal,
    value: round(value),
  };
}

/** Whether the activation leaves the number as it is, so that total and value must be written alike. */
function isPassedOn({ activation, total, value, activated }: SumToValue & { readonly value: number }): boolean {
  const isUnchanged = activation.name !== 'softmax' && activated === total;
  return isUnchanged && Math.abs(value - total) <= agreement * (1 + Math.abs(total));
}
