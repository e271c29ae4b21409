/** Where a network's first weights come from: the file that ships with the app, or the network before. */
import type { NamedTensor, Network } from '../engine/index.ts';
import { readSafetensors } from '../interop/safetensors.ts';

/** None when they cannot be had, for whatever reason: the network then starts from its seed. */
export async function fetchShippedWeights(url: string): Promise<readonly NamedTensor[]> {
  try {
    const response = await fetch(url);
    return response.ok ? readSafetensors(await response.arrayBuffer()) : [];
  } catch {
    return [];
  }
}

/** Gives a network the tensors whose name and shape it has; `isWhole`: it wants no others. */
export function takeOver(
  network: Network,
  tensors: readonly NamedTensor[],
): { kept: readonly NamedTensor[]; isWhole: boolean } {
  const specs = new Map(network.model.layers.flatMap((layer) => layer.weights.map((spec) => [spec.name, spec.shape])));
  const kept = tensors.filter(({ name, shape }) => String(specs.get(name)) === String(shape));
  network.setWeights(kept);
  return { kept, isWhole: kept.length === specs.size };
}
