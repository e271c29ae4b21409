/** One canvas that the worker draws maps into, whose cells can be chosen. Knows what it should show, never a pixel of it. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CellAddress } from '../engine/model/cell-address.ts';
import type { MapLayout, MapTarget } from '../worker/protocol.ts';
import { controlStyles } from './control-styles.ts';
import { cellKeysHelp } from './field/cell-steps.ts';
import { CellSurface, type CellPicture } from './field/cell-surface.ts';
import { cellText, filterText } from './field/cell-text.ts';
import { addressOf, cellAt, extentOf, type ShownMaps } from './field/map-cells.ts';
import { mapMarks, type MapMarks } from './field/map-marks.ts';
import { renderMarks } from './field/map-overlay.ts';
import { mapOverlayStyles } from './field/map-overlay-styles.ts';
import { StateWatch } from './field/state-watch.ts';
import { canvasSize, type TileSet } from './map-layout.ts';
import { nextTask } from './next-task.ts';
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
  /** The worker has it. */
  #isHandedOver = false;
  readonly #watch = new StateWatch<MapMarks>(this, (state) => mapMarks(state, this.#layer, this.#isOfWeights));
  readonly #surface = new CellSurface(
    this,
    () => this.#picture,
    () => this.#watch.part?.pagePinned,
    (cell) => this.#describe(cell),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener(CanvasesLostEvent.type, this.#onLost);
    // Nothing bubbles from an element that has left the page, so the document is told.
    if (this.#isHandedOver) document.dispatchEvent(new MapRequestEvent({ type: 'detachMap', id: this.mapId }));
    this.#drop();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener(CanvasesLostEvent.type, this.#onLost);
    if (this.hasUpdated) void this.#attach();
  }

  override render(): TemplateResult {
    const marks = this.#watch.part;
    const maps = this.#shown;
    const { said } = this.#surface;
    return html`
      <div
        class="surface"
        tabindex="0"
        role="application"
        aria-roledescription="maps"
        aria-label="Cells of ${this.target.layer || 'the input'}"
        aria-description=${cellKeysHelp}
        @pointermove=${this.#surface.onPointerMove}
        @pointerleave=${this.#surface.onPointerLeave}
        @click=${this.#surface.onClick}
        @keydown=${this.#surface.onKeyDown}
        @focus=${this.#surface.onFocus}
        @blur=${this.#surface.onBlur}
      >
        <div class="frame" role="img" aria-label=${this.description}></div>
        ${marks?.hasHeat ? html`<gradient-heat></gradient-heat>` : nothing}
        ${marks && maps ? renderMarks(maps, marks, devicePixelRatio) : nothing}
      </div>
      ${said === undefined ? nothing : html`<span class="visually-hidden" role="status">${said}</span>`}
    `;
  }

  get #layer(): string {
    return this.target.kind === 'input' ? '' : this.target.layer;
  }

  get #isOfWeights(): boolean {
    return this.target.kind === 'weights' || this.target.kind === 'weightGradients';
  }

  /** Undefined while the network on screen has no such layer. */
  get #shown(): ShownMaps | undefined {
    const source = this.#watch.part?.source;
    const { tiles, layout } = this;
    return source && { tiles, layout, source, holds: this.#isOfWeights ? 'weights' : 'outputs' };
  }

  get #picture(): CellPicture | undefined {
    const maps = this.#shown;
    if (!maps) return undefined;
    return {
      layer: maps.source.name,
      extent: extentOf(maps),
      cellAt: (x, y) => {
        const cell = cellAt(maps, x * devicePixelRatio, y * devicePixelRatio);
        return cell && addressOf(maps, cell);
      },
    };
  }

  #describe(cell: CellAddress): string {
    const shape = this.#watch.part?.source?.outputShape ?? [];
    return this.#isOfWeights ? filterText(cell, shape) : cellText(cell, shape);
  }

  protected override firstUpdated(): void {
    void this.#attach();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#watch.part?.hasHeat) void import('./field/gradient-heat.ts');
    if (this.#surface.cursor) this.#showCursor();
    if (!this.#canvas || (!changed.has('layout') && !changed.has('target') && !changed.has('tiles'))) return;
    this.#resize();
    if (!this.#isHandedOver || (!changed.get('layout') && !changed.get('target'))) return;
    this.dispatchEvent(
      new MapRequestEvent({ type: 'updateMap', id: this.mapId, target: this.target, layout: this.layout }),
    );
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.#canvas.animate({ opacity: [0, 1] }, { duration: crossFadeMs, easing: 'ease-out' });
  }

  /** Keys lead to maps that are scrolled out of sight. */
  #showCursor(): void {
    this.renderRoot.querySelector('.hovered')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #onLost = (): void => {
    this.#drop();
    void this.#attach();
  };

  #drop(): void {
    this.#canvas?.remove();
    this.#canvas = undefined;
    this.#isHandedOver = false;
  }

  /** A canvas can be handed over only once, so every connection makes a new one. */
  async #attach(): Promise<void> {
    const frame = this.renderRoot.querySelector('.frame');
    if (this.#canvas || !frame) return;
    const canvas = document.createElement('canvas');
    this.#canvas = canvas;
    frame.append(canvas);
    this.#resize();
    // To be handed over, it must know its style: in between the changes of a page, each would work out all styles anew.
    await nextTask();
    if (this.#canvas !== canvas) return;
    this.#isHandedOver = true;
    this.dispatchEvent(
      new MapRequestEvent({
        type: 'attachMap',
        id: this.mapId,
        canvas: canvas.transferControlToOffscreen(),
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

  static override styles = [
    controlStyles,
    mapOverlayStyles,
    css`
      :host,
      .frame,
      canvas {
        display: block;
      }
      canvas {
        image-rendering: pixelated;
      }
    `,
  ];
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
