/** Small marks on the maps of filters that are frozen or switched off. Draws into the overlay of others. */
import { nothing, svg, type TemplateResult } from 'lit';
import type { PlaygroundState } from '../../app/state.ts';
import { filterBehind } from '../../engine/model/filter-bank.ts';
import type { HeldFilter } from '../../worker/protocol.ts';
import { boxesOf, cellsBox, type PixelBox, type ShownMaps } from '../field/map-cells.ts';

/** The held filters whose outputs a layer gives: a filter is a channel. */
export function heldChannels({ built, surgery }: PlaygroundState, layer: string): readonly HeldFilter[] {
  const { held } = surgery;
  if (!built || held.length === 0) return [];
  return held.filter(
    ({ weight, filter }) =>
      weight.startsWith(`${layer}/`) && filterBehind(built.model, layer, filter)?.weight === weight,
  );
}

/** The channel of the filter in hand among a layer's outputs, while its panel is open. */
export function channelInHand({ built, surgery, dock }: PlaygroundState, layer: string): number | undefined {
  const { address } = surgery;
  if (!built || !address || dock.panel !== 'filters' || !address.weight.startsWith(`${layer}/`)) return undefined;
  return filterBehind(built.model, layer, address.filter)?.weight === address.weight ? address.filter : undefined;
}

/** A frame in the accent's colour around the filter in hand. */
export function renderInHand(maps: ShownMaps, channel: number, unit: number): TemplateResult {
  const path = boxesFor(maps, channel)
    .map((box) => frameOf(box, -unit))
    .join('');
  return svg`<path class="ring" stroke-width=${1.5 * unit} d=${path} />`;
}

/** A cross over what is switched off, a dashed line around what is frozen; `unit` is a CSS px in those of the overlay. */
export function renderHeld(
  maps: ShownMaps,
  held: readonly HeldFilter[],
  unit: number,
): TemplateResult | typeof nothing {
  const boxes = (isWanted: (one: HeldFilter) => boolean) =>
    held.filter(isWanted).flatMap(({ filter }) => boxesFor(maps, filter));
  const off = boxes(({ isOff }) => isOff).map(crossOf);
  const frozen = boxes(({ isFrozen }) => isFrozen).map((box) => frameOf(box, unit / 2));
  return svg`
    ${off.length > 0 ? renderPath(off.join(''), unit) : nothing}
    ${frozen.length > 0 ? renderPath(frozen.join(''), unit, 3 * unit) : nothing}
  `;
}

function renderPath(path: string, unit: number, dash?: number): TemplateResult {
  return svg`
    <path class="under" stroke-width=${3 * unit} stroke-opacity="0.7" d=${path} />
    <path class="held" stroke-width=${unit} stroke-dasharray=${dash ?? 'none'} d=${path} />
  `;
}

function boxesFor(maps: ShownMaps, filter: number): readonly PixelBox[] {
  if (maps.holds === 'weights') {
    return boxesOf(maps, { layer: maps.source.name, row: 0, column: 0, channel: filter });
  }
  const { count, height, width } = maps.tiles;
  return filter < count ? [cellsBox(maps, { tile: filter, row: 0, column: 0 }, height, width)] : [];
}

function crossOf({ x, y, width, height }: PixelBox): string {
  return `M${x} ${y}l${width} ${height}M${x + width} ${y}l${-width} ${height}`;
}

function frameOf({ x, y, width, height }: PixelBox, inset: number): string {
  return `M${x + inset} ${y + inset}h${width - 2 * inset}v${height - 2 * inset}h${2 * inset - width}z`;
}
