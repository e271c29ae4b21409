/** What an operation changes in a filter's numbers: which of them, and to what. Pure; applies nothing. */

/** The size of a filter: planes of rows and columns. */
export interface FilterSize {
  readonly slices: number;
  readonly height: number;
  readonly width: number;
}

/** New values at places of a filter, counted slice by slice, each row by row; the bias comes after them all. */
export interface NumberChange {
  readonly places: Uint32Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
}

/** One number. */
export function cellChange(place: number, value: number): NumberChange {
  return { places: Uint32Array.of(place), values: Float32Array.of(value) };
}

/** One plane, or `undefined` for all of them. */
export type Reach = number | undefined;

/** How large a design is made: as strong as what it replaces, or with the numbers it is printed with. */
export type Strength = 'kept' | 'printed';

/**
 * A design in the place of the planes. `kept`: their root of the sum of squares stays what it was, and `typicalSize` per
 * number where they were all zero. `printed`: its own numbers; in several planes at once their share, so that all together
 * answer an input of equal planes as one would.
 */
export function replacement(
  numbers: Float32Array,
  size: FilterSize,
  reach: Reach,
  design: readonly number[],
  strength: Strength,
  typicalSize: number,
): NumberChange {
  const places = placesIn(size, reach);
  const planes = places.length / design.length;
  const factor = strength === 'printed' ? 1 / planes : keptFactor(numbers, places, design, planes, typicalSize);
  return { places, values: Float32Array.from(places, (_, i) => (design[i % design.length] ?? 0) * factor) };
}

function keptFactor(
  numbers: Float32Array,
  places: Uint32Array,
  design: readonly number[],
  planes: number,
  typicalSize: number,
): number {
  const size = Math.sqrt(design.reduce((sum, value) => sum + value * value, 0) * planes);
  const former = Math.sqrt(places.reduce((sum, place) => sum + (numbers[place] ?? 0) ** 2, 0));
  if (size === 0) return 0;
  return (former > 0 ? former : typicalSize * Math.sqrt(places.length)) / size;
}

/** The planes mirrored left to right or top to bottom. */
export function flip(
  numbers: Float32Array,
  size: FilterSize,
  reach: Reach,
  direction: 'leftToRight' | 'topToBottom',
): NumberChange {
  const { height, width } = size;
  const places = placesIn(size, reach);
  const mirrored = (place: number): number => {
    const column = place % width;
    const row = Math.floor(place / width) % height;
    return direction === 'leftToRight' ? place + width - 1 - 2 * column : place + (height - 1 - 2 * row) * width;
  };
  return { places, values: Float32Array.from(places, (place) => numbers[mirrored(place)] ?? 0) };
}

function placesIn({ slices, height, width }: FilterSize, reach: Reach): Uint32Array<ArrayBuffer> {
  const cells = height * width;
  const count = reach === undefined ? slices * cells : cells;
  return Uint32Array.from({ length: count }, (_, i) => (reach ?? 0) * cells + i);
}
