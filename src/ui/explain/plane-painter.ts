/** Paints a plane of numbers, its padding and a window on a canvas. Knows no layer and no time. */
import type { Tap } from '../../engine/shape/taps.ts';

/** Colours as the canvas takes them. */
export interface PlaneColours {
  readonly negative: string;
  readonly zero: string;
  readonly positive: string;
  readonly empty: string;
  readonly line: string;
  readonly soft: string;
  readonly accent: string;
}

/** A plane and what surrounds it, in cells. */
export interface PlaneArea {
  readonly height: number;
  readonly width: number;
  /** Cells of padding above and to the left, below and to the right. */
  readonly before: readonly [rows: number, columns: number];
  readonly after: readonly [rows: number, columns: number];
}

/** What is painted. */
export interface PlanePicture {
  readonly area: PlaneArea;
  readonly numbers: ArrayLike<number>;
  /** Numbers from here on are not there yet. */
  readonly known: number;
  /** The window's coordinates, or the one output cell. */
  readonly rows: readonly Pick<Tap, 'at'>[];
  readonly columns: readonly Pick<Tap, 'at'>[];
  /** Where windows begin, along the top and the left edge; none for outputs. */
  readonly starts: readonly [rows: readonly number[], columns: readonly number[]];
}

/** Room for the marks of the windows' starts, in CSS px. */
export const gutterPx = 5;

/** CSS px of a cell so that the plane fits into `roomPx`. */
export function cellSizePx({ height, width, before, after }: PlaneArea, roomPx: number): number {
  const cells = Math.max(height + before[0] + after[0], width + before[1] + after[1], 1);
  return Math.max(1, Math.min(18, Math.floor(roomPx / cells)));
}

/** Paints the picture and sizes the canvas for it. */
export function paintPlane(
  canvas: HTMLCanvasElement,
  picture: PlanePicture,
  colours: PlaneColours,
  roomPx: number,
): void {
  const { area } = picture;
  const cell = cellSizePx(area, roomPx);
  const rows = area.height + area.before[0] + area.after[0];
  const columns = area.width + area.before[1] + area.after[1];
  const [width, height] = [columns * cell + gutterPx + 1, rows * cell + gutterPx + 1];
  const scale = devicePixelRatio;
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  canvas.style.setProperty('width', `${width}px`);
  canvas.style.setProperty('height', `${height}px`);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.setTransform(scale, 0, 0, scale, gutterPx * scale, gutterPx * scale);
  paintCells(context, picture, colours, cell);
  paintStarts(context, picture, colours, cell);
  paintWindow(context, picture, colours, cell);
}

function paintCells(
  context: CanvasRenderingContext2D,
  { area, numbers, known }: PlanePicture,
  colours: PlaneColours,
  cell: number,
): void {
  const [top, left] = area.before;
  const [height, width] = [area.height + top + area.after[0], area.width + left + area.after[1]];
  const hasPadding = height > area.height || width > area.width;
  if (hasPadding) paintHatching(context, colours, width * cell, height * cell);
  const limit = largest(numbers);
  const gap = cell >= 6 ? 1 : 0;
  for (let row = 0; row < area.height; row++)
    for (let column = 0; column < area.width; column++) {
      const index = row * area.width + column;
      const [x, y, side] = [(column + left) * cell, (row + top) * cell, cell - gap];
      const number = numbers[index] ?? 0;
      context.fillStyle = index < known ? colours.zero : colours.empty;
      context.fillRect(x, y, side, side);
      if (index >= known || !(limit > 0)) continue;
      context.globalAlpha = Math.min(1, Math.abs(number) / limit);
      context.fillStyle = number < 0 ? colours.negative : colours.positive;
      context.fillRect(x, y, side, side);
      context.globalAlpha = 1;
    }
  context.strokeStyle = colours.line;
  context.strokeRect(left * cell - 0.5, top * cell - 0.5, area.width * cell + 1 - gap, area.height * cell + 1 - gap);
}

function paintHatching(context: CanvasRenderingContext2D, { soft }: PlaneColours, width: number, height: number): void {
  context.save();
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  context.strokeStyle = soft;
  context.globalAlpha = 0.45;
  for (let x = -height; x < width; x += 4) {
    context.beginPath();
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
    context.stroke();
  }
  context.restore();
}

/** A mark where every window begins: the stride, to be seen. */
function paintStarts(
  context: CanvasRenderingContext2D,
  { area, starts, rows, columns }: PlanePicture,
  { soft, accent }: PlaneColours,
  cell: number,
): void {
  const [top, left] = area.before;
  const mark = (at: number, isHere: boolean): [number, number, number] => {
    context.fillStyle = isHere ? accent : soft;
    return [at * cell, Math.max(1, Math.min(3, cell - 1)), isHere ? 4 : 2];
  };
  for (const start of starts[1]) {
    const [x, side, length] = mark(start + left, start === columns[0]?.at);
    context.fillRect(x, -1 - length, side, length);
  }
  for (const start of starts[0]) {
    const [y, side, length] = mark(start + top, start === rows[0]?.at);
    context.fillRect(-1 - length, y, length, side);
  }
}

function paintWindow(
  context: CanvasRenderingContext2D,
  { area, rows, columns }: PlanePicture,
  { accent }: PlaneColours,
  cell: number,
): void {
  const [firstRow, firstColumn] = [rows[0], columns[0]];
  if (!firstRow || !firstColumn) return;
  const [top, left] = area.before;
  const [x, y] = [(firstColumn.at + left) * cell, (firstRow.at + top) * cell];
  const across = ((columns.at(-1)?.at ?? 0) - firstColumn.at + 1) * cell;
  const down = ((rows.at(-1)?.at ?? 0) - firstRow.at + 1) * cell;
  context.strokeStyle = accent;
  context.lineWidth = 2;
  context.strokeRect(x, y, across, down);
  context.lineWidth = 1;
  const isDilated = isSpread(rows) || isSpread(columns);
  if (!isDilated) return;
  // The cells between are not read: those that are have a frame of their own.
  for (const row of rows)
    for (const column of columns)
      context.strokeRect((column.at + left) * cell + 0.5, (row.at + top) * cell + 0.5, cell - 1, cell - 1);
}

function isSpread(taps: readonly Pick<Tap, 'at'>[]): boolean {
  const [first, second] = taps;
  return first !== undefined && second !== undefined && second.at - first.at > 1;
}

function largest(numbers: ArrayLike<number>): number {
  let most = 0;
  for (let index = 0; index < numbers.length; index++) most = Math.max(most, Math.abs(numbers[index] ?? 0));
  return most;
}
