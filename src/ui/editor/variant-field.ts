/** Draws an argument that is one of several things: a choice, and under it the numbers of what is chosen. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import '../number-field.ts';
import '../select-field.ts';
import type { ValueChangeEvent } from '../value-events.ts';
import type { ArgumentSlot } from './argument-field.ts';
import { none, variantOf, writtenVariant, type VariantValue } from './layer-argument-values.ts';
import { kerasName, type Argument } from './layer-arguments.ts';
import './list-field.ts';
import type { Variant } from './variants.ts';

/** The control of an initializer, a regularizer or a constraint. */
export function renderVariant(
  { key, variants, fallback, hint }: Extract<Argument, { readonly kind: 'variant' }>,
  { value, set, term, name }: ArgumentSlot,
): TemplateResult {
  const now = variantOf(value, fallback, variants);
  const chosen = variants.find(({ type }) => type === now.type);
  const types = [...(fallback === none ? [none] : []), ...variants.map(({ type }) => type)];
  const write = (next: VariantValue): void => set(writtenVariant(next, variants));
  return html`<select-field
      label=${kerasName(key)}
      term=${term}
      layer=${name}
      title=${hint}
      .options=${types.map((type) => ({ value: type, label: kerasName(type) }))}
      .value=${now.type}
      @value-change=${(event: ValueChangeEvent<string>) => write(variantOf(event.value, fallback, variants))}
    ></select-field>
    ${chosen ? renderSettings(chosen, now, write, kerasName(key)) : nothing}`;
}

function renderSettings(
  { numbers, choices, lists }: Variant,
  { type, settings }: VariantValue,
  write: (next: VariantValue) => void,
  owner: string,
): TemplateResult | typeof nothing {
  if (numbers.length + choices.length + lists.length === 0) return nothing;
  const set = (key: string, next: unknown): void => write({ type, settings: { ...settings, [key]: next } });
  return html`<div class="inner" role="group" aria-label="${owner}, ${kerasName(type)}">
    ${numbers.map(({ key, fallback, min, max }) => {
      const value = settings[key];
      return html`<number-field
        label=${kerasName(key)}
        min=${min}
        max=${max}
        step="0.01"
        .value=${live(typeof value === 'number' ? value : fallback)}
        @value-change=${(event: ValueChangeEvent) => set(key, event.value)}
      ></number-field>`;
    })}
    ${choices.map(
      ({ key, options, fallback }) =>
        html`<select-field
          label=${kerasName(key)}
          .options=${options.map((option) => ({ value: option, label: kerasName(option) }))}
          .value=${options.find((option) => option === settings[key]) ?? fallback}
          @value-change=${(event: ValueChangeEvent<string>) => set(key, event.value)}
        ></select-field>`,
    )}
    ${lists.map(({ key, fallback }) => {
      const value = settings[key];
      return html`<list-field
        label=${kerasName(key)}
        .value=${Array.isArray(value) ? value : [value ?? fallback]}
        @value-change=${(event: ValueChangeEvent<readonly number[]>) =>
          set(key, event.value.length === 1 ? event.value[0] : event.value)}
      ></list-field>`;
    })}
  </div>`;
}
