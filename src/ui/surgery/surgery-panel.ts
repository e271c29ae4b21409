/** The dock's panel of one filter. */
import { html, type TemplateResult } from 'lit';
import type { PlaygroundState } from '../../app/state.ts';
import { bankInHand } from '../../app/surgery-slice.ts';
import { banksOf } from '../../engine/model/filter-bank.ts';
import './filter-surgery.ts';

/** The filter in hand and what can be done to it. */
export function renderPanel(state: PlaygroundState): TemplateResult {
  const { built, surgery, phase, gpu } = state;
  const bank = bankInHand(state);
  if (gpu.status === 'unavailable') return html`<p>Without a GPU there are no filters to work on.</p>`;
  if (!built) return html`<p>The network is being built…</p>`;
  if (!bank || !surgery.address) return html`<p>This network has no filters and no units.</p>`;
  return html`<filter-surgery
    .surgery=${surgery}
    .banks=${banksOf(built.model)}
    .bank=${bank}
    .address=${surgery.address}
    .isTraining=${phase === 'training'}
  ></filter-surgery>`;
}
