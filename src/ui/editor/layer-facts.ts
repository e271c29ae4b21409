/** A layer's figures as the draft has them, in one line each: shape, floor formula, parameters, work, memory, field of view. */
import { html, type TemplateResult } from 'lit';
import type { ModelDraft } from '../../app/state.ts';
import type { ResolvedLayer } from '../../engine/model/resolved.ts';
import { outputBytes, parameterBytes } from '../../engine/shape/memory.ts';
import { formatBytes, formatCount, formatShape } from '../format.ts';
import { fieldText, parameterSum, sizeSums, type WorkedSum } from '../layer-text.ts';

/** Bytes of the layer's outputs for one image and of its parameters. */
export function memoryBytes({ outputShape, params }: ResolvedLayer): number {
  return outputBytes(outputShape) + parameterBytes(params);
}

/** The figures of layer `index`, or that it is not reached. */
export function renderFacts({ layers, config, names }: ModelDraft, index: number): TemplateResult {
  const layer = layers.find(({ name }) => name === names[index]);
  if (!layer) return html`<p class="facts">Its shape is known once the layers before it can be built.</p>`;
  const { size, share } = fieldText(layer, config.inputShape);
  const parameters = parameterSum(layer);
  return html`<dl class="facts">
    <dt>output</dt>
    <dd>
      ${layer.inputShapes.map(formatShape).join(', ')} → <b>${formatShape(layer.outputShape)}</b>
      ${sizeSums(layer).map((sum) => html`<span>${sumText(sum)}</span> `)}
    </dd>
    <dt>parameters</dt>
    <dd>${parameters ? sumText(parameters) : '0'}</dd>
    <dt>multiply-adds</dt>
    <dd>${formatCount(layer.macs)} for one image</dd>
    <dt>memory</dt>
    <dd>
      ${formatBytes(outputBytes(layer.outputShape))} of outputs for one image,
      ${formatBytes(parameterBytes(layer.params))} of parameters
    </dd>
    <dt>sees</dt>
    <dd>${size} pixels of the input, ${share}</dd>
  </dl>`;
}

function sumText({ expression, result, unit }: WorkedSum): TemplateResult {
  return html`${expression === '' ? '' : `${expression} = `}<b>${result}</b>${unit ? ` ${unit}` : ''}`;
}
