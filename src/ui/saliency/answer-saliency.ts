/** The gradient of one class's score by every pixel of the chosen image, with the image's outline on it. Works nothing out. */
import { LitElement, css, html, svg, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { SaliencyKind } from '../../app/saliency-slice.ts';
import type { Saliency } from '../../worker/protocol.ts';
import { controlStyles } from '../control-styles.ts';
import { formatSigned } from '../format.ts';
import { IntentEvent } from '../page-events.ts';
import '../segmented-control.ts';
import { readPalettes } from '../theme.ts';
import { ThemeController } from '../theme-controller.ts';
import '../value-legend.ts';
import type { ValueChangeEvent } from '../value-events.ts';
import '../words/explained-term.ts';
import './class-choice.ts';
import { imageOutline } from './image-outline.ts';
import { partStyles } from './part-styles.ts';
import { limitOf, paintSigned } from './signed-plane.ts';
import { meaningText, saliencyText } from './saliency-text.ts';

const kinds: readonly { readonly value: SaliencyKind; readonly label: string; readonly hint: string }[] = [
  { value: 'gradient', label: 'gradient', hint: 'How the score changes with the pixel: ∂ score / ∂ pixel.' },
  { value: 'product', label: '× input', hint: 'The gradient times the pixel: what the ink that is there contributes.' },
];

/** `<answer-saliency .saliency=${s} .unit=${7} .classes=${10}>`: a map, its scale, the score, and which class is meant. */
@customElement('answer-saliency')
export class AnswerSaliency extends LitElement {
  /** Undefined until it has been worked out. */
  @property({ attribute: false }) saliency: Saliency | undefined;
  @property() kind: SaliencyKind = 'gradient';
  /** The class whose score is shown. */
  @property({ attribute: false }) unit: number | undefined;
  /** The class that the person chose; undefined: the one predicted. */
  @property({ attribute: false }) chosen: number | undefined;
  @property({ attribute: false }) predicted: number | undefined;
  @property({ type: Number }) classes = 0;
  /** Of the network's input. */
  @property({ type: Number }) channels = 1;

  @query('canvas') private canvas!: HTMLCanvasElement;

  constructor() {
    super();
    new ThemeController(this);
  }

  override render(): TemplateResult {
    const { saliency, kind, unit } = this;
    const { height = 28, width = 28 } = saliency ?? {};
    return html`
      <div class="picture">
        <div class="frame">
          <canvas
            width=${width}
            height=${height}
            role="img"
            aria-label=${saliency ? saliencyText(saliency, kind) : 'Being worked out'}
          ></canvas>
          <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
            ${saliency ? svg`<path d=${imageOutline(saliency.image, width, height)} />` : ''}
          </svg>
        </div>
        <value-legend kind="gradients" .limit=${this.#limit}></value-legend>
      </div>
      <div class="words">
        <h3>
          <explained-term term="saliency"
            >What ${unit === undefined ? 'the answer' : `the ${unit}`} depends on</explained-term
          >
        </h3>
        <class-choice
          classes=${this.classes}
          .chosen=${this.chosen}
          .predicted=${this.predicted}
          @value-change=${this.#onClass}
        ></class-choice>
        <segmented-control
          label="Saliency"
          is-label-hidden
          .options=${kinds}
          .value=${kind}
          @value-change=${this.#onKind}
        ></segmented-control>
        <p class="score">score <span class="figure">${saliency ? formatSigned(saliency.score, 2) : '…'}</span></p>
        <p>${meaningText(kind, this.channels)}</p>
      </div>
    `;
  }

  protected override updated(): void {
    paintSigned(this.canvas, this.#plane, this.#limit, readPalettes().gradients);
  }

  get #plane(): Float32Array {
    return this.saliency?.[this.kind] ?? new Float32Array();
  }

  get #limit(): number {
    return limitOf(this.#plane);
  }

  #onClass = (event: ValueChangeEvent<number | undefined>): void => {
    event.stopPropagation();
    const unit = event.value;
    this.dispatchEvent(new IntentEvent({ type: 'saliencyClassChosen', ...(unit !== undefined && { unit }) }));
  };

  #onKind = (event: ValueChangeEvent<string>): void => {
    event.stopPropagation();
    const kind = event.value === 'product' ? 'product' : 'gradient';
    this.dispatchEvent(new IntentEvent({ type: 'saliencyKindChosen', kind }));
  };

  static override styles = [
    controlStyles,
    partStyles,
    css`
      path {
        stroke: var(--ink);
        stroke-width: 1.25px;
        stroke-linejoin: round;
        vector-effect: non-scaling-stroke;
      }
      value-legend {
        margin-top: var(--space-1);
      }
      .score {
        display: flex;
        gap: var(--space-2);
        align-items: baseline;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'answer-saliency': AnswerSaliency;
  }
}
