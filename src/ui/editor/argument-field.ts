/** Draws one argument of a layer as the control that its kind asks for. Knows kinds, no layers. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { LayerConfig } from '../../engine/model/config.ts';
import '../number-field.ts';
import '../select-field.ts';
import type { ValueChangeEvent } from '../value-events.ts';
import '../words/explained-term.ts';
import type { TermName } from '../words/term-name.ts';
import { argumentTerms } from '../words/term-of.ts';
import { asPair, given, pairOf, sidesOf, withArgument } from './layer-argument-values.ts';
import { kerasName, type Argument } from './layer-arguments.ts';
import './list-field.ts';
import { renderVariant } from './variant-field.ts';

/** Takes the layer as it is to be. */
export type Apply = (layer: LayerConfig) => void;

/** An argument's place in the form: what it is set to, how it is set, what explains it. */
export interface ArgumentSlot {
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  readonly term: TermName | '';
  /** The layer's name. */
  readonly name: string;
}

type Kind<K extends Argument['kind']> = Extract<Argument, { readonly kind: K }>;

const terms = new Map<string, TermName>(Object.entries(argumentTerms));

/** The control of `argument` with the value that the layer called `name` gives it. */
export function renderArgument(argument: Argument, layer: LayerConfig, name: string, apply: Apply): TemplateResult {
  const slot: ArgumentSlot = {
    value: given(layer, argument.key),
    set: (next) => apply(withArgument(layer, argument, next)),
    term: terms.get(argument.key) ?? '',
    name,
  };
  switch (argument.kind) {
    case 'number':
      return renderNumber(argument, slot);
    case 'pair':
      return renderPair(argument, layer, slot);
    case 'switch':
      return renderSwitch(argument, slot);
    case 'choice':
      return renderChoice(argument, slot);
    case 'padding':
      return renderPadding(argument, slot);
    case 'sizes':
      return renderSizes(argument, slot);
    case 'variant':
      return renderVariant(argument, slot);
  }
}

function renderSizes({ key, hint, fallback, isSingle }: Kind<'sizes'>, { value, set }: ArgumentSlot): TemplateResult {
  return html`<list-field
    label=${kerasName(key)}
    hint=${hint}
    .value=${listOf(value, fallback)}
    @value-change=${({ value: next }: ValueChangeEvent<readonly number[]>) =>
      set(isSingle && next.length === 1 ? next[0] : next)}
  ></list-field>`;
}

function listOf(value: unknown, fallback: readonly number[]): readonly number[] {
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? (value as readonly unknown[]).filter((one) => typeof one === 'number') : fallback;
}

function renderNumber(argument: Kind<'number'>, { value, set, term, name }: ArgumentSlot): TemplateResult {
  const { key, min, max, step, fallback, hint } = argument;
  return html`<number-field
    label=${kerasName(key)}
    term=${term}
    layer=${name}
    min=${min}
    max=${max}
    step=${step}
    hint=${hint}
    .value=${live(typeof value === 'number' ? value : (fallback ?? min))}
    @value-change=${(event: ValueChangeEvent) => set(event.value)}
  ></number-field>`;
}

/** Both sides; a pair whose sides agree is written as one number. */
function renderPair(argument: Kind<'pair'>, layer: LayerConfig, slot: ArgumentSlot): TemplateResult {
  const { value, set, term, name } = slot;
  const { key, min, max, hint, fallback, fallbackKey } = argument;
  const inherited = fallbackKey === undefined ? undefined : given(layer, fallbackKey);
  const usual = fallback ?? (fallbackKey === undefined ? min : 2);
  const [rows, columns] = pairOf(value, pairOf(inherited, [usual, usual]));
  const side = (label: string, now: number, apply: (next: number) => void): TemplateResult =>
    html`<number-field
      label=${label}
      term=${term}
      layer=${name}
      min=${min}
      max=${max}
      hint=${hint}
      .value=${live(now)}
      @value-change=${(event: ValueChangeEvent) => apply(event.value)}
    ></number-field>`;
  return html`<div class="pair" role="group" aria-label=${kerasName(key)}>
    ${side(kerasName(key), rows, (next) => set(asPair(next, rows === columns ? next : columns)))}
    ${side('by', columns, (next) => set(asPair(rows, next)))}
  </div>`;
}

function renderSwitch(
  { key, fallback, hint }: Kind<'switch'>,
  { value, set, term, name }: ArgumentSlot,
): TemplateResult {
  return html`<label class="switch" title=${hint}>
    <span><explained-term is-quiet term=${term} layer=${name}>${kerasName(key)}</explained-term></span>
    <input
      type="checkbox"
      aria-label=${kerasName(key)}
      .term=${term}
      .checked=${live(typeof value === 'boolean' ? value : fallback)}
      @change=${(event: Event) => set(event.currentTarget instanceof HTMLInputElement && event.currentTarget.checked)}
    />
  </label>`;
}

function renderChoice(argument: Kind<'choice'>, { value, set, term, name }: ArgumentSlot): TemplateResult {
  const { key, options, fallback, hint } = argument;
  return html`<select-field
    label=${kerasName(key)}
    term=${term}
    layer=${name}
    title=${hint}
    .options=${options.map((option) => ({ value: option, label: kerasName(option) }))}
    .value=${typeof value === 'string' ? value : (fallback ?? options[0] ?? '')}
    @value-change=${(event: ValueChangeEvent<string>) => set(event.value)}
  ></select-field>`;
}

const explicit = 'explicit';

function renderPadding(argument: Kind<'padding'>, { value, set, term, name }: ArgumentSlot): TemplateResult {
  const { key, words, fallback, hint } = argument;
  const now = value ?? fallback;
  const isWord = typeof now === 'string';
  const options = [...words, explicit].map((word) => ({
    value: word,
    label: word === explicit ? 'cells on each side' : word,
  }));
  return html`${
    words.length === 0
      ? html`<span class="heading" title=${hint}>${kerasName(key)}</span>`
      : html`<select-field
          label=${kerasName(key)}
          term=${term}
          layer=${name}
          title=${hint}
          .options=${options}
          .value=${isWord ? now : explicit}
          @value-change=${(event: ValueChangeEvent<string>) =>
            set(
              event.value === explicit
                ? [
                    [1, 1],
                    [1, 1],
                  ]
                : event.value,
            )}
        ></select-field>`
  }
  ${isWord ? nothing : renderSides(now, set)}`;
}

function renderSides(value: unknown, set: ArgumentSlot['set']): TemplateResult {
  const [[top, bottom], [left, right]] = sidesOf(value);
  const side = (label: string, now: number, apply: (next: number) => unknown): TemplateResult =>
    html`<number-field
      label=${label}
      min="0"
      max="1024"
      hint="Cells added on this side."
      .value=${live(now)}
      @value-change=${(event: ValueChangeEvent) => set(apply(event.value))}
    ></number-field>`;
  return html`<div class="pair" role="group" aria-label="padding on each side">
    ${side('top', top, (next) => [
      [next, bottom],
      [left, right],
    ])}
    ${side('bottom', bottom, (next) => [
      [top, next],
      [left, right],
    ])}
    ${side('left', left, (next) => [
      [top, bottom],
      [next, right],
    ])}
    ${side('right', right, (next) => [
      [top, bottom],
      [left, next],
    ])}
  </div>`;
}
