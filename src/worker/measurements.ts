/** Loss and accuracy on the validation and the test set, reported with the step they hold for. Knows no run. */
import type { Dataset, Network } from '../engine/index.ts';
import type { DataInUse } from './data-room.ts';
import type { Report } from './protocol.ts';

/** What is measured; every value is the present one. */
export interface Measured {
  readonly network: Network;
  readonly data: DataInUse;
  readonly stepsTaken: number;
  readonly epoch: number;
}

/** Who is told. */
export interface MeasurementListener {
  report(report: Report): void;
  onFailure(error: unknown): void;
}

export class Measurements {
  #testing: AbortController | undefined;

  constructor(
    private readonly measured: Measured,
    private readonly listener: MeasurementListener,
  ) {}

  async validate(): Promise<void> {
    try {
      await this.#measure('validation', this.measured.data.validation);
    } catch (error) {
      this.listener.onFailure(error);
    }
  }

  /** Measures the whole test set, unless `cancelTest` is called meanwhile. */
  async test(): Promise<void> {
    this.cancelTest();
    const testing = new AbortController();
    this.#testing = testing;
    try {
      await this.#measure('test', this.measured.data.test, testing.signal);
    } catch (error) {
      if (!testing.signal.aborted) this.listener.onFailure(error);
    }
  }

  cancelTest(): void {
    this.#testing?.abort();
  }

  async #measure(kind: 'validation' | 'test', data: Dataset, signal?: AbortSignal): Promise<void> {
    const { loss, accuracy } = await this.measured.network.evaluate(data, signal && { signal });
    const { stepsTaken, epoch } = this.measured;
    this.listener.report({ type: 'evaluated', kind, step: stepsTaken, epoch, loss, accuracy, count: data.size });
  }
}
