/** Tells the page the numbers of one filter, whenever they have changed and a frame has been drawn. Reads through others. */
import type { FilterAddress } from '../engine/model/filter-bank.ts';
import type { Surroundings } from './feature.ts';

type Numbers = Float32Array<ArrayBuffer>;

/** Least time between two reads while training goes on. */
const restMs = 100;

export class FilterWatch {
  #address: FilterAddress | undefined;
  #told: Numbers | undefined;
  #isStale = false;
  #isReading = false;

  constructor(
    private readonly surroundings: Pick<Surroundings, 'report' | 'attempt' | 'loop'>,
    private readonly read: (address: FilterAddress) => Promise<Numbers | undefined>,
  ) {}

  get isOn(): boolean {
    return this.#address !== undefined;
  }

  /** Another filter, or none. */
  set(address: FilterAddress | undefined): void {
    this.#address = address;
    this.forget();
    this.refresh();
  }

  /** What was told is no longer what the page needs to know. */
  forget(): void {
    this.#told = undefined;
  }

  /** The numbers may have changed. */
  refresh(): void {
    this.#isStale = true;
    if (this.#address && !this.#isReading) this.surroundings.attempt(() => this.#readOn());
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#isStale && this.#address) {
        this.#isStale = false;
        await this.#tell(this.#address);
        if (this.surroundings.loop?.phase === 'training') await new Promise((resolve) => setTimeout(resolve, restMs));
      }
    } finally {
      this.#isReading = false;
    }
  }

  async #tell(address: FilterAddress): Promise<void> {
    const numbers = await this.read(address);
    if (!numbers || address !== this.#address || isSame(numbers, this.#told)) return;
    this.#told = numbers;
    this.surroundings.report({ type: 'filterNumbers', address, numbers });
  }
}

function isSame(a: Numbers, b: Numbers | undefined): boolean {
  return b?.length === a.length && a.every((value, i) => Object.is(value, b[i]));
}
