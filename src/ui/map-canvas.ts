/** One canvas that the worker draws maps into. Knows its size and what it should show, never a pixel of it. */
import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MapLayout, MapTarget } from '../worker/protocol.ts';
import { canvasSize, type TileSet } from './map-layout.ts';
import { CanvasesLostEvent, MapRequestEvent } from './page-events.ts';

const crossFadeMs = 150;

/** `<map-canvas map-id="stage-0" .target=${t} .tiles=${s} .layout=${l}>`: hands a fresh canvas over whenever it is connected. */
@customElement('map-canvas')
export class MapCanvas extends LitElement {
  /** The worker's name for the canvas; fixed for the element's life. */
  @property({ attribute: 'map-id' }) mapId = '';
  @property({ attribute: false, hasChanged: isDifferent }) target!: MapTarget;
  @property({ attribute: false, hasChanged: isDifferent }) tiles!: TileSet;
  @property({ attribute: false, hasChanged: isDifferent }) layout!: MapLayout;
  /** What the picture says, for those who do not see it. */
  @property() description = '';

  #canvas: HTMLCanvasElement | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener(CanvasesLostEvent.type, this.#onLost);
    // Nothing bubbles from an element that has left the page, so the document is told.
    if (this.#canvas) document.dispatchEvent(new MapRequestEvent({ type: 'detachMap', id: this.mapId }));
    this.#canvas?.remove();
    this.#canvas = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener(CanvasesLostEvent.type, this.#onLost);
    if (this.hasUpdated) this.#attach();
  }

  override render(): TemplateResult {
    return html`<div class="frame" role="img" aria-label=${this.description}></div>`;
  }

  protected override firstUpdated(): void {
    this.#attach();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.#canvas || (!changed.has('layout') && !changed.has('target') && !changed.has('tiles'))) return;
    this.#resize();
    if (!changed.get('layout') && !changed.get('target')) return;
    this.dispatchEvent(
      new MapRequestEvent({ type: 'updateMap', id: this.mapId, target: this.target, layout: this.layout }),
    );
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.#canvas.animate({ opacity: [0, 1] }, { duration: crossFadeMs, easing: 'ease-out' });
  }

  #onLost = (): void => {
    this.#canvas?.remove();
    this.#canvas = undefined;
    this.#attach();
  };

  /** A canvas can be handed over only once, so every connection makes a new one. */
  #attach(): void {
    const frame = this.renderRoot.querySelector('.frame');
    if (this.#canvas || !frame) return;
    this.#canvas = document.createElement('canvas');
    frame.append(this.#canvas);
    this.#resize();
    this.dispatchEvent(
      new MapRequestEvent({
        type: 'attachMap',
        id: this.mapId,
        canvas: this.#canvas.transferControlToOffscreen(),
        target: this.target,
        layout: this.layout,
      }),
    );
  }

  #resize(): void {
    const { width, height } = canvasSize(this.tiles, this.layout, devicePixelRatio);
    this.#canvas?.style.setProperty('width', `${width}px`);
    this.#canvas?.style.setProperty('height', `${height}px`);
  }

  static override styles = css`
    :host,
    .frame,
    canvas {
      display: block;
    }
    canvas {
      image-rendering: pixelated;
    }
  `;
}

/** Targets and layouts are made anew at every render; what they say is what counts. */
function isDifferent(value: unknown, old: unknown): boolean {
  return JSON.stringify(value) !== JSON.stringify(old);
}

declare global {
  interface HTMLElementTagNameMap {
    'map-canvas': MapCanvas;
  }
}
