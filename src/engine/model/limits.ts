/** How large a layer may be on any device; what one device gives beyond that is asked when a network is compiled. */
import { cellCount } from '../shape/cells.ts';
import type { FieldReader } from './field-reader.ts';
import type { Shape } from './resolved.ts';
import type { RuledLayer } from './rules/rule.ts';

/** Index arithmetic in the kernels is 32-bit and signed; a tensor of one batch has to stay well below that. */
export const maxCells = 2 ** 28;

/** Whether every tensor of the layer can be indexed; an issue where one cannot. */
export function fitsIndices(fields: FieldReader, layer: RuledLayer): boolean {
  if (cellCount(layer.outputShape) > maxCells || layer.params > maxCells) {
    const isWide = cellCount(layer.outputShape) > maxCells;
    const what = isWide ? `outputs=[${layer.outputShape.join(', ')}]` : `parameters=${layer.params}`;
    fields.report('tooLarge', `a layer may have at most ${maxCells} outputs and parameters. Received ${what}.`);
    return false;
  }
  const between = cellsBetween(layer).find(({ shape }) => cellCount(shape) > maxCells);
  if (!between) return true;
  fields.report(
    'tooLarge',
    `what a layer keeps between its input and its outputs may have at most ${maxCells} cells. Received ${between.name}=[${between.shape.join(', ')}].`,
  );
  return false;
}

/** Tensors that are neither the layer's input nor its outputs. */
function cellsBetween(layer: RuledLayer): readonly { readonly name: string; readonly shape: Shape }[] {
  const found: { name: string; shape: Shape }[] = [];
  const channels = layer.inputShapes[0]?.at(-1) ?? 1;
  if ('padMode' in layer && layer.padMode === 'replicate') {
    const { vertical, horizontal } = layer.window;
    const [rows, columns] = [vertical, horizontal].map((axis) => axis.size + axis.padBefore + axis.padAfter);
    found.push({ name: 'padded input', shape: [rows ?? 1, columns ?? 1, channels] });
  }
  if (layer.type === 'separableConv2d')
    found.push({ name: 'depthwise outputs', shape: layer.outputShape.with(-1, channels * layer.depthMultiplier) });
  return found;
}
