/** An epoch's loss and accuracy: means over its examples, so that a short last batch counts for what it is. */
import type { StepMetrics } from '../contract.ts';

export class EpochMeans {
  #lossSum = 0;
  #correctSum = 0;
  #count = 0;

  add(step: Pick<StepMetrics, 'loss' | 'accuracy' | 'count'>): void {
    this.#lossSum += step.loss * step.count;
    this.#correctSum += step.accuracy * step.count;
    this.#count += step.count;
  }

  /** The means so far; the next epoch starts empty. */
  take(): { loss: number; accuracy: number } {
    const means = { loss: this.#lossSum / this.#count, accuracy: this.#correctSum / this.#count };
    this.#lossSum = this.#correctSum = this.#count = 0;
    return means;
  }
}
