/** The column before the network: the image, where it comes from, what is done to it and how the network sees it. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { InputState } from '../app/input-slice.ts';
import type { SweepState } from '../app/sweep-slice.ts';
import type { Shape } from '../engine/model/resolved.ts';
import { columnStyles } from './column-styles.ts';
import { controlStyles } from './control-styles.ts';
import './draw-pad.ts';
import type { DigitDrawnEvent } from './draw-pad.ts';
import { formatCount, formatShape } from './format.ts';
import './input/example-picker.ts';
import { inputColumnStyles } from './input/input-column-styles.ts';
import './input/network-sees.ts';
import type { PictureChosenEvent } from './input/picture-controls.ts';
import { pictureIn, readPicture } from './input/picture-source.ts';
import { IntentEvent } from './page-events.ts';
import './segmented-control.ts';
import type { ValueChangeEvent } from './value-events.ts';

type InputTool = 'draw' | 'move' | 'photo';

const tools: readonly { readonly value: InputTool; readonly label: string; readonly hint: string }[] = [
  { value: 'draw', label: 'Draw', hint: 'Pen, eraser, undo.' },
  { value: 'move', label: 'Move', hint: 'Shift, turn, scale the image, add noise.' },
  { value: 'photo', label: 'Photo', hint: 'A file, the clipboard, the camera.' },
];

/** `<input-column .input=${i} .shape=${[28, 28, 1]}>`. */
@customElement('input-column')
export class InputColumn extends LitElement {
  @property({ attribute: false }) input!: InputState;
  @property({ attribute: false }) sweep!: SweepState;
  /** Of the input of the model being edited. */
  @property({ attribute: false }) shape: Shape = [];
  /** Of the input of the network on screen. */
  @property({ attribute: false }) builtShape: Shape | undefined;
  @property({ type: Boolean }) hasExamples = false;
  /** False where nothing can be drawn, and there is nothing to choose. */
  @property({ type: Boolean }) hasMaps = true;

  @state() private tool: InputTool = 'draw';
  @state() private isCentered = true;
  @state() private problem = '';
  @state() private isDropTarget = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('paste', this.#onPaste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('paste', this.#onPaste);
  }

  override render(): TemplateResult {
    const { input } = this;
    return html`
      <h2>Input <span class="shape">${formatShape(this.shape)}</span></h2>
      <div
        class="sheet ${this.isDropTarget ? 'is-target' : ''} ${this.tool === 'draw' ? 'is-drawing' : ''}"
        @dragenter=${this.#onDrag}
        @dragover=${this.#onDrag}
        @dragleave=${() => (this.isDropTarget = false)}
        @drop=${this.#onDrop}
        @picture-chosen=${({ file }: PictureChosenEvent) => this.#take(file)}
      >
        <draw-pad
          .pixels=${input.original}
          .shape=${input.shape}
          .hasTools=${this.tool === 'draw'}
          .isCentered=${this.isCentered}
          @digit-drawn=${(event: DigitDrawnEvent) =>
            this.dispatchEvent(new IntentEvent({ type: 'digitDrawn', pixels: event.pixels }))}
        >
          ${this.#renderOrigin()}
          <example-picker .hasExamples=${this.hasExamples} .wantedLabel=${input.wantedLabel}></example-picker>
          <segmented-control
            label="Tools"
            is-label-hidden
            .options=${tools}
            .value=${this.tool}
            @value-change=${this.#onTool}
          ></segmented-control>
        </draw-pad>
        ${this.#renderTool()}
      </div>
      ${this.hasMaps ? this.#renderMaps() : nothing}
    `;
  }

  #renderOrigin(): TemplateResult | typeof nothing {
    const { index, label, name } = this.input;
    if (index !== undefined) {
      return html`<p class="about example">test image ${formatCount(index)}, labelled <b>${label}</b></p>`;
    }
    return name === undefined ? nothing : html`<p class="about example">${name}</p>`;
  }

  #renderTool(): TemplateResult | typeof nothing {
    switch (this.tool) {
      case 'draw':
        return nothing;
      case 'move':
        return html`<move-controls .moves=${this.input.moves}></move-controls>`;
      case 'photo':
        return html`<picture-controls .problem=${this.problem}></picture-controls>`;
    }
  }

  #renderMaps(): TemplateResult {
    return html`
      <network-sees .input=${this.input} .shape=${this.builtShape ?? this.shape}>
        ${this.tool === 'draw' ? this.#renderCentring() : nothing}
      </network-sees>
      ${
        this.tool === 'move'
          ? html`<shift-plot .sweep=${this.sweep} shift=${this.input.moves.shiftX}></shift-plot>`
          : nothing
      }
    `;
  }

  #renderCentring(): TemplateResult {
    return html`<label
      class="toggle"
      title="Scales a drawing into 20 × 20 pixels and centres it by its mass, as MNIST's digits are"
    >
      <input type="checkbox" .checked=${this.isCentered} @change=${this.#onCentred} />centred
    </label>`;
  }

  #onCentred = (event: Event): void => {
    if (event.currentTarget instanceof HTMLInputElement) this.isCentered = event.currentTarget.checked;
  };

  #onTool = async ({ value }: ValueChangeEvent<string>): Promise<void> => {
    this.tool = tools.find((tool) => tool.value === value)?.value ?? 'draw';
    this.problem = '';
    this.dispatchEvent(new IntentEvent({ type: 'sweepWatched', isWatched: this.tool === 'move' }));
    // Rarely wanted, and not needed for the first view.
    if (this.tool === 'move') await Promise.all([import('./input/move-controls.ts'), import('./input/shift-plot.ts')]);
    if (this.tool === 'photo') await import('./input/picture-controls.ts');
  };

  #onDrag = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.isDropTarget = true;
  };

  #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.isDropTarget = false;
    const [first] = event.dataTransfer?.files ?? [];
    const file = pictureIn(event.dataTransfer) ?? first;
    if (file) void this.#take(file);
  };

  #onPaste = (event: ClipboardEvent): void => {
    const file = pictureIn(event.clipboardData);
    if (!file) return;
    event.preventDefault();
    void this.#take(file, 'pasted picture');
  };

  async #take(file: File, name = file.name): Promise<void> {
    try {
      const picture = await readPicture(file);
      this.problem = '';
      this.dispatchEvent(new IntentEvent({ type: 'pictureTaken', picture, name }));
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      await import('./input/picture-controls.ts');
      this.tool = 'photo';
    }
  }

  static override styles = [controlStyles, columnStyles, inputColumnStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'input-column': InputColumn;
  }
}
