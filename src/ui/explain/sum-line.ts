/** The line in which everything comes together: sum + bias = total → activation → value. Knows no layer. */
import { html, nothing, type TemplateResult } from 'lit';
import type { SumToValue } from '../../app/explain/explanation.ts';
import { formatDecimal } from '../format.ts';
import { activationLabel } from './explanation-text.ts';
import type { ShownSum } from './shown-sum.ts';

/** Decimals of a softmax's powers and shares, which are 0…1. */
const shareDecimals = 4;

/** The exponentials are written only where there is no room for all of them beside the line. */
export function renderSumLine(explanation: SumToValue & { readonly value: number }, shown: ShownSum): TemplateResult {
  const { bias, total, sum, activation, softmax, value } = explanation;
  const number = (exact: number, text: number, name: string): TemplateResult =>
    html`<span class="figure" title="${name}: ${String(exact)}">${formatDecimal(text, shown.decimals)}</span>`;
  return html`<p class="line">
    <span class="sign" title="sum of all products">Σ</span> ${number(sum, shown.sum, 'sum')}
    ${
      bias === undefined || shown.bias === undefined
        ? nothing
        : html`<span class="sign">+</span> bias ${number(bias, shown.bias, 'bias')}
            <span class="sign">=</span> ${number(total, shown.total, 'sum and bias')}`
    }
    ${
      softmax
        ? renderSoftmax(explanation)
        : html`<span class="sign">→</span> ${activationLabel(activation.name)} <span class="sign">→</span>
            <strong class="figure" title="value: ${String(value)}"
              >${formatDecimal(shown.value, shown.decimals)}</strong
            >`
    }
  </p>`;
}

function renderSoftmax({ softmax, total, value }: SumToValue & { readonly value: number }): TemplateResult {
  if (!softmax) return html``;
  const power = value * softmax.powerSum;
  return html`<span class="sign">→</span> softmax:
    <span class="figure" title="logit ${total}">${formatDecimal(power, shareDecimals)}</span>
    <span class="sign">/</span> <span class="figure">${formatDecimal(softmax.powerSum, shareDecimals)}</span>
    <span class="sign">=</span>
    <strong class="figure" title="value: ${String(value)}">${formatDecimal(value, shareDecimals)}</strong>`;
}
