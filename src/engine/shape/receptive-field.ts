/**
 * Receptive fields by the recurrence of Araujo, Norris & Sim (Distill, 2019): size, jump and start along one axis. Behind a
 * layer that enlarges its input all three may be fractions; whole cells are those that lie in the field completely.
 */

/** What one cell of a layer sees along one axis of the model's input. */
export interface FieldAxis {
  /** Input cells one cell sees; behind an enlarging layer the length that covers every cell's, perhaps a fraction. */
  readonly size: number;
  /** Input cells between the fields of neighbouring cells; a fraction behind upsampling, 0 where all see the same. */
  readonly jump: number;
  /** Input coordinate of the first cell's first seen input cell; negative inside padding. */
  readonly start: number;
}

export interface ReceptiveField {
  readonly vertical: FieldAxis;
  readonly horizontal: FieldAxis;
}

/** Where a window stands along one axis. */
export interface Slide {
  /** Input cells the window spans. */
  readonly extent: number;
  readonly stride: number;
  readonly padBefore: number;
}

/** Sums of thirds and sevenths are off by rounding; no layer places a field this close beside a whole cell. */
const roundingSlack = 1e-6;

/** The field of an input pixel: itself. */
export const pixelField: FieldAxis = { size: 1, jump: 1, start: 0 };

/** The field of a cell that reads all `cells` cells of an axis, as behind a flatten: their union, for every cell the same. */
export function fieldOfAll(field: FieldAxis, cells: number): FieldAxis {
  return { size: field.size + (cells - 1) * field.jump, jump: 0, start: field.start };
}

/** The field after one more window: `size + (extent − 1)·jump`, `jump·stride`, `start − padBefore·jump`. */
export function slideField(field: FieldAxis, window: Slide): FieldAxis {
  return {
    size: field.size + (window.extent - 1) * field.jump,
    jump: field.jump * window.stride,
    start: field.start - window.padBefore * field.jump,
  };
}

/**
 * The field after a transposed convolution, whose window slides over the outputs: cell o reads the inputs i with
 * `o + padBefore − (extent − 1) ≤ i·stride ≤ o + padBefore`. How many those are changes with o, their bounds as fractions
 * do not: `size + (extent − 1)/stride·jump`, `jump/stride`, `start + (padBefore − extent + 1)/stride·jump`.
 */
export function spreadField(field: FieldAxis, window: Slide): FieldAxis {
  const jump = field.jump / window.stride;
  return {
    size: field.size + (window.extent - 1) * jump,
    jump,
    start: field.start + (window.padBefore - window.extent + 1) * jump,
  };
}

/**
 * The field that covers two along `cells` cells, for a layer that reads both. Where their jumps differ it takes the larger
 * one; what sticks out is largest at the first or the last cell.
 */
export function joinFields(a: FieldAxis, b: FieldAxis, cells: number): FieldAxis {
  const jump = Math.max(a.jump, b.jump);
  const starts = [a, b].flatMap((field) => [field.start, field.start + (cells - 1) * (field.jump - jump)]);
  const ends = [a, b].flatMap(({ start, size, jump: own }) => [
    start + size,
    start + size + (cells - 1) * (own - jump),
  ]);
  const start = Math.min(...starts);
  return { start, jump, size: Math.max(...ends) - start };
}

/** The whole input cells `[from, to)` that cell `index` sees, clipped to the input; none where `to` is not above `from`. */
export function fieldRange(field: FieldAxis, index: number, inputSize: number): readonly [from: number, to: number] {
  const start = field.start + index * field.jump;
  const end = Math.floor(start + field.size + roundingSlack);
  return [Math.max(0, Math.ceil(start - roundingSlack)), Math.min(inputSize, end)];
}

/** The most whole input cells one cell sees. */
export function fieldCells(field: FieldAxis): number {
  return Math.floor(field.size + roundingSlack);
}

/** Share of the input one cell sees, 0…1, the field clipped to the input's size. */
export function fieldShare(field: ReceptiveField, inputHeight: number, inputWidth: number): number {
  const height = Math.min(fieldCells(field.vertical), inputHeight);
  const width = Math.min(fieldCells(field.horizontal), inputWidth);
  return (height * width) / (inputHeight * inputWidth);
}
