/** The whole network as a strip that shows which part of it is in view, and moves it. Knows where stages stand, no layer. */
import { LitElement, css, html, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlStyles } from './control-styles.ts';
import type { StageSpan } from './skip-lines.ts';

/** One stage of the strip. */
export interface OverviewStage extends StageSpan {
  readonly name: string;
  readonly isNarrow: boolean;
  readonly isExpanded: boolean;
  /** Side of its maps as a share of the image's. */
  readonly size: number;
}

/** A line past stages: CSS px from the left end of the row. */
export interface OverviewSkip {
  readonly from: number;
  readonly to: number;
}

/** Asks for a part of the network: `left` in CSS px from the left end of the row. */
export class OverviewScrollEvent extends Event {
  static readonly type = 'overview-scroll';
  constructor(readonly left: number) {
    super(OverviewScrollEvent.type);
  }
}

const height = 26;

/** `<network-overview .stages=${s} total="3000" left="0" seen="1000">`. @fires OverviewScrollEvent (`overview-scroll`) */
@customElement('network-overview')
export class NetworkOverview extends LitElement {
  @property({ attribute: false }) stages: readonly OverviewStage[] = [];
  @property({ attribute: false }) skips: readonly OverviewSkip[] = [];
  /** CSS px: of the whole row, of what lies left of the view, and of the view. */
  @property({ type: Number }) total = 1;
  @property({ type: Number }) left = 0;
  @property({ type: Number }) seen = 1;

  override render(): TemplateResult {
    const inView = this.stages.filter((stage) => this.#isInView(stage));
    const [first, last] = [inView[0]?.name, inView.at(-1)?.name];
    return html`<div
      class="strip"
      tabindex="0"
      role="slider"
      aria-label="Part of the network in view"
      aria-orientation="horizontal"
      aria-valuemin="0"
      aria-valuemax=${Math.max(0, Math.round(this.total - this.seen))}
      aria-valuenow=${Math.round(this.left)}
      aria-valuetext="${first ?? 'nothing'} to ${last ?? 'nothing'}, ${inView.length} of ${this.stages.length} layers"
      @keydown=${this.#onKey}
      @pointerdown=${this.#onPointer}
      @pointermove=${this.#onPointer}
    >
      <svg viewBox="0 0 ${this.total} ${height}" preserveAspectRatio="none" aria-hidden="true">
        ${this.skips.map(
          ({ from, to }) => svg`<path class="skip" d="M${from} 6V2H${to}V6" vector-effect="non-scaling-stroke" />`,
        )}
        ${this.stages.map((stage) => this.#renderStage(stage))}
        <rect
          class="view"
          x=${this.left}
          y="0.5"
          width=${this.seen}
          height=${height - 1}
          vector-effect="non-scaling-stroke"
        />
      </svg>
    </div>`;
  }

  #renderStage({ name, left, width, size, isNarrow, isExpanded }: OverviewStage): TemplateResult {
    const tall = 4 + 12 * size;
    const kind = isExpanded ? 'expanded' : isNarrow ? 'narrow' : 'wide';
    return svg`<rect class=${kind} x=${left} y=${(height + 4 - tall) / 2} width=${width} height=${tall}>
      <title>${name}</title>
    </rect>`;
  }

  #isInView({ left, width }: StageSpan): boolean {
    return left + width / 2 >= this.left && left + width / 2 <= this.left + this.seen;
  }

  #onKey = (event: KeyboardEvent): void => {
    const lefts = this.stages.map(({ left }) => left);
    const goals: Readonly<Record<string, number | undefined>> = {
      ArrowRight: lefts.find((left) => left > this.left + 1),
      ArrowLeft: lefts.findLast((left) => left < this.left - 1) ?? 0,
      PageDown: this.left + this.seen,
      PageUp: this.left - this.seen,
      Home: 0,
      End: this.total,
    };
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    this.dispatchEvent(new OverviewScrollEvent(goal));
  };

  #onPointer = (event: PointerEvent): void => {
    const strip = event.currentTarget;
    if (!(strip instanceof HTMLElement) || (event.buttons & 1) === 0) return;
    if (event.type === 'pointerdown') strip.setPointerCapture(event.pointerId);
    const { left, width } = strip.getBoundingClientRect();
    const place = ((event.clientX - left) / width) * this.total;
    this.dispatchEvent(new OverviewScrollEvent(place - this.seen / 2));
  };

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .strip {
        border-radius: 4px;
        cursor: pointer;
        touch-action: pan-y;
      }
      svg {
        display: block;
        width: 100%;
        height: 26px;
      }
      .wide {
        fill: var(--hairline-strong);
      }
      .narrow {
        fill: var(--hairline);
      }
      .expanded {
        fill: var(--accent);
      }
      .skip {
        fill: none;
        stroke: var(--hairline-strong);
        stroke-width: 1;
      }
      .view {
        fill: var(--accent);
        fill-opacity: 0.08;
        stroke: var(--accent);
        stroke-width: 1.5;
      }
      @media (pointer: coarse) {
        svg {
          height: 36px;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'network-overview': NetworkOverview;
  }
}
