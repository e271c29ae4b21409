/** The place between two stages: a round + that opens the choice of a layer to put there. Knows no layer. */
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelDraft } from '../../app/state.ts';
import { inputName } from '../../engine/model/layer-names.ts';
import { plusIcon } from '../icons.ts';
import { FormButton } from './form-button.ts';

/** `<stage-gap .draft=${d} .places=${[1]}>`; the + shows itself to a mouse that comes near, to the keyboard's focus, and to fingers. */
@customElement('stage-gap')
export class StageGap extends FormButton {
  @property({ attribute: false }) draft!: ModelDraft;
  /** In the config: several where a layer that the pipeline does not show stands between. */
  @property({ attribute: false }) places: readonly number[] = [0];

  get #at(): number {
    return this.places[0] ?? 0;
  }

  protected override get label(): string {
    return `Add a layer after ${this.draft.names[this.#at - 1] ?? inputName}`;
  }

  protected override get heading(): string {
    return this.label;
  }

  protected override get hint(): string {
    return this.label;
  }

  protected override renderSign(): TemplateResult {
    return plusIcon;
  }

  protected override loadForm(): Promise<unknown> {
    return import('./add-layer.ts');
  }

  protected override renderForm(): TemplateResult {
    return html`<add-layer
      .draft=${this.draft}
      .at=${this.#at}
      .places=${this.places}
      is-fixed
      @intent=${() => this.close()}
    ></add-layer>`;
  }

  static override styles = [
    FormButton.styles,
    css`
      :host {
        --form-width: 410px;
        position: relative;
        display: block;
      }
      /* Seen, the place is a line through the gap; the pointer finds it where the gap is, not on the stages beside it. */
      :host::before {
        content: '';
        position: absolute;
        inset: 0 auto 0 50%;
        width: 2px;
        margin-left: -1px;
        border-radius: 1px;
        background: var(--accent);
        opacity: 0;
      }
      #opener {
        position: absolute;
        top: -3px;
        left: 50%;
        display: grid;
        place-items: center;
        width: 24px;
        height: 24px;
        margin-left: -12px;
        padding: 0;
        color: var(--accent-ink);
        background: var(--accent);
        border: 0;
        border-radius: 50%;
        clip-path: inset(0 6px);
        opacity: 0;
      }
      #opener:hover,
      #opener:active {
        color: var(--accent-ink);
        background: color-mix(in oklab, var(--accent) 88%, var(--ink));
      }
      #opener svg {
        width: 12px;
        height: 12px;
      }
      :host(:focus-within) #opener,
      :host([is-open]) #opener {
        clip-path: none;
        opacity: 1;
      }
      :host(:focus-within)::before,
      :host([is-open])::before {
        opacity: 1;
      }
      @media (hover: hover) {
        :host(:hover) #opener {
          clip-path: none;
          opacity: 1;
          transition: opacity 120ms ease-out 60ms;
        }
        :host(:hover)::before {
          opacity: 1;
          transition: opacity 120ms ease-out 60ms;
        }
      }
      /* Always there, below the words that can be tapped: where only pictures and free room stand beside it. */
      @media (pointer: coarse) {
        #opener {
          top: auto;
          bottom: 2px;
          min-height: 24px;
          height: 24px;
          margin-left: -15px;
          color: var(--ink-soft);
          background: none;
          clip-path: none;
          opacity: 1;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        :host(:hover) #opener,
        :host(:hover)::before {
          transition: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'stage-gap': StageGap;
  }
}
