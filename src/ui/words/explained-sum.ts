/** A sum worked out, `⌊(28−3)/1⌋+1 = 26`, that explains itself when it is pressed. Works nothing out. */
import { html, type TemplateResult } from 'lit';
import type { WorkedSum } from '../layer-text.ts';
import './explained-term.ts';
import type { TermName } from './term-name.ts';

/** The sum, its left side explained by the term with the layer's numbers. */
export function renderExplainedSum(
  { expression, result, unit }: WorkedSum,
  term: TermName,
  layer: string,
): TemplateResult {
  const explained = (text: string) => html`<explained-term term=${term} layer=${layer}>${text}</explained-term>`;
  if (expression === '') return html`<b>${result}</b> ${explained(unit ?? '')} `;
  return html`${explained(expression)}<span class="unbreakable"> = <b>${result}</b></span
    >${unit ? ` ${unit}` : ''} `;
}
