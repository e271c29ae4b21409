/** The outline of what is drawn on an image, between pixels, as a path: marching squares at half ink. Pure. */

const level = 0.5;

/** `M x y L x y` for every piece of the line, in pixels from the image's corner; outside of the image there is no ink. */
export function imageOutline(image: ArrayLike<number>, width: number, height: number): string {
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 || row >= height || column >= width ? 0 : (image[row * width + column] ?? 0);
  const pieces: string[] = [];
  // Squares between the middles of four pixels, one row and column of them beyond each edge.
  for (let row = -1; row < height; row++)
    for (let column = -1; column < width; column++) {
      const corners = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)] as const;
      for (const [from, to] of linesIn(corners))
        pieces.push(`M${pointText(from, row, column)}L${pointText(to, row, column)}`);
    }
  return pieces.join('');
}

type Point = readonly [x: number, y: number];
/** From the upper left, clockwise. */
type Corners = readonly [number, number, number, number];

/** The lines that part the corners above the level from the others; a saddle is cut as if its middle were below. */
function linesIn(corners: Corners): readonly (readonly [Point, Point])[] {
  const crossings: readonly (Point | undefined)[] = [
    crossing(corners[0], corners[1], (share) => [share, 0]),
    crossing(corners[1], corners[2], (share) => [1, share]),
    crossing(corners[3], corners[2], (share) => [share, 1]),
    crossing(corners[0], corners[3], (share) => [0, share]),
  ];
  const [top, right, bottom, left] = crossings;
  if (top && right && bottom && left)
    return corners[0] > level
      ? [
          [top, left],
          [right, bottom],
        ]
      : [
          [top, right],
          [bottom, left],
        ];
  const [from, to] = crossings.filter((point) => point !== undefined);
  return from && to ? [[from, to]] : [];
}

/** Where the level lies between two corners, as a share of the way; nowhere if both are on its one side. */
function crossing(a: number, b: number, place: (share: number) => Point): Point | undefined {
  return a > level === b > level ? undefined : place((level - a) / (b - a));
}

function pointText([x, y]: Point, row: number, column: number): string {
  const figure = (value: number): string => String(Math.round(value * 100) / 100);
  return `${figure(column + 0.5 + x)} ${figure(row + 0.5 + y)}`;
}
