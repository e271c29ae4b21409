/** The input that excites a filter most, as it grows, and which filter that is. Climbs nothing itself. */
import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { climbLayers, type ClimbScope } from '../../app/climb-slice.ts';
import type { CellBox } from '../../engine/model/cell-field.ts';
import type { ResolvedLayer, ResolvedModel } from '../../engine/model/resolved.ts';
import { imageSizes } from '../../engine/shape/cells.ts';
import type { ClimbProgress } from '../../worker/protocol.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { paintImage } from '../digit-painting.ts';
import { IntentEvent } from '../page-events.ts';
import '../number-field.ts';
import '../segmented-control.ts';
import '../select-field.ts';
import { ThemeController } from '../theme-controller.ts';
import type { ValueChangeEvent } from '../value-events.ts';
import '../words/explained-term.ts';
import { excitedInputStyles } from './excited-input-styles.ts';
import { partStyles } from './part-styles.ts';
import { climbFigures, climbText } from './saliency-text.ts';

const scopes: readonly { readonly value: ClimbScope; readonly label: string; readonly hint: string }[] = [
  { value: 'cell', label: 'one cell', hint: 'The cell in the middle of the map; the frame is what it sees.' },
  { value: 'map', label: 'whole map', hint: 'The mean of all cells of the map: the pattern at every place.' },
];

/** What every pixel starts from. */
const grey = 0.5;

/** `<excited-input .model=${m} .layer=${m.layers[0]} .channel=${3} .progress=${p}>`. */
@customElement('excited-input')
export class ExcitedInput extends LitElement {
  @property({ attribute: false }) model!: ResolvedModel;
  @property({ attribute: false }) layer!: ResolvedLayer;
  @property({ type: Number }) channel = 0;
  /** Filters or units that there are. */
  @property({ type: Number }) channels = 1;
  @property() scope: ClimbScope = 'cell';
  @property({ type: Boolean }) isSmooth = true;
  @property({ type: Boolean }) isClimbing = false;
  /** Undefined before the first climb for this filter. */
  @property({ attribute: false }) progress: ClimbProgress | undefined;
  /** Which noise the last climb started from. */
  @property({ type: Number }) seed = 0;
  /** What the cell in the middle sees. */
  @property({ attribute: false }) box: CellBox | undefined;

  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.share') private share!: HTMLElement;

  constructor() {
    super();
    new ThemeController(this);
  }

  override render(): TemplateResult {
    return html`
      <div class="picture">
        ${this.#renderPicture()}
        <div class="run">
          <button type="button" @click=${this.#onRun}>${this.#action}</button>
          <label
            title="Averages each step over neighbouring pixels: it still leads uphill, and can be read more easily."
          >
            <input
              type="checkbox"
              .checked=${live(this.isSmooth)}
              @change=${() =>
                this.dispatchEvent(new IntentEvent({ type: 'climbSmoothnessChosen', isSmooth: !this.isSmooth }))}
            />
            smooth
          </label>
        </div>
      </div>
      <div class="words">
        <h3>
          <explained-term term="gradient-ascent" layer=${this.layer.name}>What excites ${this.#what}</explained-term>
        </h3>
        ${this.#renderChoice()} ${this.#renderFound()}
      </div>
    `;
  }

  #renderPicture(): TemplateResult {
    const [height, width] = imageSizes(this.model.inputShape);
    const { rows, columns } = this.box ?? {};
    const isFramed = this.scope === 'cell' && rows && columns;
    return html`<div class="frame">
      <canvas width=${width} height=${height} role="img" aria-label=${this.#pictureText}></canvas>
      <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
        ${
          isFramed
            ? svg`<rect x=${columns.from} y=${rows.from} width=${columns.to - columns.from} height=${rows.to - rows.from} />`
            : ''
        }
      </svg>
      <span class="share" ?hidden=${!this.isClimbing}></span>
    </div>`;
  }

  #renderChoice(): TemplateResult {
    const last = this.channels - 1;
    return html`
      <select-field
        label="layer"
        .options=${climbLayers(this.model).map(({ name }) => ({ value: name, label: name }))}
        .value=${this.layer.name}
        @value-change=${this.#onLayer}
      ></select-field>
      <number-field
        label=${this.#noun}
        min="0"
        max=${last}
        hint="From 0 to ${last}; a click on a map chooses its filter too."
        .value=${this.channel}
        @value-change=${(event: ValueChangeEvent) => this.#onChannel(event)}
      >
        ${this.#renderStep(-1, '‹', 'Previous')} ${this.#renderStep(1, '›', 'Next')}
      </number-field>
      ${
        this.layer.outputShape.length === 3
          ? html`<segmented-control
              label="Excite"
              is-label-hidden
              .options=${scopes}
              .value=${this.scope}
              @value-change=${this.#onScope}
            ></segmented-control>`
          : nothing
      }
    `;
  }

  #renderStep(by: 1 | -1, sign: string, word: string): TemplateResult {
    const channel = this.channel + by;
    return html`<button
      type="button"
      aria-label="${word} ${this.#noun}"
      ?disabled=${channel < 0 || channel >= this.channels}
      @click=${() => this.#choose(this.layer.name, channel)}
    >
      ${sign}
    </button>`;
  }

  #renderFound(): TemplateResult {
    const { progress } = this;
    if (!progress) return html`<p>From grey uphill, to what makes its sum largest.</p>`;
    return html`<p class="found">
        <span class="figure">${climbFigures(progress)}</span>
        <span>${climbText(progress)}${this.seed > 1 ? `, start ${this.seed}` : ''}; never a digit.</span>
      </p>
      <p class="visually-hidden" role="status">
        ${progress.isOver ? `Climbed: ${climbFigures(progress)}, ${climbText(progress)}` : ''}
      </p>`;
  }

  get #action(): string {
    if (this.isClimbing) return 'Stop';
    return this.progress ? 'Again' : 'Climb';
  }

  get #noun(): string {
    if (this.layer.outputShape.length !== 3) return 'unit';
    return this.layer.type.toLowerCase().includes('conv2d') ? 'filter' : 'map';
  }

  get #what(): string {
    return `${this.#noun} ${this.channel}`;
  }

  get #pictureText(): string {
    const name = `Input that excites ${this.#what} of ${this.layer.name}`;
    return this.progress ? `${name}, ${climbText(this.progress)}` : `${name}: not climbed yet`;
  }

  protected override updated(): void {
    const [height, width, channels] = imageSizes(this.model.inputShape);
    const pixels = this.progress?.pixels ?? new Float32Array(height * width * channels).fill(grey);
    paintImage(this.canvas, pixels, channels);
    const { steps = 0, planned = 1 } = this.progress ?? {};
    this.share.style.setProperty('--share', String(steps / planned));
  }

  #onRun = (): void => {
    this.dispatchEvent(new IntentEvent({ type: this.isClimbing ? 'climbStopped' : 'climbStarted' }));
  };

  #onLayer = (event: ValueChangeEvent<string>): void => {
    event.stopPropagation();
    this.#choose(event.value, 0);
  };

  #onChannel(event: ValueChangeEvent): void {
    event.stopPropagation();
    this.#choose(this.layer.name, event.value);
  }

  #onScope = (event: ValueChangeEvent<string>): void => {
    event.stopPropagation();
    this.dispatchEvent(new IntentEvent({ type: 'climbScopeChosen', scope: event.value === 'map' ? 'map' : 'cell' }));
  };

  #choose(layer: string, channel: number): void {
    this.dispatchEvent(new IntentEvent({ type: 'climbTargetChosen', target: { layer, channel } }));
  }

  static override styles = [controlStyles, buttonStyles, partStyles, excitedInputStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'excited-input': ExcitedInput;
  }
}
