/** What the keys do to the chosen cell: pure moves within a map, and from one map to the next. Knows no elements. */
import type { CellAddress } from '../../engine/model/cell-address.ts';

/** How far a cell can go. */
export interface CellExtent {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  /** Channels side by side, for maps of a single cell. */
  readonly channelsPerRow: number;
}

/** Said to those who reach a map by keyboard. */
export const cellKeysHelp =
  'Arrow keys choose a cell. Page Up and Page Down, or the brackets, change the map. Enter pins the cell, Escape lets it go.';

/** The cell a key leads to, clamped to the layer's own; undefined for keys that mean something else. */
export function stepCell(cell: CellAddress, key: string, extent: CellExtent): CellAddress | undefined {
  const { rows, columns, channels } = extent;
  const toChannel = (channel: number): CellAddress => ({ ...cell, channel: clamp(channel, channels) });
  switch (key) {
    case 'PageDown':
    case ']':
      return toChannel(cell.channel + 1);
    case 'PageUp':
    case '[':
      return toChannel(cell.channel - 1);
    case 'Home':
      return toChannel(0);
    case 'End':
      return toChannel(channels - 1);
  }
  const move = arrows[key];
  if (!move) return undefined;
  const [down, right] = move;
  // Maps of one cell have no inside: their neighbours are other maps.
  if (rows * columns === 1) {
    const channel = cell.channel + right + down * extent.channelsPerRow;
    return channel < 0 || channel >= channels ? cell : toChannel(channel);
  }
  return { ...cell, row: clamp(cell.row + down, rows), column: clamp(cell.column + right, columns) };
}

/** The cell a map starts with when it is reached by keyboard: the middle of the first. */
export function middleCell(layer: string, { rows, columns }: CellExtent): CellAddress {
  return { layer, row: Math.floor((rows - 1) / 2), column: Math.floor((columns - 1) / 2), channel: 0 };
}

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function clamp(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}
