/** Receptive fields by the recurrence of Araujo, Norris & Sim (Distill, 2019): size, jump and start along one axis. */

/** What one cell of a layer sees along one axis of the model's input. */
export interface FieldAxis {
  /** Input cells one cell sees. */
  readonly size: number;
  /** Input cells between the fields of neighbouring cells. */
  readonly jump: number;
  /** Input coordinate of the first cell's first seen input cell; negative inside padding. */
  readonly start: number;
}

export interface ReceptiveField {
  readonly vertical: FieldAxis;
  readonly horizontal: FieldAxis;
}

/** The field of an input pixel: itself. */
export const pixelField: FieldAxis = { size: 1, jump: 1, start: 0 };

/** The field of a cell that reads all `cells` cells of an axis, as behind a flatten: their union. */
export function fieldOfAll(field: FieldAxis, cells: number): FieldAxis {
  const size = field.size + (cells - 1) * field.jump;
  return { size, jump: size, start: field.start };
}

/** The field after one more window: `size + (extent − 1)·jump`, `jump·stride`, `start − padBefore·jump`. */
export function slideField(
  field: FieldAxis,
  window: { readonly extent: number; readonly stride: number; readonly padBefore: number },
): FieldAxis {
  return {
    size: field.size + (window.extent - 1) * field.jump,
    jump: field.jump * window.stride,
    start: field.start - window.padBefore * field.jump,
  };
}

/** The smallest field that covers both, for a layer that reads two (their jumps are then equal). */
export function joinFields(a: FieldAxis, b: FieldAxis): FieldAxis {
  const start = Math.min(a.start, b.start);
  return { start, jump: Math.max(a.jump, b.jump), size: Math.max(a.start + a.size, b.start + b.size) - start };
}

/** The input cells `[from, to)` that cell `index` sees, clipped to the input. */
export function fieldRange(field: FieldAxis, index: number, inputSize: number): readonly [from: number, to: number] {
  const from = field.start + index * field.jump;
  return [Math.max(0, from), Math.min(inputSize, from + field.size)];
}

/** Share of the input one cell sees, 0…1, the field clipped to the input's size. */
export function fieldShare(field: ReceptiveField, inputHeight: number, inputWidth: number): number {
  const height = Math.min(field.vertical.size, inputHeight);
  const width = Math.min(field.horizontal.size, inputWidth);
  return (height * width) / (inputHeight * inputWidth);
}
