/** A chosen cell in words; rows, columns and maps are counted from 0, as the code and the lecture do. Pure. */
import type { CellAddress } from '../../engine/model/cell-address.ts';
import type { Shape } from '../../engine/model/resolved.ts';

/** `conv2d_2, map 5, row 3, column 7`; `dense_1, unit 5`; `input, row 3, column 7`. */
export function cellText({ layer, row, column, channel }: CellAddress, shape: Shape): string {
  if (shape.length !== 3) return `${layer}, unit ${channel}`;
  const hasChannels = layer !== '' || (shape[2] ?? 1) > 1;
  const map = hasChannels ? [layer === '' ? `channel ${channel}` : `map ${channel}`] : [];
  return [layer === '' ? 'input' : layer, ...map, `row ${row}`, `column ${column}`].join(', ');
}

/** `conv2d_2, filter 5`; `dense_1, unit 5`. */
export function filterText({ layer, channel }: CellAddress, shape: Shape): string {
  return `${layer}, ${shape.length === 3 ? 'filter' : 'unit'} ${channel}`;
}
