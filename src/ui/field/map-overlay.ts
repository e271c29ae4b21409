/** What is drawn over a canvas of maps: the field of a later cell, lit up, and rings around the cells in hand. */
import { nothing, svg, html, type TemplateResult } from 'lit';
import type { CellBox, UnseenPixels } from '../../engine/model/cell-field.ts';
import { canvasSize } from '../map-layout.ts';
import { renderHeld, renderInHand } from '../surgery/held-marks.ts';
import { boxesOf, cellsBox, tileBoxes, type PixelBox, type ShownMaps } from './map-cells.ts';
import type { MapMarks } from './map-marks.ts';

/** An SVG over the canvas whose user units are the canvas's own pixels. */
export function renderMarks(
  maps: ShownMaps,
  marks: MapMarks,
  devicePixelRatio: number,
): TemplateResult | typeof nothing {
  const { hovered, pinned, region, unseen, held, inHand } = marks;
  if (!hovered && !pinned && !region && !held && inHand === undefined) return nothing;
  const { width, height } = canvasSize(maps.tiles, maps.layout, devicePixelRatio);
  const [across, down] = [width * devicePixelRatio, height * devicePixelRatio];
  const rings = (boxes: readonly PixelBox[], name: string) => renderRings(boxes, name, devicePixelRatio);
  return html`<svg class="marks" viewBox="0 0 ${across} ${down}" width=${width} height=${height} aria-hidden="true">
    ${region ? renderRegion(maps, region, devicePixelRatio) : nothing}
    ${unseen ? renderUnseen(maps, unseen, devicePixelRatio) : nothing}
    ${held ? renderHeld(maps, held, devicePixelRatio) : nothing}
    ${inHand === undefined ? nothing : renderInHand(maps, inHand, devicePixelRatio)}
    ${pinned ? rings(boxesOf(maps, pinned), 'pinned') : nothing}
    ${hovered ? rings(boxesOf(maps, hovered), 'hovered') : nothing}
  </svg>`;
}

/** A veil over what the cell does not see, a line around what it does. */
function renderRegion(maps: ShownMaps, region: CellBox, unit: number): TemplateResult {
  const { tiles } = maps;
  const { rows, columns, channels } = region;
  const lit = Array.from({ length: Math.min(channels.to, tiles.count) - channels.from }, (_, index) =>
    cellsBox(
      maps,
      { tile: channels.from + index, row: rows.from, column: columns.from },
      rows.to - rows.from,
      columns.to - columns.from,
    ),
  );
  const path = lit.map(pathOf).join('');
  const isUnits = tiles.width * tiles.height === 1;
  return svg`
    <path class="veil" fill-rule="evenodd" d=${tileBoxes(maps).map(pathOf).join('') + path} />
    ${isUnits ? nothing : svg`<path class="lit" stroke-width=${unit} d=${lit.map((box) => pathOf(around(box, unit / 2))).join('')} />`}
  `;
}

/** Hatches rows and columns of the input that no cell of a layer sees. */
function renderUnseen(maps: ShownMaps, { rows, columns }: UnseenPixels, unit: number): TemplateResult | typeof nothing {
  if (rows.length + columns.length === 0) return nothing;
  const { width, height } = maps.tiles;
  const boxes = [
    ...rows.map((row) => cellsBox(maps, { tile: 0, row, column: 0 }, 1, width)),
    ...columns.map((column) => cellsBox(maps, { tile: 0, row: 0, column }, height, 1)),
  ];
  const side = 4 * unit;
  return svg`
    <pattern id="hatch" width=${side} height=${side} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path class="stroke" stroke-width=${1.5 * unit} d="M0 0V${side}" />
    </pattern>
    <path class="unseen" fill="url(#hatch)" d=${boxes.map(pathOf).join('')} />
  `;
}

/** A ring outside its cell, which stays to be seen; paper beneath it parts it from any colour. The pinned one has a head. */
function renderRings(boxes: readonly PixelBox[], name: string, unit: number): TemplateResult {
  const ring = boxes.map((box) => pathOf(around(box, unit))).join('');
  const heads = name === 'pinned' ? boxes.slice(0, 1) : [];
  return svg`
    <path class="under" stroke-width=${4 * unit} d=${ring} />
    <path class="ring ${name}" stroke-width=${2 * unit} d=${ring} />
    ${heads.map(
      ({ x, y, width }) =>
        svg`<circle class="head" cx=${x + width + unit} cy=${y - unit} r=${3.5 * unit} stroke-width=${1.5 * unit} />`,
    )}
  `;
}

function around({ x, y, width, height }: PixelBox, by: number): PixelBox {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function pathOf({ x, y, width, height }: PixelBox): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}
