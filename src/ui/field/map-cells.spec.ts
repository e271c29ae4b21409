/*
 * Plan. From a place in device pixels to a cell and back: every cell of small canvases is found at its centre and at its edges,
 * gaps and places beside the tiles are no cell. Addresses: a channel per tile of outputs, units, filters of each kind of kernel;
 * the boxes that mark an address are those whose cells have it.
 */
import { expect, test } from 'playwright/test';
import {
  addressOf,
  boxesOf,
  cellAt,
  cellsBox,
  extentOf,
  tileBoxes,
  type MapSource,
  type ShownMaps,
} from './map-cells.ts';

const source: MapSource = { name: 'maps', type: 'conv2d', outputShape: [4, 5, 7], kernelShape: [2, 3, 4, 6] };
const tileSet = (width: number, height: number, count: number): ShownMaps['tiles'] => ({
  width,
  height,
  count,
  isPooled: false,
  leastCell: 1,
  isNarrow: false,
});
const outputs: ShownMaps = {
  tiles: tileSet(5, 4, 7),
  layout: { columns: 3, cellPx: 3, gapPx: 2 },
  source,
  holds: 'outputs',
};
const slices: ShownMaps = {
  ...outputs,
  tiles: tileSet(3, 2, 24),
  layout: { columns: 10, cellPx: 4, gapPx: 1 },
  holds: 'weights',
};

test('every cell is where it was drawn, from its first pixel to its last', () => {
  for (let tile = 0; tile < 7; tile++)
    for (let row = 0; row < 4; row++)
      for (let column = 0; column < 5; column++) {
        const cell = { tile, row, column };
        const { x, y, width, height } = cellsBox(outputs, cell);
        expect([width, height]).toEqual([3, 3]);
        for (const by of [0, 0.5, 0.999]) expect(cellAt(outputs, x + by * width, y + by * height)).toEqual(cell);
      }
});

test('gaps and places beside the tiles are no cell', () => {
  // Tiles are 15×12 px and 2 px apart; the third row has but one of three.
  for (const [x, y] of [
    [-1, 3],
    [3, -1],
    [15.5, 3],
    [3, 12.5],
    [50, 3],
    [20, 30],
    [3, 42],
  ] as const)
    expect(cellAt(outputs, x, y), `${x} ${y}`).toBeUndefined();
  expect(tileBoxes(outputs).map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [17, 0],
    [34, 0],
    [0, 14],
    [17, 14],
    [34, 14],
    [0, 28],
  ]);
});

test('a cell of the outputs is named by its tile’s channel', () => {
  expect(addressOf(outputs, { tile: 6, row: 3, column: 1 })).toEqual({ layer: 'maps', row: 3, column: 1, channel: 6 });
  expect(boxesOf(outputs, { layer: 'maps', row: 3, column: 1, channel: 6 })).toEqual([
    { x: 3, y: 37, width: 3, height: 3 },
  ]);
  expect(boxesOf(outputs, { layer: 'maps', row: 0, column: 0, channel: 7 })).toEqual([]);
});

const kernels: readonly { readonly type: MapSource['type']; readonly filters: readonly number[] }[] = [
  // Of `[2, 3, 4, 6]`: the filter of each of the first ten slices.
  { type: 'conv2d', filters: [0, 0, 0, 0, 1, 1, 1, 1, 2, 2] },
  { type: 'conv2dTranspose', filters: [0, 1, 2, 3, 0, 1, 2, 3, 0, 1] },
  { type: 'depthwiseConv2d', filters: [0, 6, 12, 18, 1, 7, 13, 19, 2, 8] },
];

for (const { type, filters } of kernels) {
  test(`${type}: a slice is of its filter, which all its slices mark`, () => {
    const maps: ShownMaps = { ...slices, source: { ...source, type } };
    const named = Array.from({ length: 24 }, (_, tile) => addressOf(maps, { tile, row: 1, column: 2 }));
    expect(named.slice(0, 10).map(({ channel }) => channel)).toEqual(filters);
    for (const address of named) {
      expect([address.row, address.column]).toEqual([0, 0]);
      const tiles = boxesOf(maps, address).map(({ x, y }) => cellAt(maps, x, y)?.tile ?? -1);
      expect(tiles).toEqual([...named.keys()].filter((tile) => named[tile]?.channel === address.channel));
    }
  });
}

test('a dense kernel’s columns are its units', () => {
  const dense: ShownMaps = {
    ...outputs,
    tiles: tileSet(9, 12, 1),
    source: { ...source, type: 'dense', outputShape: [9], kernelShape: [12, 9] },
    holds: 'weights',
  };
  expect(addressOf(dense, { tile: 0, row: 7, column: 4 })).toEqual({ layer: 'maps', row: 0, column: 0, channel: 4 });
  expect(boxesOf(dense, { layer: 'maps', row: 0, column: 0, channel: 4 })).toEqual([
    { x: 12, y: 0, width: 3, height: 36 },
  ]);
});

test('keys move over cells of outputs and over filters of weights', () => {
  expect(extentOf(outputs)).toEqual({ rows: 4, columns: 5, channels: 7, channelsPerRow: 3 });
  expect(extentOf(slices)).toEqual({ rows: 1, columns: 1, channels: 7, channelsPerRow: 2 });
});
