/** Filters that are frozen or switched off, and their numbers, for networks that will have them anew. Keeps no history. */
import type { Network } from '../engine/index.ts';
import { bankOf, cellCount, isSameBank, type FilterAddress, type FilterBank } from '../engine/model/filter-bank.ts';
import type { FilterAccess, FilterNumbers } from './filter-access.ts';
import type { FilterHold, HeldFilter } from './surgery-messages.ts';

/** What `Network.setFilterMask` means by its numbers. */
const maskValues = { frozen: 0, normal: 1, zeroed: 2 } as const;

interface Held {
  readonly bank: FilterBank;
  readonly filter: number;
  readonly hold: FilterHold;
  /** As they are, or as they will be when the filter is switched on again. */
  numbers: FilterNumbers;
}

const free: FilterHold = { isFrozen: false, isOff: false };

export class FilterHolds {
  readonly #held = new Map<string, Held>();

  /** In no particular order. */
  get list(): readonly HeldFilter[] {
    return [...this.#held.values()].map(({ bank, filter, hold }) => ({ weight: bank.weight, filter, ...hold }));
  }

  of(address: FilterAddress): FilterHold {
    return this.#held.get(keyOf(address))?.hold ?? free;
  }

  /** The numbers of a filter that is switched off, which will come back; undefined for others. */
  putBy(address: FilterAddress): FilterNumbers | undefined {
    const held = this.#held.get(keyOf(address));
    return held?.hold.isOff ? held.numbers.slice() : undefined;
  }

  /** Resolves when the hold is in force. */
  async set(network: Network, access: FilterAccess, bank: FilterBank, filter: number, hold: FilterHold): Promise<void> {
    const key = keyOf({ weight: bank.weight, filter });
    const numbers = this.#held.get(key)?.numbers ?? (await access.read(network, bank, filter));
    if (hold.isFrozen || hold.isOff) this.#held.set(key, { bank, filter, hold, numbers });
    else this.#held.delete(key);
    await this.#enforce(network, bank);
  }

  /** The person wrote numbers of a filter. */
  note(address: FilterAddress, places: Uint32Array, values: FilterNumbers): void {
    const held = this.#held.get(keyOf(address));
    if (held) places.forEach((place, i) => (held.numbers[place] = values[i] ?? 0));
  }

  /** Frozen filters have their numbers still, whatever became of the others. */
  rewriteFrozen(network: Network, access: FilterAccess): void {
    for (const held of this.#held.values()) if (!held.hold.isOff) write(network, access, held);
  }

  /** Takes note of numbers that others have written; those of filters at zero show for as long as that takes on the GPU. */
  async refresh(network: Network, access: FilterAccess): Promise<void> {
    for (const bank of this.#banks()) {
      const held = [...this.#held.values()].filter((one) => one.bank === bank);
      // No training step is submitted between these: none of them waits for the GPU.
      await this.#enforce(network, bank, true);
      const reading = held.map(({ filter }) => access.read(network, bank, filter));
      await this.#enforce(network, bank);
      const numbers = await Promise.all(reading);
      held.forEach((one, i) => (one.numbers = numbers[i] ?? one.numbers));
    }
  }

  /**
   * Holds the same filters of another network; `isBehind`: its weights are older than what is known here. Lets go of filters
   * that it does not have and tells their layers.
   */
  async restore(network: Network, access: FilterAccess, isBehind: boolean): Promise<readonly string[]> {
    const released = this.#release(network);
    const kept = [...this.#held.values()];
    const frozen = kept.filter(({ hold }) => !hold.isOff);
    for (const held of isBehind ? kept : kept.filter(({ hold }) => hold.isOff)) write(network, access, held);
    const reading = frozen.map(({ bank, filter }) => access.read(network, bank, filter));
    await Promise.all([...this.#banks()].map((bank) => this.#enforce(network, bank)));
    const numbers = await Promise.all(reading);
    // Steps may have been taken before the masks were in force.
    frozen.forEach((held, i) => {
      held.numbers = numbers[i] ?? held.numbers;
      write(network, access, held);
    });
    return released;
  }

  #release(network: Network): readonly string[] {
    const layers = new Set<string>();
    const entries = [...this.#held];
    this.#held.clear();
    const banks = new Map<string, FilterBank>();
    for (const [key, held] of entries) {
      const bank = banks.get(held.bank.weight) ?? bankOf(network.model, held.bank.weight);
      if (bank && isSameBank(bank, held.bank)) {
        banks.set(bank.weight, bank);
        this.#held.set(key, { ...held, bank });
      } else layers.add(held.bank.layer);
    }
    return [...layers];
  }

  #banks(): ReadonlySet<FilterBank> {
    return new Set([...this.#held.values()].map(({ bank }) => bank));
  }

  async #enforce(network: Network, bank: FilterBank, isRevealed = false): Promise<void> {
    const mask = new Uint8Array(bank.filters).fill(maskValues.normal);
    for (const held of this.#held.values()) {
      if (held.bank.weight !== bank.weight) continue;
      mask[held.filter] = held.hold.isOff && !isRevealed ? maskValues.zeroed : maskValues.frozen;
    }
    const wanted = mask.every((value) => value === maskValues.normal) ? undefined : mask;
    const names = [bank.weight, ...(bank.bias === undefined ? [] : [bank.bias])];
    await Promise.all(names.map((name) => network.setFilterMask(name, wanted)));
  }
}

function write(network: Network, access: FilterAccess, { bank, filter, numbers }: Held): void {
  const count = cellCount(bank) + (bank.bias === undefined ? 0 : 1);
  access.write(
    network,
    bank,
    filter,
    Uint32Array.from({ length: count }, (_, place) => place),
    numbers,
  );
}

function keyOf({ weight, filter }: FilterAddress): string {
  return `${weight}#${filter}`;
}
