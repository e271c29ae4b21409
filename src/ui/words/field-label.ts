/** The visible name of a field: a word that explains itself where a term is known for it, a plain label elsewhere. */
import { html, type TemplateResult } from 'lit';
import './explained-term.ts';
import type { TermName } from './term-name.ts';

/** A field that says which term explains it; `?` pressed in it opens the same card as a press on its name. */
export interface ExplainedField {
  readonly label: string;
  readonly hint?: string;
  /** Empty where nothing explains it. */
  readonly term: TermName | '';
  /** Name of the layer whose numbers are put in. */
  readonly layer: string;
}

/** The name of the control with the id `control`, which must have it as `aria-label` as well. */
export function renderFieldLabel({ label, hint = '', term, layer }: ExplainedField, control: string): TemplateResult {
  return term === ''
    ? html`<label for=${control} title=${hint}>${label}</label>`
    : html`<span class="label" title=${hint}
        ><explained-term is-quiet term=${term} layer=${layer}>${label}</explained-term></span
      >`;
}
