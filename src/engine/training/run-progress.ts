/** How far a network has been trained, which epoch comes next and at which of its steps it begins. Knows no GPU. */
import type { TrainingState } from '../contract.ts';

/** An epoch about to begin, or to go on. */
export interface EpochStart {
  /** From 0: the permutation to take the examples in. */
  readonly index: number;
  readonly stepsDone: number;
}

export class RunProgress {
  /** Steps since the initial weights. */
  steps = 0;
  #epochsBegun = 0;
  /** Where the epoch stands that was under way when the state put back was taken. */
  #underWay: Pick<TrainingState, 'exampleCount' | 'stepInEpoch'> | undefined;

  constructor(private readonly batchSize: number) {}

  /** Epochs begun since the initial weights. */
  get epochsBegun(): number {
    return this.#epochsBegun;
  }

  /** Back to the initial weights. */
  restart(): void {
    this.steps = 0;
    this.#epochsBegun = 0;
    this.#underWay = undefined;
  }

  /** The next epoch is the one that the state was taken in, unless that was over or the next data are others. */
  resume({ step, epochsBegun, exampleCount, stepInEpoch }: TrainingState): void {
    this.steps = step;
    this.#epochsBegun = epochsBegun;
    const isUnderWay = epochsBegun > 0 && stepInEpoch * this.batchSize < exampleCount;
    this.#underWay = isUnderWay ? { exampleCount, stepInEpoch } : undefined;
  }

  /** The epoch to make now, of so many examples. */
  beginEpoch(exampleCount: number): EpochStart {
    const underWay = this.#underWay;
    this.#underWay = undefined;
    if (underWay?.exampleCount === exampleCount) {
      return { index: this.#epochsBegun - 1, stepsDone: underWay.stepInEpoch };
    }
    return { index: this.#epochsBegun++, stepsDone: 0 };
  }
}
