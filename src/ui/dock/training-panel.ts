/** The dock's training settings. */
import { html, type TemplateResult } from 'lit';
import type { PlaygroundState } from '../../app/state.ts';
import '../training-settings.ts';

/** Optimizer, learning rate, batch size, epochs, seed. */
export function renderPanel({ hyperparameters, phase }: PlaygroundState): TemplateResult {
  return html`<training-settings
    .hyperparameters=${hyperparameters}
    .isTraining=${phase === 'training'}
  ></training-settings>`;
}
