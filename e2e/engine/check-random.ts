/** Holds seeded random networks to the references. Runs in a page. */
import type { Engine } from '../../src/engine/index.ts';
import { checkNetwork } from './check-layer.ts';
import { randomModel } from './random-model.ts';

/** What does not hold in the networks of the seeds `first` to `last`, each failure with its seed. */
export async function checkRandomNetworks(engine: Engine, first: number, last: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let seed = first; seed <= last; seed++) {
    const { failures } = await checkNetwork(engine, randomModel(seed), { seed });
    found.push(...failures.map((failure) => `seed ${seed}: ${failure}`));
  }
  return found;
}
