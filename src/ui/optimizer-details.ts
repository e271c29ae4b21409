/** Draws what is behind “More” of the optimizer: its own numbers and switches, decay, clipping and schedule. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { OptimizerConfig } from '../engine/model/training-config.ts';
import { formatSetting } from './format.ts';
import './number-field.ts';
import {
  clippingOf,
  clippings,
  scheduleForms,
  scheduleNumber,
  scheduleOf,
  withClipping,
  withSchedule,
} from './optimizer-extras.ts';
import {
  describeOptimizer,
  formOf,
  learningRateOf,
  numberOf,
  switchOf,
  type OptimizerNumberField,
  type OptimizerSwitchField,
} from './optimizer-fields.ts';
import './select-field.ts';
import type { ValueChangeEvent } from './value-events.ts';
import './words/explained-term.ts';
import { optimizerSettingTerms } from './words/term-of.ts';

/** Takes the optimizer as it is to be. */
export type SetOptimizer = (optimizer: OptimizerConfig) => void;

/** The disclosure; closed, it tells the settings in one line. */
export function renderOptimizerDetails(optimizer: OptimizerConfig, set: SetOptimizer): TemplateResult {
  const { label, numbers, switches } = formOf(optimizer.type);
  return html`<details>
    <summary>
      <span class="more">More of ${label}</span>
      <span class="now">${describeOptimizer(optimizer, formatSetting)}</span>
    </summary>
    <div class="fields">
      ${numbers.map((field) => renderNumber(optimizer, field, set))}
      ${switches.map((field) => renderSwitch(optimizer, field, set))} ${renderClipping(optimizer, set)}
      ${renderSchedule(optimizer, set)}
    </div>
  </details>`;
}

function renderNumber(optimizer: OptimizerConfig, field: OptimizerNumberField, set: SetOptimizer): TemplateResult {
  return html`<number-field
    label=${field.label}
    term=${optimizerSettingTerms[field.key]}
    min=${field.min}
    max=${field.max}
    step=${field.step}
    hint=${field.hint}
    .value=${live(numberOf(optimizer, field))}
    @value-input=${stop}
    @value-change=${(event: ValueChangeEvent) => taking(event, () => set({ ...optimizer, [field.key]: event.value }))}
  ></number-field>`;
}

function renderSwitch(optimizer: OptimizerConfig, field: OptimizerSwitchField, set: SetOptimizer): TemplateResult {
  const isOn = switchOf(optimizer, field);
  return html`<label class="switch" title=${field.hint}>
    <span><explained-term is-quiet term=${optimizerSettingTerms[field.key]}>${field.label}</explained-term></span>
    <input
      type="checkbox"
      aria-label=${field.label}
      .term=${optimizerSettingTerms[field.key]}
      .checked=${live(isOn)}
      @change=${(event: Event) => taking(event, () => set({ ...optimizer, [field.key]: !isOn }))}
    />
  </label>`;
}

function renderClipping(optimizer: OptimizerConfig, set: SetOptimizer): TemplateResult {
  const { key, limit } = clippingOf(optimizer);
  const hint = clippings.find((clipping) => clipping.key === key)?.hint ?? '';
  return html`<select-field
      label="clipping"
      term="clipping"
      title=${hint}
      .options=${clippings.map((clipping) => ({ value: clipping.key, label: clipping.label }))}
      .value=${key}
      @value-change=${(event: ValueChangeEvent<string>) =>
        taking(event, () => {
          const chosen = clippings.find((clipping) => clipping.key === event.value);
          if (chosen) set(withClipping(optimizer, chosen.key, limit));
        })}
    ></select-field>
    ${
      key === 'none'
        ? nothing
        : html`<number-field
            label="limit"
            term="clipping"
            min="0.000001"
            max="1000000"
            step="0.1"
            hint=${hint}
            .value=${live(limit)}
            @value-input=${stop}
            @value-change=${(event: ValueChangeEvent) => taking(event, () => set(withClipping(optimizer, key, event.value)))}
          ></number-field>`
    }`;
}

function renderSchedule(optimizer: OptimizerConfig, set: SetOptimizer): TemplateResult {
  const form = scheduleOf(optimizer);
  const start = learningRateOf(optimizer);
  return html`<select-field
      label="schedule"
      term="schedule"
      title="How the learning rate changes from step to step."
      .options=${scheduleForms.map(({ type, label }) => ({ value: type, label }))}
      .value=${form.type}
      @value-change=${(event: ValueChangeEvent<string>) =>
        taking(event, () => {
          const chosen = scheduleForms.find(({ type }) => type === event.value);
          if (chosen) set(withSchedule(optimizer, chosen.type, start));
        })}
    ></select-field>
    ${form.numbers.map(
      (field) =>
        html`<number-field
          label=${field.label}
          term="schedule"
          min=${field.min}
          max=${field.max}
          step=${field.step}
          hint=${field.hint}
          .value=${live(scheduleNumber(optimizer, field))}
          @value-input=${stop}
          @value-change=${(event: ValueChangeEvent) =>
            taking(event, () => set(withSchedule(optimizer, form.type, start, { [field.key]: event.value })))}
        ></number-field>`,
    )}`;
}

/** The events of the controls inside are this form's own business. */
function taking(event: Event, take: () => void): void {
  event.stopPropagation();
  take();
}

function stop(event: Event): void {
  event.stopPropagation();
}
