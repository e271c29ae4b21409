/** One button that goes round system, light and dark, and remembers. Tells the page that its colours are others now. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { controlStyles } from './control-styles.ts';
import { moonIcon, sunIcon, systemThemeIcon } from './icons.ts';
import { applyTheme, rememberedTheme, themeChoices, type ThemeChoice } from './theme.ts';

/** Fired when the person has chosen another theme. */
export class ThemeChangeEvent extends Event {
  static readonly type = 'theme-change';
  constructor() {
    super(ThemeChangeEvent.type, { bubbles: true, composed: true });
  }
}

const icons: Readonly<Record<ThemeChoice, TemplateResult>> = {
  system: systemThemeIcon,
  light: sunIcon,
  dark: moonIcon,
};

/** `<theme-toggle>`. @fires ThemeChangeEvent (`theme-change`) */
@customElement('theme-toggle')
export class ThemeToggle extends LitElement {
  @state() private choice: ThemeChoice = rememberedTheme();

  override render(): TemplateResult {
    const label = `Theme: ${this.choice}`;
    return html`<button type="button" aria-label=${label} title=${label} @click=${this.#next}>
      ${icons[this.choice]}
    </button>`;
  }

  #next = (): void => {
    const place = themeChoices.indexOf(this.choice);
    this.choice = themeChoices[(place + 1) % themeChoices.length] ?? 'system';
    applyTheme(this.choice);
    this.dispatchEvent(new ThemeChangeEvent());
  };

  static override styles = [
    controlStyles,
    css`
      button {
        display: grid;
        place-items: center;
        width: 32px;
        height: 32px;
        padding: 0;
        color: var(--ink-soft);
        background: var(--surface);
        border: 1px solid var(--hairline);
        border-radius: 16px;
        cursor: pointer;
      }
      button:hover {
        color: var(--ink);
        background: var(--sunken);
        border-color: var(--hairline-strong);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'theme-toggle': ThemeToggle;
  }
}
