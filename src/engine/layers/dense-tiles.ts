/** The register tiles that a dense layer's matrix products can have. Pure arithmetic. */
import type { Target } from './op.ts';
import { coverage, rankTiles, tileCount } from './tiles.ts';

export interface MatrixTile {
  readonly tileRows: number;
  readonly tileColumns: number;
  readonly chunk: number;
  /** 4 where quads lend each other the numbers of the columns. */
  readonly lanes: number;
}

const tileSizes = [1, 2, 4, 8, 16];
const chunks = [1, 2];
/** Results of a tile: a larger one is compiled for seconds and is no faster. */
const maxResults = 64;

/** The tiles of a product of `rows` × `reduced` by `reduced` × `columns`, the cheapest first. */
export function matrixTiles(
  target: Target,
  rows: number,
  columns: number,
  reduced: number,
  work = rows * columns * reduced,
): readonly MatrixTile[] {
  const lanings = target.hasQuads ? [1, 4] : [1];
  const candidates = tileSizes.flatMap((tileRows) =>
    tileSizes.flatMap((tileColumns) =>
      chunks
        .filter((chunk) => reduced % chunk === 0)
        .flatMap((chunk) =>
          lanings
            .filter((lanes) => tileColumns % lanes === 0 && tileRows * tileColumns <= maxResults)
            .map((lanes) => ({ tileRows, tileColumns, chunk, lanes })),
        ),
    ),
  );
  const costOf = (tile: MatrixTile) => {
    const lent = tile.tileColumns - tile.tileColumns / tile.lanes;
    const numbers = (tile.tileRows + tile.tileColumns) * tile.chunk;
    return {
      loads: numbers - lent * tile.chunk,
      exchanges: lent * tile.chunk,
      products: tile.tileRows * tile.tileColumns * tile.chunk,
      sums: tile.tileRows * tile.tileColumns,
      held: numbers,
      useful: coverage(rows, tile.tileRows * tile.lanes) * coverage(columns, tile.tileColumns),
      invocations: invocationsOf(tile, rows, columns),
    };
  };
  return rankTiles(target, work, candidates, costOf, ({ tileRows, tileColumns, lanes }) =>
    [tileRows, tileColumns, lanes].join(),
  );
}

/** Invocations for all results, in whole quads where there are quads. */
export function invocationsOf({ tileRows, tileColumns, lanes }: MatrixTile, rows: number, columns: number): number {
  return tileCount(rows, tileRows * lanes) * lanes * tileCount(columns, tileColumns);
}

/** As people read it. */
export function nameOf({ tileRows, tileColumns, chunk, lanes }: MatrixTile): string {
  return `${tileRows}×${tileColumns}, ${chunk} at a time${lanes === 4 ? ', quads lend columns' : ''}`;
}
