/** What a compiled network says of its layers: shapes, counts, and the GPU memory that each takes. */
import type { LayerSummary } from '../contract.ts';
import type { ResolvedModel } from '../model/resolved.ts';
import type { WeightStore } from './weight-store.ts';

/** One summary per layer. `bytesOf` a layer's name: its activations and gradients for one batch. */
export function summariesOf(
  model: ResolvedModel,
  tensors: { bytesOf(layerName: string): number },
  store: WeightStore,
): readonly LayerSummary[] {
  return model.layers.map((layer) => ({
    name: layer.name,
    type: layer.type,
    outputShape: layer.outputShape,
    params: layer.params,
    trainableParams: layer.trainableParams,
    macs: layer.macs,
    bytes: layer.weights.reduce((sum, { name }) => sum + store.bytesOf(name), tensors.bytesOf(layer.name)),
    receptiveField: layer.receptiveField,
  }));
}
