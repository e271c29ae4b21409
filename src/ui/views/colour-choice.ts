/** The choice of the maps' colours. Tells the page that its colours are others now. */
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { applyColours, rememberedColours, type ColourChoice } from '../colours.ts';
import '../segmented-control.ts';
import { ThemeChangeEvent } from '../theme-toggle.ts';
import type { ValueChangeEvent } from '../value-events.ts';

const colours = [
  { value: 'standard', label: 'standard', hint: 'Blue and rust, teal and violet, green and magenta.' },
  { value: 'safe', label: 'colour-blind safe', hint: 'Pairs that people who see fewer colours tell apart as well.' },
];

/** `<colour-choice>`. @fires ThemeChangeEvent (`theme-change`) */
@customElement('colour-choice')
export class ColourChoiceControl extends LitElement {
  @state() private choice: ColourChoice = rememberedColours();

  override render(): TemplateResult {
    return html`<segmented-control
      label="Map colours"
      is-label-hidden
      .options=${colours}
      .value=${this.choice}
      @value-change=${({ value }: ValueChangeEvent<string>) => this.#choose(value === 'safe' ? 'safe' : 'standard')}
    ></segmented-control>`;
  }

  #choose(choice: ColourChoice): void {
    this.choice = choice;
    applyColours(choice);
    this.dispatchEvent(new ThemeChangeEvent());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'colour-choice': ColourChoiceControl;
  }
}
