/** The GPU chip's panel: what computes, how fast, and what is held in its memory. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { GpuState, TrainingProgress } from '../app/state.ts';
import { formatBytes, formatCount, formatDecimal } from './format.ts';

/** What a person would call the adapter. */
export function adapterName(gpu: GpuState): string {
  if (gpu.status === 'starting') return 'starting…';
  if (gpu.status === 'unavailable') return 'none';
  const { description, vendor, architecture, isSoftware } = gpu.adapter;
  const name = description || [vendor, architecture].filter((part) => part !== '').join(' ') || 'WebGPU';
  return isSoftware ? 'Software' : name;
}

/** The time of a training step as the chip shows it: `4.1 ms/step`; empty before there is a speed. */
export function stepTime(progress: TrainingProgress | undefined): string {
  if (!progress || progress.msPerStep === 0) return '';
  const { msPerStep } = progress;
  return `${msPerStep < 100 ? formatDecimal(msPerStep, 1) : formatCount(msPerStep)} ms/step`;
}

/** `<gpu-details .gpu=${g} .progress=${p} .memoryBytes=${n}>`. */
@customElement('gpu-details')
export class GpuDetails extends LitElement {
  @property({ attribute: false }) gpu: GpuState = { status: 'starting' };
  @property({ attribute: false }) progress: TrainingProgress | undefined;
  @property({ type: Number }) memoryBytes = 0;

  override render(): TemplateResult {
    return html`<dl>${this.#renderAdapter()} ${this.#renderSpeed()}</dl>
      ${this.#note === '' ? nothing : html`<p>${this.#note}</p>`}`;
  }

  get #note(): string {
    if (this.gpu.status === 'unavailable') return this.gpu.message;
    if (this.gpu.status === 'ready' && this.gpu.adapter.isSoftware) {
      return 'This browser computes WebGPU on the processor, which works but is slow. Switch on graphics acceleration to use a graphics card.';
    }
    return 'Training and drawing stay on this device; nothing you draw or load leaves it.';
  }

  #renderAdapter(): TemplateResult | typeof nothing {
    if (this.gpu.status !== 'ready') return nothing;
    const { vendor, architecture, description } = this.gpu.adapter;
    return html`${row('Vendor', vendor)} ${row('Architecture', architecture)} ${row('Description', description)}
    ${this.memoryBytes > 0 ? row('Network', `${formatBytes(this.memoryBytes)} of GPU memory`) : nothing}`;
  }

  #renderSpeed(): TemplateResult | typeof nothing {
    if (!this.progress || this.progress.msPerStep === 0) return nothing;
    const { msPerStep, imagesPerSecond } = this.progress;
    return html`${row('Step', `${formatDecimal(msPerStep, 2)} ms`)}
    ${row('Images', `${formatCount(imagesPerSecond)} per second`)}`;
  }

  static override styles = css`
    :host {
      display: block;
    }
    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: var(--space-1) var(--space-4);
      margin: 0;
    }
    dt {
      color: var(--ink-soft);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
      font-variant-numeric: tabular-nums;
    }
    p {
      margin: var(--space-3) 0 0;
      color: var(--ink-soft);
    }
  `;
}

function row(term: string, value: string): TemplateResult | typeof nothing {
  return value === ''
    ? nothing
    : html`<dt>${term}</dt>
        <dd>${value}</dd>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gpu-details': GpuDetails;
  }
}
