/** Where a number of a flat row stood before it was flattened. Pure. */
import type { ResolvedModel } from '../../engine/model/resolved.ts';
import { placeText } from './explanation-text.ts';

/** Short for a list, and in full. */
export interface InputOrigin {
  /** `map 59 (0, 1)`; `unit 12`. */
  readonly label: string;
  readonly sentence: string;
}

/** Layers that leave every number in its place of the row. */
const passing: ReadonlySet<string> = new Set(['flatten', 'reshape', 'dropout', 'spatialDropout2d']);

/** @param source the layer whose outputs are the row, or `input`. */
export function inputOrigin(model: ResolvedModel, source: string, index: number): InputOrigin {
  const layer = model.layers.find(({ name }) => name === source);
  const shape = layer?.outputShape ?? model.inputShape;
  const [, width = 1, channels = 1] = shape;
  if (shape.length === 3) {
    const place = Math.floor(index / channels);
    const cell = { row: Math.floor(place / width), column: place % width, channel: index % channels };
    const map = layer || channels > 1 ? `map ${cell.channel} ` : 'pixel ';
    return {
      label: `${map}(${cell.row}, ${cell.column})`,
      sentence: placeText({ layer: layer?.name ?? '', ...cell }, model),
    };
  }
  if (layer && passing.has(layer.type)) return inputOrigin(model, layer.inputs[0] ?? 'input', index);
  const place = { layer: layer?.name ?? '', row: 0, column: 0, channel: index };
  return { label: `unit ${index}`, sentence: placeText(place, model) };
}
