/** Whether what was measured was training, and the same training for all. Pure judgements. */

/** What is known of a peer after its last round. */
export interface Trained {
  readonly title: string;
  /** Training losses of the first steps, all on the first batch, and one more of the same after the last round. */
  readonly firstLosses: readonly number[];
  readonly lossAfter: number;
  /** Cross-entropy of its outputs for the first batch after one step. */
  readonly predictedLoss: number;
  readonly haveWeightsChanged: boolean;
  readonly errors: readonly string[];
}

/** The same weights give the same loss, up to float32's sums in another order. */
const sameLoss = 1e-3;

/**
 * RMSprop's first step moves every weight by the sign of its gradient, so weights whose gradient is next to zero go either
 * way; the losses that follow may differ by a little more.
 */
const similarLoss = 5e-2;

const differs = (a: number, b: number, most: number): boolean => !(Math.abs(a - b) <= most * Math.abs(b));

function ownProblems({ title, firstLosses, lossAfter, haveWeightsChanged, errors }: Trained): string[] {
  const [before = NaN] = firstLosses;
  return [
    ...errors.map((error) => `${title}: nothing goes wrong in its page. Received error=${error}.`),
    ...(lossAfter < before
      ? []
      : [`${title}: training lowers the loss. Received before=${before}, after=${lossAfter}.`]),
    ...(haveWeightsChanged ? [] : [`${title}: training changes the weights. Received the first kernel as it was.`]),
  ];
}

/**
 * What is wrong with a peer's training beside Receptive's. The outputs after one step give the second step's loss, but
 * where batches are normalized (`isSameInInference` false) only what Receptive's outputs give.
 */
export function problemsOf(trained: Trained, receptive: Trained, isSameInInference: boolean): string[] {
  const { title, firstLosses, predictedLoss } = trained;
  const problems = ownProblems(trained);
  firstLosses.forEach((loss, step) => {
    const expected = receptive.firstLosses[step] ?? NaN;
    if (differs(loss, expected, step === 0 ? sameLoss : similarLoss)) {
      problems.push(
        `${title}: trains what Receptive trains. Received loss=${loss} for ${expected} in step ${step + 1}.`,
      );
    }
  });
  const [, second = NaN] = firstLosses;
  const [expected, most] = isSameInInference ? [second, sameLoss] : [receptive.predictedLoss, similarLoss];
  if (differs(predictedLoss, expected, most)) {
    problems.push(`${title}: its outputs are those it trains. Received loss=${predictedLoss} for ${expected}.`);
  }
  return problems;
}
