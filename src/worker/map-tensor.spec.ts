/*
 * Plan. Tensors hold their own positions, in the order of a plain loop over height, width, channels (kernels: height, width,
 * inputs, filters). The formula of feature-map.wgsl with the layout's distances must find at map m, row y, column x the number of
 * that channel, or of that filter and input; every number once. Canvas sizes by counting pixels.
 */
import { expect, test } from 'playwright/test';
import { activationMaps, canvasPixels, weightMaps, type MapTensor } from './map-tensor.ts';

/** Where feature-map.wgsl looks for a number. */
function placeOf(maps: MapTensor, map: number, y: number, x: number): number {
  const { inner, outerStride, innerStride, rowStride, columnStride } = maps;
  return Math.floor(map / inner) * outerStride + (map % inner) * innerStride + y * rowStride + x * columnStride;
}

function allPlaces(maps: MapTensor): number[] {
  const places: number[] = [];
  for (let map = 0; map < maps.mapCount; map++) {
    for (let y = 0; y < maps.mapHeight; y++)
      for (let x = 0; x < maps.mapWidth; x++) places.push(placeOf(maps, map, y, x));
  }
  return places;
}

for (const [height, width, channels] of [
  [4, 3, 5],
  [1, 1, 7],
  [2, 6, 1],
] as const) {
  test(`outputs of ${height}×${width}×${channels}: a map per channel`, () => {
    const maps = activationMaps([height, width, channels]);
    expect([maps.mapHeight, maps.mapWidth, maps.mapCount]).toEqual([height, width, channels]);
    let place = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let channel = 0; channel < channels; channel++) expect(placeOf(maps, channel, y, x)).toBe(place++);
      }
    }
  });
}

for (const [height, width, inputs, filters] of [
  [3, 2, 4, 5],
  [1, 1, 1, 3],
  [5, 5, 3, 1],
] as const) {
  test(`a kernel of ${height}×${width}×${inputs}×${filters}: a map per filter and input, a filter's together`, () => {
    const maps = weightMaps([height, width, inputs, filters]);
    expect([maps.mapHeight, maps.mapWidth, maps.mapCount]).toEqual([height, width, inputs * filters]);
    let place = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let input = 0; input < inputs; input++) {
          for (let filter = 0; filter < filters; filter++)
            expect(placeOf(maps, filter * inputs + input, y, x)).toBe(place++);
        }
      }
    }
  });
}

test('flat outputs are maps of one cell, a dense kernel is one map, a bias one column', () => {
  expect(activationMaps([10])).toMatchObject({ mapHeight: 1, mapWidth: 1, mapCount: 10 });
  expect(allPlaces(activationMaps([10]))).toEqual(Array.from(Array(10).keys()));
  expect(weightMaps([6, 4])).toMatchObject({ mapHeight: 6, mapWidth: 4, mapCount: 1 });
  expect(allPlaces(weightMaps([6, 4]))).toEqual(Array.from(Array(24).keys()));
  expect(weightMaps([3])).toMatchObject({ mapHeight: 3, mapWidth: 1, mapCount: 1 });
  expect(allPlaces(weightMaps([3]))).toEqual([0, 1, 2]);
});

const canvases: readonly (readonly [count: number, columns: number, width: number, height: number])[] = [
  [1, 1, 10, 15],
  [32, 8, 8 * 10 + 7 * 3, 4 * 15 + 3 * 3],
  [5, 4, 4 * 10 + 3 * 3, 2 * 15 + 3],
  [3, 8, 3 * 10 + 2 * 3, 15],
];
for (const [count, columns, width, height] of canvases) {
  test(`${count} maps in rows of ${columns} take ${width}×${height} pixels`, () => {
    const layout = { columns, cellPx: 5, gapPx: 3 };
    expect(canvasPixels(activationMaps([3, 2, count]), layout)).toEqual({ width, height });
  });
}
