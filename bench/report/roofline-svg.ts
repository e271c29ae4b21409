/** The roofline as a picture: what a device can do by how much is computed per byte, and where a step's dispatches stand. */
import type { BoundedDispatch } from './step-bounds.ts';
import type { Roofs } from './roofline.ts';
import { number } from './text.ts';

const width = 780;
const height = 440;
const frame = { left: 64, right: 212, top: 28, bottom: 52 };
const labelledShare = 0.02;
/** Of the names beside the picture. */
const mostLetters = 30;
const lineHeight = 18;
const legendLeft = 572;

/** Both themes in one file: as an image it follows the reader's system. */
const styles = `
  text { font: 12px system-ui, sans-serif; fill: #1c1b19; }
  .soft { fill: #5f5c56; }
  .paper { fill: #fbfaf7; }
  .grid { stroke: #e2ded6; }
  .roof { fill: none; stroke: #1c1b19; stroke-width: 2; }
  .number { font-weight: 600; font-size: 11px; }
  .cache { stroke-dasharray: 5 4; }
  .dispatch { fill: #0b66d0; fill-opacity: 0.55; stroke: #0b66d0; }
  @media (prefers-color-scheme: dark) {
    text { fill: #ecebe8; }
    .soft { fill: #a3a09a; }
    .paper { fill: #121314; }
    .grid { stroke: #2b2d30; }
    .roof { stroke: #ecebe8; }
    .dispatch { fill: #5aa7fb; stroke: #5aa7fb; }
  }`;

/** Powers of ten from at most `least` to at least `most`. */
function decades(least: number, most: number): readonly number[] {
  const first = Math.floor(Math.log10(least));
  const last = Math.ceil(Math.log10(most));
  return Array.from({ length: Math.max(2, last - first + 1) }, (_, index) => 10 ** (first + index));
}

/** A logarithmic axis over the ticks, from one end in pixels to the other. */
function axis(ticks: readonly number[], start: number, end: number): (value: number) => number {
  const [first = 1, last = 10] = [ticks[0], ticks.at(-1)];
  const perDecade = (end - start) / Math.log10(last / first);
  return (value) => start + perDecade * Math.log10(value / first);
}

interface Point {
  readonly label: string;
  readonly intensity: number;
  readonly gflops: number;
  readonly share: number;
}

function pointsOf(dispatches: readonly BoundedDispatch[]): readonly Point[] {
  return dispatches
    .filter(({ dispatch }) => dispatch.flops > 0)
    .map(({ dispatch, us, share }) => ({
      label: dispatch.label,
      intensity: dispatch.flops / dispatch.bytes,
      gflops: dispatch.flops / us / 1000,
      share,
    }));
}

const px = (value: number) => value.toFixed(1);

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
}

/** The picture as SVG text. */
export function rooflineSvg(title: string, dispatches: readonly BoundedDispatch[], roofs: Roofs): string {
  const points = pointsOf(dispatches);
  const ridge = roofs.gflops / roofs.memoryGBps;
  const intensities = [...points.map(({ intensity }) => intensity), ridge];
  const xTicks = decades(Math.min(...intensities), 2 * Math.max(...intensities));
  const yTicks = decades(Math.min(...points.map(({ gflops }) => gflops), roofs.gflops / 10), roofs.gflops);
  const x = axis(xTicks, frame.left, width - frame.right);
  const y = axis(yTicks, height - frame.bottom, frame.top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${styles}\n</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...xTicks.map((tick) => verticalTick(x(tick), tick)),
    ...yTicks.map((tick) => horizontalTick(y(tick), tick)),
    `<text class="soft" x="${width - frame.right}" y="${height - 10}" text-anchor="end">FLOP per byte</text>`,
    `<text class="soft" x="${frame.left + 6}" y="${frame.top + 10}">GFLOP/s</text>`,
    ...roofLines(roofs, xTicks, x, y),
    ...points.map((point) => disc(point, x(point.intensity), y(point.gflops))),
    ...legend(points.map((point) => ({ point, x: x(point.intensity), y: y(point.gflops) }))),
    '</svg>\n',
  ].join('\n');
}

function verticalTick(at: number, tick: number): string {
  const bottom = height - frame.bottom;
  return (
    `<line class="grid" x1="${px(at)}" x2="${px(at)}" y1="${frame.top}" y2="${bottom}"/>` +
    `<text class="soft" x="${px(at)}" y="${bottom + 18}" text-anchor="middle">${number(tick)}</text>`
  );
}

function horizontalTick(at: number, tick: number): string {
  return (
    `<line class="grid" x1="${frame.left}" x2="${width - frame.right}" y1="${px(at)}" y2="${px(at)}"/>` +
    `<text class="soft" x="${frame.left - 8}" y="${px(at + 4)}" text-anchor="end">${number(tick)}</text>`
  );
}

type Scale = (value: number) => number;

/** The slopes of memory and cache, up to the flat roof of arithmetic. */
function roofLines(roofs: Roofs, xTicks: readonly number[], x: Scale, y: Scale): readonly string[] {
  const [first = 1, last = 10] = [xTicks[0], xTicks.at(-1)];
  const bottom = height - frame.bottom;
  const slope = (bandwidth: number, name: string) => {
    const start = Math.min(first * bandwidth, roofs.gflops);
    const bend = Math.max(first, roofs.gflops / bandwidth);
    // A roof that begins below the frame is drawn from where it enters.
    const from =
      y(start) > bottom ? { x: entry(bandwidth, x, y, first, bottom), y: bottom } : { x: x(first), y: y(start) };
    const path = `M${px(from.x)} ${px(from.y)}L${px(x(bend))} ${px(y(roofs.gflops))}H${px(x(last))}`;
    return `<path class="roof${name}" d="${path}"/>`;
  };
  // Less would be a line upon the other.
  const hasCache = roofs.cacheGBps > 1.1 * roofs.memoryGBps;
  const top = y(roofs.gflops) - 8;
  return [
    slope(roofs.memoryGBps, ''),
    ...(hasCache ? [slope(roofs.cacheGBps, ' cache')] : []),
    `<text x="${px(x(last))}" y="${px(top)}" text-anchor="end">${number(roofs.gflops)} GFLOP/s</text>`,
    `<text class="soft" x="${px(x(last))}" y="${px(top + 24)}" text-anchor="end">` +
      `memory ${number(roofs.memoryGBps)} GB/s${hasCache ? `, dashed: cache ${number(roofs.cacheGBps)} GB/s` : ''}</text>`,
  ];
}

/** Where on the x axis a slope crosses the bottom of the frame. */
function entry(bandwidth: number, x: Scale, y: Scale, first: number, bottom: number): number {
  const perDecade = y(1) - y(10);
  const decadesBelow = (y(first * bandwidth) - bottom) / perDecade;
  return x(first * 10 ** decadesBelow);
}

const radiusOf = (share: number) => 3 + 22 * Math.sqrt(share);

/** Its area is the dispatch's share of the step. */
function disc({ label, share }: Point, x: number, y: number): string {
  const place = `cx="${px(x)}" cy="${px(y)}" r="${px(radiusOf(share))}"`;
  return `<circle class="dispatch" ${place}><title>${escaped(label)}</title></circle>`;
}

interface Placed {
  readonly point: Point;
  readonly x: number;
  readonly y: number;
}

/** Discs whose centres are nearer than this would have one number upon the other. */
const numberSize = 13;

/** The number of each disc that matters, in its middle or as near as others leave room, and the names beside the picture. */
function legend(placed: readonly Placed[]): readonly string[] {
  const named = placed
    .filter(({ point }) => point.share >= labelledShare)
    .sort((a, b) => b.point.share - a.point.share);
  const taken: { readonly x: number; readonly y: number }[] = [];
  return named.flatMap(({ point, x, y }, index) => {
    const place = { x, y };
    while (taken.some((other) => Math.hypot(other.x - place.x, other.y - place.y) < numberSize)) place.y -= numberSize;
    taken.push(place);
    const row = frame.top + 8 + index * lineHeight;
    return [
      `<text class="number" x="${px(place.x)}" y="${px(place.y + 4)}" text-anchor="middle">${index + 1}</text>`,
      `<text x="${legendLeft}" y="${row}">${index + 1}  ${escaped(shortened(point.label))}</text>`,
    ];
  });
}

function shortened(label: string): string {
  return label.length > mostLetters ? `${label.slice(0, mostLetters - 1)}…` : label;
}
