/** The tools of the drawing pad: pen or eraser, back and forth, an empty sheet, the pen's width. Draws nothing. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { redoIcon, undoIcon } from '../icons.ts';
import '../range-field.ts';
import type { PenTool } from '../stroke-sketch.ts';
import type { ValueInputEvent } from '../value-events.ts';
import { eraserIcon } from './input-icons.ts';

/** What a tool does to the drawing. */
export type ToolUse =
  | { readonly kind: 'undo' | 'redo' | 'clear' }
  | { readonly kind: 'tool'; readonly tool: PenTool }
  | { readonly kind: 'thickness'; readonly thickness: number };

/** Fired when a tool is used. */
export class DrawToolEvent extends Event {
  static readonly type = 'draw-tool';
  constructor(readonly use: ToolUse) {
    super(DrawToolEvent.type, { bubbles: true, composed: true });
  }
}

/** `<draw-tools .canUndo=${b} .thickness=${2.6}>`. @fires DrawToolEvent (`draw-tool`) */
@customElement('draw-tools')
export class DrawTools extends LitElement {
  @property({ attribute: false }) canUndo = false;
  @property({ attribute: false }) canRedo = false;
  @property({ attribute: false }) isErasing = false;
  /** Of the pen, in pixels of the 28 × 28. */
  @property({ attribute: false }) thickness = 2.6;

  override render(): TemplateResult {
    return html`
      <div class="row">
        ${this.#renderIcon('Undo', undoIcon, { kind: 'undo' }, !this.canUndo)}
        ${this.#renderIcon('Redo', redoIcon, { kind: 'redo' }, !this.canRedo)}
        <button
          type="button"
          class="icon"
          aria-pressed=${this.isErasing}
          aria-label="Eraser"
          title="Rub out strokes instead of drawing them"
          @click=${() => this.#use({ kind: 'tool', tool: this.isErasing ? 'pen' : 'eraser' })}
        >
          ${eraserIcon}
        </button>
        <button type="button" @click=${() => this.#use({ kind: 'clear' })}>Clear</button>
      </div>
      <range-field
        label="pen"
        min="1.5"
        max="4.5"
        step="0.1"
        unit="pixels"
        hint="How wide the pen draws, in pixels of the 28 by 28."
        .value=${this.thickness}
        @value-input=${this.#onThickness}
        @value-change=${(event: Event) => event.stopPropagation()}
      ></range-field>
    `;
  }

  #renderIcon(name: string, icon: TemplateResult, use: ToolUse, isDisabled: boolean): TemplateResult {
    return html`<button
      type="button"
      class="icon"
      aria-label=${name}
      title=${name}
      ?disabled=${isDisabled}
      @click=${() => this.#use(use)}
    >
      ${icon}
    </button>`;
  }

  #use(use: ToolUse): void {
    this.dispatchEvent(new DrawToolEvent(use));
  }

  #onThickness = (event: ValueInputEvent): void => {
    event.stopPropagation();
    this.#use({ kind: 'thickness', thickness: event.value });
  };

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        /* Inherited, so that the field may still take more room for a finger. */
        --field-label-width: 24px;
        --field-value-width: 24px;
        display: grid;
        gap: var(--space-1);
        font: 400 var(--text-s) / 1.35 var(--font);
        color: var(--ink-soft);
      }
      .row {
        display: grid;
        grid-template-columns: repeat(3, minmax(24px, auto)) minmax(0, 1fr);
        gap: var(--space-1);
      }
      .icon {
        display: grid;
        place-items: center;
        padding: 0;
      }
      .icon svg {
        width: 14px;
        height: 14px;
      }
      [aria-pressed='true'] {
        color: var(--accent);
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      @media (pointer: coarse) {
        .row {
          grid-template-columns: repeat(3, 44px) minmax(0, 1fr);
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'draw-tools': DrawTools;
  }
}
