/** Sets of cells along one axis, and how a layer's reading carries them back to its input. Pure numbers; knows no layers. */

/** 1 for each cell that is meant, 0 for the others. */
export type CellMask = Uint8Array<ArrayBuffer>;

/** Cells `[from, to)`. */
export interface CellRange {
  readonly from: number;
  readonly to: number;
}

/** Every cell of an axis. */
export function everyCell(size: number): CellMask {
  return new Uint8Array(size).fill(1);
}

/** One cell of an axis; none where it lies outside. */
export function onlyCell(size: number, index: number): CellMask {
  const mask = new Uint8Array(size);
  if (index >= 0 && index < size) mask[index] = 1;
  return mask;
}

/** The cells of an axis of `size` that `reads` names for any cell of the mask; what is padding it leaves undefined. */
export function cellsRead(
  mask: CellMask,
  size: number,
  reads: (index: number) => readonly (number | undefined)[],
): CellMask {
  const read = new Uint8Array(size);
  mask.forEach((isMeant, index) => {
    if (isMeant) for (const cell of reads(index)) if (cell !== undefined) read[cell] = 1;
  });
  return read;
}

/** The cells of either mask. */
export function eitherCell(a: CellMask, b: CellMask): CellMask {
  return a.map((isMeant, index) => isMeant | (b[index] ?? 0));
}

/** From the first to behind the last cell; empty at 0 for none. */
export function rangeOf(mask: CellMask): CellRange {
  const from = mask.indexOf(1);
  return from < 0 ? { from: 0, to: 0 } : { from, to: mask.lastIndexOf(1) + 1 };
}

/** The cells that are not meant, in order. */
export function cellsLeftOut(mask: CellMask): readonly number[] {
  return [...mask.keys()].filter((index) => mask[index] === 0);
}
