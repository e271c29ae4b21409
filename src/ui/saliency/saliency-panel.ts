/** The dock's saliency: what the answer depends on, and beside it what a filter is looking for. */
import { html, type TemplateResult } from 'lit';
import type { PlaygroundState } from '../../app/state.ts';
import './saliency-view.ts';

/** Both parts, where there is a network to ask. */
export function renderPanel(state: PlaygroundState): TemplateResult {
  if (state.gpu.status === 'unavailable') return html`<p>Without a GPU there is no gradient to show.</p>`;
  if (!state.built) return html`<p>The network is being built…</p>`;
  return html`<saliency-view .page=${state}></saliency-view>`;
}
