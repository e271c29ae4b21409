/** Which tensor on the GPU a map shows: of the network's own, or a gradient that was computed for it. Draws nothing. */
import type { NamedTensor, Network, TensorView } from '../engine/index.ts';
import { activationMaps, weightMaps, type MapTensor } from './map-tensor.ts';
import type { MapTarget } from './protocol.ts';

/** Gradients on the GPU, by the name of the weight or layer they belong to; they go when their network goes. */
const gradientsOf = new WeakMap<Network, Map<string, TensorView>>();

/** The tensor a target names and its maps; undefined where the network has none, or none yet. */
export function tensorOf(network: Network, target: MapTarget): { view: TensorView; maps: MapTensor } | undefined {
  if (target.kind === 'input') {
    const view = network.inspection.input;
    return { view, maps: activationMaps(view.shape) };
  }
  const layer = network.model.layers.find(({ name }) => name === target.layer);
  if (!layer) return undefined;
  const isOfOutputs = target.kind === 'activations' || target.kind === 'activationGradients';
  const name = isOfOutputs ? layer.name : layer.weights[0]?.name;
  if (name === undefined) return undefined;
  const view = viewOf(network, target, name);
  return view && { view, maps: isOfOutputs ? activationMaps(view.shape) : weightMaps(view.shape) };
}

function viewOf(network: Network, { kind }: MapTarget, name: string): TensorView | undefined {
  switch (kind) {
    case 'activations':
      return network.inspection.outputs(name);
    case 'weights':
      return network.weight(name);
    default:
      return gradientsOf.get(network)?.get(name);
  }
}

/** Puts gradients on the GPU, to be drawn like the tensors they are named after. */
export function writeGradients(device: GPUDevice, network: Network, gradients: readonly NamedTensor[]): void {
  const views = gradientsOf.get(network) ?? new Map<string, TensorView>();
  gradientsOf.set(network, views);
  for (const { name, shape, data } of gradients) {
    const sizeBytes = data.byteLength;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const buffer =
      views.get(name)?.buffer ?? device.createBuffer({ label: `${name} gradient`, size: sizeBytes, usage });
    device.queue.writeBuffer(buffer, 0, data);
    views.set(name, { buffer, offsetBytes: 0, sizeBytes, shape });
  }
}

/** The gradient last written under that name. */
export function gradientView(network: Network, name: string): TensorView | undefined {
  return gradientsOf.get(network)?.get(name);
}

/** Gives back what the gradients of a network took. */
export function dropGradients(network: Network): void {
  for (const { buffer } of gradientsOf.get(network)?.values() ?? []) buffer.destroy();
  gradientsOf.delete(network);
}
