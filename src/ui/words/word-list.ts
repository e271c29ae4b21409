/** All words of the page in a row, each with its explanation; loaded when the list is opened. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { controlStyles } from '../control-styles.ts';
import './explained-term.ts';
import type * as Words from './terms.ts';

type Terms = Pick<typeof Words, 'terms' | 'termNames'>;

/** `<word-list></word-list>`: a line that opens. */
@customElement('word-list')
export class WordList extends LitElement {
  @state() private words: Terms | undefined;

  override render(): TemplateResult {
    return html`<details @toggle=${this.#load}>
      <summary>All words, explained</summary>
      ${this.words ? renderList(this.words) : nothing}
    </details>`;
  }

  #load = async (): Promise<void> => {
    this.words ??= await import('./terms.ts');
  };

  static override styles = [
    controlStyles,
    css`
      summary {
        margin-top: var(--space-3);
        font: 650 var(--text-m) / 24px var(--font);
        color: var(--ink);
        border-radius: 4px;
        cursor: pointer;
      }
      summary:hover {
        color: var(--accent);
      }
      ul {
        columns: 2;
        column-gap: var(--space-4);
        margin: var(--space-1) 0 0;
        padding: 0;
        list-style: none;
        color: var(--ink-soft);
      }
      li {
        min-height: 24px;
        break-inside: avoid;
      }
    `,
  ];
}

function renderList({ termNames, terms }: Terms): TemplateResult {
  return html`<ul>
    ${termNames.map((name) => html`<li><explained-term term=${name}>${terms[name].title}</explained-term></li>`)}
  </ul>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'word-list': WordList;
  }
}
