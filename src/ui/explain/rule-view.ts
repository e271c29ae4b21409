/** A cell of a layer that adds no products: the numbers it read, and its rule with them put in. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type {
  ActivationExplanation,
  CopyExplanation,
  MixtureExplanation,
  NormalizationExplanation,
} from '../../app/explain/explanation.ts';
import { decimalsFor, roundTogether } from '../../app/explain/round-together.ts';
import type { ResolvedModel } from '../../engine/model/resolved.ts';
import { controlStyles } from '../control-styles.ts';
import { formatCount, formatDecimal, formatSetting } from '../format.ts';
import { activationLabel, placeText } from './explanation-text.ts';
import { explanationStyles } from './explanation-styles.ts';
import { ruleSentence } from './rule-text.ts';
import { showSum } from './shown-sum.ts';
import { renderSumLine } from './sum-line.ts';

type RuleExplanation = ActivationExplanation | CopyExplanation | MixtureExplanation | NormalizationExplanation;

/** `<rule-view .explanation=${e} .model=${m}>`. */
@customElement('rule-view')
export class RuleView extends LitElement {
  @property({ attribute: false }) explanation!: RuleExplanation;
  @property({ attribute: false }) model!: ResolvedModel;

  override render(): TemplateResult {
    const { explanation } = this;
    const sentence = ruleSentence(explanation.layer);
    return html` ${this.#renderRule()} ${sentence === '' ? nothing : html`<p class="note">${sentence}</p>`} `;
  }

  #renderRule(): TemplateResult {
    const { explanation } = this;
    switch (explanation.kind) {
      case 'copy':
        return this.#renderCopy(explanation);
      case 'mixture':
        return this.#renderMixture(explanation);
      case 'normalization':
        return this.#renderNormalization(explanation);
      case 'activation':
        return this.#renderActivation(explanation);
    }
  }

  #renderCopy({ from, value, layer }: CopyExplanation): TemplateResult {
    const decimals = decimalsFor([value]);
    const [what, where] = from
      ? ['the number at', placeText(from.cell, this.model)]
      : layer
        ? ['padding:', 'outside the input stands a zero']
        : ['the pixel itself:', '0 is paper, 1 is ink'];
    return html`<p class="line">${strong(value, decimals)} <span class="sign">=</span> ${what} ${where}</p>`;
  }

  #renderMixture({ parts, value }: MixtureExplanation): TemplateResult {
    const exact = parts.map((part) => part.value * part.share);
    const decimals = decimalsFor([value, ...exact]);
    const shown = roundTogether(exact, value, decimals);
    const isShared = parts.some(({ share }) => share !== 1);
    return html`<table>
        <thead>
          <tr>
            <th scope="col">reads</th>
            <th scope="col">value</th>
            ${isShared ? html`<th scope="col">share</th>` : nothing}
            <th scope="col">adds</th>
          </tr>
        </thead>
        <tbody>
          ${parts.map(
            (part, index) =>
              html`<tr>
                <th scope="row">${placeText(part.cell, this.model)}</th>
                <td title=${String(part.value)}>${formatDecimal(part.value, decimals)}</td>
                ${isShared ? html`<td>${formatSetting(part.share)}</td>` : nothing}
                <td>${formatDecimal(shown[index] ?? 0, decimals)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="line"><span class="sign">Σ =</span> ${strong(value, decimals)}</p>`;
  }

  #renderNormalization(explanation: NormalizationExplanation): TemplateResult {
    const { from, mean, variance, epsilon, gamma, beta, normalized, value, count } = explanation;
    const decimals = decimalsFor([from.value, mean, normalized, value]);
    const text = (number: number): string => formatDecimal(number, decimals);
    const [scaled = 0, shift = 0] = roundTogether([normalized * gamma, beta], value, decimals);
    return html`<p class="line">
        <span class="figure"
          >(${text(from.value)} − ${bracketed(text(mean))}) / √(${formatSetting(Number(variance.toPrecision(4)))} +
          ${formatSetting(epsilon)})</span
        >
        <span class="sign">=</span> <span class="figure">${text(normalized)}</span>
      </p>
      <p class="line">
        <span class="figure">${text(normalized)} × γ ${text(gamma)} = ${text(scaled)}</span>
        <span class="sign">+</span> β <span class="figure">${text(shift)}</span>
        <span class="sign">=</span> ${strong(value, decimals)}
      </p>
      <p class="note">
        Reads ${placeText(from.cell, this.model)}. Mean and variance are
        ${count === undefined ? 'those gathered while it trained' : `of the ${formatCount(count)} numbers of its row`}.
      </p>`;
  }

  #renderActivation(explanation: ActivationExplanation): TemplateResult {
    const { from, softmax, activation, value, total } = explanation;
    const shown = showSum(explanation, [total], false);
    return html`${
        softmax
          ? renderSumLine(explanation, shown)
          : html`<p class="line">
              ${activationLabel(activation.name)}(<span class="figure"
                >${formatDecimal(shown.total, shown.decimals)}</span
              >) <span class="sign">=</span> ${strong(value, shown.decimals)}
            </p>`
      }
      <p class="note">Reads ${placeText(from.cell, this.model)}.</p>`;
  }

  static override styles = [
    controlStyles,
    explanationStyles,
    css`
      table {
        border-collapse: collapse;
        justify-self: start;
      }
      th,
      td {
        padding: 1px var(--space-3) 1px 0;
        font-weight: 400;
        text-align: right;
      }
      th:first-child {
        text-align: left;
      }
      thead th {
        color: var(--ink-soft);
      }
      td {
        font-family: var(--mono);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
}

function strong(value: number, decimals: number): TemplateResult {
  return html`<strong class="figure" title="value: ${String(value)}">${formatDecimal(value, decimals)}</strong>`;
}

function bracketed(text: string): string {
  return text.startsWith('−') ? `(${text})` : text;
}

declare global {
  interface HTMLElementTagNameMap {
    'rule-view': RuleView;
  }
}
