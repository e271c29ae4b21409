/** The dock's explanation of the cell that is looked at. */
import { html, type TemplateResult } from 'lit';
import type { PlaygroundState } from '../../app/state.ts';
import '../explain/cell-explanation.ts';

/** Patch, kernel, products, sum, bias, activation; or whatever the cell's layer does. */
export function renderPanel(state: PlaygroundState): TemplateResult {
  return html`<cell-explanation .page=${state}></cell-explanation>`;
}
