/** What is known of a network's tunable kernels, for the tuner to change and everybody else to watch. Measures nothing. */
import type { TunedKernel, TuningChoices, TuningRecord } from '../../contract.ts';
import { waysOf } from '../../gpu/kernel-ways.ts';
import type { Kernel } from '../../gpu/kernel.ts';

export class TunedKernels {
  readonly #states = new Map<string, TunedKernel>();
  readonly #kernels = new Map<string, Kernel>();

  /** @param kernels all that a training step runs; those that can go one way only are left out. */
  constructor(
    kernels: readonly Kernel[],
    private readonly onChange: (all: readonly TunedKernel[]) => void,
  ) {
    for (const kernel of kernels) if (kernel.tuning) this.#add(kernel, kernel.tuning.key, kernel.tuning.choice);
  }

  get all(): readonly TunedKernel[] {
    return [...this.#states.values()];
  }

  get choices(): TuningChoices {
    return Object.fromEntries(this.all.map(({ key, choice }) => [key, choice]));
  }

  get waiting(): readonly string[] {
    return this.all.filter(({ state }) => state === 'waiting').map(({ key }) => key);
  }

  /** One of the key's kernels; all of them do the same work. */
  kernel(key: string): Kernel {
    const kernel = this.#kernels.get(key);
    if (!kernel) throw new Error(`tuning: a key must be one of the network's. Received key=${key}.`);
    return kernel;
  }

  state(key: string): TunedKernel {
    const state = this.#states.get(key);
    if (!state) throw new Error(`tuning: a key must be one of the network's. Received key=${key}.`);
    return state;
  }

  change(key: string, change: Partial<Omit<TunedKernel, 'key' | 'labels' | 'ways'>>): void {
    this.#states.set(key, { ...this.state(key), ...change });
    this.onChange(this.all);
  }

  refuse(key: string, choice: string, reason: string): void {
    this.change(key, { refusals: [...this.state(key).refusals, { choice, reason }] });
  }

  /** True when what was measured another time still says which way to go. */
  accepts(key: string, record: TuningRecord): boolean {
    const { ways } = this.state(key);
    const isSame = ways.length === record.ways.length && ways.every((way, index) => way === record.ways[index]);
    return isSame && ways.includes(record.choice);
  }

  /** As measured now or another time. */
  settle(key: string, record: TuningRecord): void {
    const { choice, defaultMs, choiceMs } = record;
    this.change(key, { state: 'measured', choice, defaultMs, choiceMs, tried: this.state(key).ways.length - 1 });
  }

  /** Nothing is known of it, and it goes its default way. */
  forget(key: string): void {
    const { labels, ways, choice } = this.state(key);
    this.#states.set(key, fresh(key, labels, ways, ways[0] ?? choice));
    this.onChange(this.all);
  }

  #add(kernel: Kernel, key: string, choice: string): void {
    const known = this.#states.get(key);
    const labels = [...new Set([...(known?.labels ?? []), kernel.label])];
    if (!known) this.#kernels.set(key, kernel);
    const ways = known?.ways ?? waysOf(kernel).map((way) => way.choice);
    this.#states.set(key, fresh(key, labels, ways, choice));
  }
}

function fresh(key: string, labels: readonly string[], ways: readonly string[], choice: string): TunedKernel {
  return { key, labels, state: 'waiting', ways, choice, tried: 0, refusals: [] };
}
