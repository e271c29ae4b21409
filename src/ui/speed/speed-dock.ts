/** The dock's panel about speed. */
import { html, type TemplateResult } from 'lit';
import type { PlaygroundState } from '../../app/state.ts';
import './speed-panel.ts';

/** Images a second, milliseconds a step and where they go, operations a second, memory, tuning. */
export function renderPanel({
  performance,
  built,
  tuning,
  hyperparameters,
  data,
  gpu,
}: PlaygroundState): TemplateResult {
  if (gpu.status === 'unavailable') return html`<p>There is no GPU to measure.</p>`;
  return html`<speed-panel
    .performance=${performance}
    .model=${built?.model}
    .tuning=${tuning}
    .batchSize=${hyperparameters.batchSize}
    .hasData=${data.sizes !== undefined}
  ></speed-panel>`;
}
