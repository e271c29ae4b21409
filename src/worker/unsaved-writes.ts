/** Numbers written into filters since the weights were last kept in memory, for the case that the GPU is lost. */
import type { Network } from '../engine/index.ts';
import { bankOf, isSameBank, type FilterBank } from '../engine/model/filter-bank.ts';
import type { FilterAccess, FilterNumbers } from './filter-access.ts';

interface Write {
  readonly bank: FilterBank;
  readonly filter: number;
  readonly places: Uint32Array;
  readonly values: FilterNumbers;
}

export class UnsavedWrites {
  #writes: Write[] = [];

  add(write: Write): void {
    this.#writes.push(write);
  }

  /** The weights are kept with them, or are others altogether. */
  clear(): void {
    this.#writes = [];
  }

  /** Writes them again, in their order, into a network whose weights are older. */
  replay(network: Network, access: FilterAccess): void {
    for (const { bank, filter, places, values } of this.#writes) {
      const own = bankOf(network.model, bank.weight);
      if (own && isSameBank(own, bank)) access.write(network, own, filter, places, values);
    }
  }
}
