/** Lays an explanation out: title, sentences, formula, present numbers, and the terms beside it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { TermContext } from './term.ts';
import type { TermName } from './term-name.ts';
import { terms } from './terms.ts';

/** The contents of the card; `onRelated` is told of another term that is wanted in its place. */
export function renderTerm(name: TermName, context: TermContext, onRelated: (term: TermName) => void): TemplateResult {
  const { title, text, formula, numbers, related = [] } = terms[name];
  const lines = numbers?.(context) ?? [];
  return html`
    <div class="head">
      <h2 id="title">${title}</h2>
      <button type="button" class="close" aria-label="Close" popovertarget="card" popovertargetaction="hide">×</button>
    </div>
    <p>${text}</p>
    ${formula ? html`<p class="formula">${formula.join('\n')}</p>` : nothing}
    ${lines.length > 0 ? html`<p class="numbers">${lines.join('\n')}</p>` : nothing}
    ${
      related.length > 0
        ? html`<div class="related">
            <span>See also</span>
            ${related.map(
              (other) => html`<button type="button" @click=${() => onRelated(other)}>${terms[other].title}</button>`,
            )}
          </div>`
        : nothing
    }
  `;
}
