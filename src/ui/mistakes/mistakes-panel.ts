/** The dock's mistakes: the confusion matrix, and beside it the images behind the cell chosen. */
import { html, type TemplateResult } from 'lit';
import type { PlaygroundState } from '../../app/state.ts';
import './mistakes-view.ts';

/** Matrix and images. */
export function renderPanel({ mistakes, input, data, gpu }: PlaygroundState): TemplateResult {
  return html`<mistakes-view
    .mistakes=${mistakes}
    .chosenIndex=${input.index}
    .isPossible=${gpu.status !== 'unavailable' && data.status !== 'failed' && data.status !== 'cancelled'}
  ></mistakes-view>`;
}
