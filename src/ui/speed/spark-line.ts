/** A small line over time, its least and its largest value beside it. Knows nothing of what it draws. */
import { LitElement, css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** One moment of the line. */
export interface SparkPoint {
  readonly atMs: number;
  readonly value: number;
}

const width = 120;
const height = 28;
/** Keeps the stroke inside. */
const margin = 2;

/** `<spark-line .points=${p} description="ms per step, from 3.9 to 4.4">`: fills its place, 28 px high. */
@customElement('spark-line')
export class SparkLine extends LitElement {
  @property({ attribute: false }) points: readonly SparkPoint[] = [];
  /** What the picture says, for those who do not see it. */
  @property() description = '';

  override render(): TemplateResult | typeof nothing {
    if (this.points.length < 2) return nothing;
    return html`<svg
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${this.description}
    >
      ${svg`<polyline points=${sparkPath(this.points)}></polyline>`}
    </svg>`;
  }

  static override styles = css`
    :host {
      display: block;
      height: 28px;
      min-width: 0;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }
    polyline {
      fill: none;
      stroke: var(--accent);
      stroke-width: 1.5px;
      stroke-linejoin: round;
      vector-effect: non-scaling-stroke;
    }
  `;
}

/** The corners of the line, from zero at the foot, so that a tremble does not look like a change. */
export function sparkPath(points: readonly SparkPoint[]): string {
  const [first, last] = [points[0]?.atMs ?? 0, points.at(-1)?.atMs ?? 1];
  const most = Math.max(...points.map(({ value }) => value), Number.MIN_VALUE);
  return points
    .map(({ atMs, value }) => {
      const x = ((atMs - first) / Math.max(1, last - first)) * width;
      const y = height - margin - (value / most) * (height - 2 * margin);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}

declare global {
  interface HTMLElementTagNameMap {
    'spark-line': SparkLine;
  }
}
