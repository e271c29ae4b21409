/** A layer's button that opens all its arguments and what can be done with it. Knows no argument. */
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FormButton } from './form-button.ts';

/** `<layer-menu index="0" name="conv2d_1" is-icon>`. */
@customElement('layer-menu')
export class LayerMenu extends FormButton {
  /** Place of the layer in the config. */
  @property({ type: Number }) index = 0;
  @property() name = '';
  /** Three dots beside other icons, in place of a word of its own line. */
  @property({ type: Boolean, attribute: 'is-icon' }) isIcon = false;

  protected override get label(): string {
    return `More of ${this.name}`;
  }

  protected override get heading(): string {
    return this.name;
  }

  protected override get hint(): string {
    return this.isIcon ? 'All its arguments; copy, move or remove it' : '';
  }

  protected override renderSign(): string {
    return this.isIcon ? '⋯' : 'More…';
  }

  protected override loadForm(): Promise<unknown> {
    return import('./layer-editor.ts');
  }

  protected override renderForm(): TemplateResult {
    return html`<layer-editor .index=${this.index}></layer-editor>`;
  }

  static override styles = [
    FormButton.styles,
    css`
      :host {
        display: block;
      }
      #opener {
        width: 100%;
        padding: 0;
        text-align: left;
        color: var(--ink-soft);
        background: none;
        border-color: transparent;
      }
      :host([is-icon]) #opener {
        display: grid;
        place-items: center;
        width: 24px;
        min-height: 24px;
        height: 24px;
        margin: -1px 0;
        font-weight: 700;
        border: 0;
        border-radius: 4px;
      }
      :host([is-icon]) #opener:hover {
        background: var(--sunken);
      }
      @media (pointer: coarse) {
        /* As large as a finger, without making its row taller. */
        :host([is-icon]) #opener {
          width: 36px;
          min-height: 36px;
          height: 36px;
          margin: -9px 0;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-menu': LayerMenu;
  }
}
