/** The receptive field of a cell in words and figures, worked out from the model. Pure; knows no elements. */
import type { CellAddress } from '../../engine/model/cell-address.ts';
import type { CellBox, UnseenPixels } from '../../engine/model/cell-field.ts';
import type { ResolvedModel } from '../../engine/model/resolved.ts';
import type { CellRange } from '../../engine/shape/cell-mask.ts';
import { fieldRange, type FieldAxis } from '../../engine/shape/receptive-field.ts';
import type { CellGradient } from '../../worker/protocol.ts';
import { formatCount, formatPercent, formatSetting } from '../format.ts';

/** What one cell sees of the image. */
export interface FieldWords {
  /** `18×18 = 324 pixels`. */
  readonly size: string;
  /** `41.3 % of the image`. */
  readonly share: string;
  /** `rows 4–21, columns 8–25`. */
  readonly place: string;
  /** How much of the window lies beside the image; empty when nothing does. */
  readonly padding: string;
}

/** Further than any window reaches. */
const farAway = 2 ** 20;

/** The words for the box that `cell` depends on in the input. */
export function fieldWords(model: ResolvedModel, cell: CellAddress, { rows, columns }: CellBox): FieldWords {
  const [height = 1, width = 1] = model.inputShape;
  const [high, wide] = [rows.to - rows.from, columns.to - columns.from];
  const share = (high * wide) / (height * width);
  return {
    size: `${formatCount(high)}×${formatCount(wide)} = ${formatCount(high * wide)} pixel${high * wide === 1 ? '' : 's'}`,
    share: `${shareText(share)} of the image`,
    place: `${rangeText('row', rows)}, ${rangeText('column', columns)}`,
    padding: paddingText(model, cell),
  };
}

/** `No cell of conv2d_3 sees rows 26 and 27 or columns 26 and 27.`; empty when all are seen. */
export function unseenText(layer: string, { rows, columns }: UnseenPixels): string {
  const parts = [listText('row', rows), listText('column', columns)].filter((part) => part !== '');
  return parts.length === 0 ? '' : `No cell of ${layer} sees ${parts.join(' or ')}.`;
}

/** What the gradient says about where the cell looks. */
export function gradientText({ magnitudes, peak }: CellGradient, inputWidth: number): string {
  if (peak === 0) return 'No pixel moves it now: each way to it is switched off.';
  const place = magnitudes.indexOf(peak);
  const half = pixelsForHalf(magnitudes);
  const strongest = `row ${Math.floor(place / inputWidth)}, column ${place % inputWidth}`;
  const count = half === 1 ? 'A single pixel has' : `${formatCount(half)} pixels have`;
  return `${count} half of the effect. The strongest, ${strongest}, moves its sum by ${formatSetting(Number(peak.toPrecision(2)))} per unit.`;
}

/** The fewest pixels that together have half of all there is. */
export function pixelsForHalf(magnitudes: Float32Array): number {
  const sorted = magnitudes.toSorted().reverse();
  const half = sorted.reduce((sum, magnitude) => sum + magnitude, 0) / 2;
  let sum = 0;
  return sorted.findIndex((magnitude) => (sum += magnitude) >= half) + 1;
}

/** Of a window that reaches beyond the image, the rows and columns out there. */
function paddingText(model: ResolvedModel, { layer, row, column }: CellAddress): string {
  const field = model.layers.find(({ name }) => name === layer)?.receptiveField;
  if (!field) return '';
  const [height = 1, width = 1] = model.inputShape;
  const rows = cellsBeside(field.vertical, row, height);
  const columns = cellsBeside(field.horizontal, column, width);
  if (rows + columns === 0) return '';
  const parts = [countText('row', rows), countText('column', columns)].filter((part) => part !== '');
  return `${parts.join(' and ')} of its window ${rows + columns === 1 ? 'lies' : 'lie'} on padding.`;
}

/** A share that ends after two decimals is told whole: `6.25 %`. */
function shareText(share: number): string {
  const isWhole = (times: number): boolean => Math.abs(share * times - Math.round(share * times)) < 1e-9;
  return formatPercent(share, isWhole(10_000) && !isWhole(1000) ? 2 : 1);
}

/** Cells of a field that lie outside of `size` cells. */
function cellsBeside(field: FieldAxis, index: number, size: number): number {
  // Seen from a place where nothing is clipped.
  const [from, to] = fieldRange({ ...field, start: field.start + farAway }, index, 2 * farAway);
  const [inFrom, inTo] = fieldRange(field, index, size);
  return Math.max(0, to - from) - Math.max(0, inTo - inFrom);
}

function countText(noun: string, count: number): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function rangeText(noun: string, { from, to }: CellRange): string {
  return to - from === 1 ? `${noun} ${from}` : `${noun}s ${from}–${to - 1}`;
}

/** `rows 26 and 27`, `rows 24–27`, `rows 1, 3 and 5`. */
function listText(noun: string, cells: readonly number[]): string {
  const [first = 0] = cells;
  const last = cells.at(-1) ?? 0;
  if (cells.length === 0) return '';
  if (cells.length === 1) return `${noun} ${first}`;
  const isRun = last - first === cells.length - 1;
  if (isRun && cells.length > 2) return `${noun}s ${first}–${last}`;
  if (cells.length > 6) return `${cells.length} ${noun}s, the first ${first}, the last ${last}`;
  return `${noun}s ${cells.slice(0, -1).join(', ')} and ${last}`;
}
