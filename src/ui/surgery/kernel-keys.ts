/** What a key means in a grid of numbers with the bias below it, and how far a nudge goes. Pure; knows no elements. */

/** Rows and columns of the grid, and whether a bias stands below it. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  readonly hasBias: boolean;
}

/** The place an arrow key, Home or End goes to from `place`; undefined for other keys. */
export function placeAfterKey(key: string, place: number, { rows, columns, hasBias }: GridSize): number | undefined {
  const cells = rows * columns;
  const last = hasBias ? cells : cells - 1;
  const isBias = place === cells;
  const column = isBias ? 0 : place % columns;
  switch (key) {
    case 'ArrowLeft':
      return isBias || column === 0 ? place : place - 1;
    case 'ArrowRight':
      return isBias || column === columns - 1 ? place : place + 1;
    case 'ArrowUp':
      return isBias ? cells - columns : place < columns ? place : place - columns;
    case 'ArrowDown':
      return Math.min(last, place + columns >= cells ? (hasBias ? cells : place) : place + columns);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** A twentieth of the largest magnitude, rounded to 1, 2 or 5 times a power of ten. */
export function nudgeStep(limit: number): number {
  if (!(limit > 0)) return 0.01;
  const decade = 10 ** Math.floor(Math.log10(limit / 20));
  const factor = [1, 2, 5].findLast((candidate) => candidate * decade <= (limit / 20) * (1 + 1e-9)) ?? 1;
  return Number((factor * decade).toPrecision(1));
}

/** `value` moved by whole steps, as short a number as the step. */
export function nudged(value: number, steps: number, step: number): number {
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(step)));
  return Number((value + steps * step).toFixed(Math.min(20, decimals)));
}
