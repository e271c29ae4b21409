/** What the window makes of the numbers under it, in words with these numbers. Knows no time. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CellExplanation } from '../../app/explain/explanation.ts';
import type { SlidingLayer } from '../../engine/model/layer-taps.ts';
import type { CellNumbers } from '../../worker/protocol.ts';
import { formatDecimal } from '../format.ts';
import { activationLabel } from './explanation-text.ts';
import { channelOf, channelSum, numbersUnder, type SlideStep } from './slide-plan.ts';

const figureDecimals = 3;

/** The window somewhere on its way over planes that have been read. */
export interface SlideMoment {
  readonly explanation: CellExplanation;
  readonly layer: SlidingLayer;
  readonly step: SlideStep;
  /** Of the output, row by row. */
  readonly position: number;
  readonly planes: NonNullable<CellNumbers['planes']>;
}

/** `patch × kernel adds up to 0.213; with 31 more channels, the bias and ReLU: 0.791`; `the largest of 4 cells: 0.83`. */
export function renderSlideSum({ explanation, layer, step, position, planes }: SlideMoment): TemplateResult {
  const figure = (number: number) => html`<b class="figure">${formatDecimal(number, figureDecimals)}</b>`;
  const value = figure(planes.outputs[position] ?? NaN);
  const numbers = numbersUnder(step, planes.input, layer.inputShapes[0]?.[1] ?? 1);
  if (explanation.kind !== 'convolution') {
    const count = numbers.filter((number) => number !== undefined).length;
    return html`${layer.type === 'maxPooling2d' ? 'the largest' : 'the mean'} of ${count} cells: ${value}`;
  }
  const { channels, activation, bias } = explanation;
  const sum = channelSum(numbers, channelOf(explanation, planes.channel));
  const others = channels.length - 1;
  const added = [...(others > 0 ? [`${others} more channels`] : []), ...(bias === undefined ? [] : ['the bias'])];
  const rest = [...added, activationLabel(activation.name)];
  return html`${sum === undefined ? nothing : html`patch × kernel adds up to ${figure(sum)}; `}with
  ${rest.slice(0, -1).join(', ')}${added.length > 0 ? ' and ' : ''}${rest.at(-1)}: ${value}`;
}
