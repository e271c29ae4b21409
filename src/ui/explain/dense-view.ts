/** A dense unit: its largest contributions, what all the others add, bias, activation. */
import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DenseExplanation } from '../../app/explain/explanation.ts';
import type { ResolvedModel } from '../../engine/model/resolved.ts';
import { controlStyles } from '../control-styles.ts';
import { formatDecimal } from '../format.ts';
import './contribution-list.ts';
import type { ContributionRow, PageChosenEvent } from './contribution-list.ts';
import { explanationStyles } from './explanation-styles.ts';
import { inputOrigin } from './input-origin.ts';
import { showSum } from './shown-sum.ts';
import { listLength } from './list-length.ts';
import { renderSumLine } from './sum-line.ts';

const factorDecimals = 3;

/** `<dense-view .explanation=${e} .model=${m}>`. */
@customElement('dense-view')
export class DenseView extends LitElement {
  @property({ attribute: false }) explanation!: DenseExplanation;
  @property({ attribute: false }) model!: ResolvedModel;

  @state() private page = 0;

  readonly #pageSize = listLength();
  #ranked: DenseExplanation['terms'] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('explanation')) return;
    const { terms, cell } = this.explanation;
    this.#ranked = terms.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    const before = changed.get('explanation')?.cell;
    if (before?.layer !== cell.layer || before.channel !== cell.channel) this.page = 0;
  }

  override render(): TemplateResult {
    const { terms, layer } = this.explanation;
    const listed = this.#ranked.slice(this.page * this.#pageSize, (this.page + 1) * this.#pageSize);
    const shown = showSum(
      this.explanation,
      listed.map(({ contribution }) => contribution),
      terms.length > listed.length,
    );
    const rows = listed.map(({ input, value, weight, contribution }, index): ContributionRow => {
      const origin = inputOrigin(this.model, layer.inputs[0] ?? 'input', input);
      return {
        key: input,
        label: origin.label,
        hint: origin.sentence,
        detail: `${formatDecimal(value, factorDecimals)} × ${formatDecimal(weight, factorDecimals)}`,
        shown: shown.listed[index] ?? 0,
        exact: contribution,
      };
    });
    return html`
      <contribution-list
        noun="input"
        .rows=${rows}
        .others=${shown.others}
        .count=${terms.length}
        .page=${this.page}
        .pageSize=${this.#pageSize}
        .decimals=${shown.decimals}
        @page-chosen=${({ page }: PageChosenEvent) => (this.page = page)}
      ></contribution-list>
      ${renderSumLine(this.explanation, shown)}
    `;
  }

  static override styles = [controlStyles, explanationStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'dense-view': DenseView;
  }
}
