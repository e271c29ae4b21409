/** What can be changed of the model's last layer, whose stage is the output column; and what is wrong with it. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { StateWatch } from '../field/state-watch.ts';
import { messageText } from '../message-text.ts';
import '../stage-controls.ts';

/** `<output-editor>`. */
@customElement('output-editor')
export class OutputEditor extends LitElement {
  #watch = new StateWatch(this, ({ draft: { names, config, issues } }) => {
    const index = names.length - 1;
    const name = names[index] ?? '';
    const issue = issues.find(({ layer }) => layer === name || !names.includes(layer));
    return { index, name, layer: config.layers[index], ...(issue && { issue }) };
  });

  override render(): TemplateResult | typeof nothing {
    const { index, name, layer, issue } = this.#watch.part ?? {};
    if (index === undefined || name === undefined || !layer) return nothing;
    return html`
      ${
        issue
          ? html`<div class="issue" role="alert">
              <layer-issue .issue=${issue}>${messageText(issue.message)}</layer-issue>
            </div>`
          : nothing
      }
      <stage-controls .layer=${layer} .index=${index} name=${name} has-menu></stage-controls>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.#watch.part?.issue) void import('./layer-issue.ts');
  }

  static override styles = css`
    :host {
      display: block;
    }
    .issue {
      margin-bottom: var(--space-2);
      padding: var(--space-2);
      background: var(--danger-soft);
      border: 1px solid var(--danger);
      border-radius: var(--radius);
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'output-editor': OutputEditor;
  }
}
