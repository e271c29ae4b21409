/** The connections that go past stages, as lines above them. Knows places and names, no tensors. */
import { svg, html, nothing, type TemplateResult } from 'lit';
import type { Skip, Stage } from './stages.ts';

/** Where a stage stands, in CSS px from the left end of the row. */
export interface StageSpan {
  readonly left: number;
  readonly width: number;
}

const laneHeight = 10;
const headroom = 5;
const corner = 6;
/** From a stage's middle: a line that leaves it stands right of one that arrives. */
const apart = 5;

/** CSS px that the lines take. */
function skipHeight(skips: readonly Skip[]): number {
  return skips.length === 0 ? 0 : headroom + laneHeight * (1 + Math.max(...skips.map(({ lane }) => lane)));
}

/** The lines as one picture, in a row of its own above the stages; nothing where every layer reads the one before it. */
export function renderSkips(
  skips: readonly Skip[],
  stages: readonly Stage[],
  spans: readonly StageSpan[],
): TemplateResult | typeof nothing {
  const end = spans.at(-1);
  if (skips.length === 0 || !end) return nothing;
  const width = end.left + end.width;
  const height = skipHeight(skips);
  const sentences = skips.map(({ from, to }) => sentence(stages[from]?.name ?? 'the input', stages[to]?.name ?? ''));
  return html`<svg
    class="skips"
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="Connections past layers: ${sentences.join('; ')}."
  >
    ${skips.map((skip, index) => renderLine(skip, spans, width, height, sentences[index] ?? ''))}
  </svg>`;
}

function sentence(source: string, reader: string): string {
  return `${reader} also reads ${source}`;
}

function renderLine(
  { from, to, lane }: Skip,
  spans: readonly StageSpan[],
  width: number,
  height: number,
  title: string,
): TemplateResult {
  const middle = ({ left, width: own }: StageSpan): number => left + own / 2;
  const [source, reader] = [spans[from], spans[to]];
  const x1 = source ? middle(source) + apart : 1;
  const x2 = reader ? middle(reader) - apart : width - corner;
  const y = height - headroom - laneHeight * lane - laneHeight / 2;
  const path = `M${x1} ${height}V${y + corner}Q${x1} ${y} ${x1 + corner} ${y}H${x2 - corner}Q${x2} ${y} ${x2} ${y + corner}V${height - 2}`;
  return svg`<g class="skip">
    <title>${title}</title>
    <path class="reach" d=${path} />
    <path class="line" d=${path} />
    <circle class="start" cx=${x1} cy=${height - 1.5} r="2.5" />
    <path class="arrow" d="M${x2 - 4} ${height - 6}L${x2} ${height}L${x2 + 4} ${height - 6}" />
  </g>`;
}
