/** The network from left to right: its stages in one grid, and how they share its room. Knows no worker. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, queryAll, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { BuiltModel, MapKind, ModelDraft } from '../app/state.ts';
import { planStages, tilesOf, weightTiles, type PipelineRoom, type StagePlan, type TileSet } from './map-layout.ts';
import './no-gpu-panel.ts';
import './pipeline-stage.ts';
import { stagesOf, type Stage } from './stages.ts';

const minStageWidth = 138;
const stageGap = 14;
/** CSS px: a formula that wraps while a slider is dragged must not lay all maps out anew. */
const lineTolerance = 40;
const phoneQuery = '(max-width: 699px)';

/** `<network-pipeline .draft=${d} .built=${b}>`: all layers but the last, whose answer stands in a column of its own. */
@customElement('network-pipeline')
export class NetworkPipeline extends LitElement {
  @property({ attribute: false }) draft!: ModelDraft;
  @property({ attribute: false }) built: BuiltModel | undefined;
  @property() mapKind: MapKind = 'activations';
  @property({ attribute: false }) mapScales: Readonly<Record<string, number>> = {};
  /** Why nothing can be computed here; empty when it can. */
  @property() gpuProblem = '';

  @state() private room: PipelineRoom = { width: 0, height: 0, minStageWidth, gap: stageGap, devicePixelRatio: 1 };

  @query('.ruler') private ruler!: HTMLElement;
  @queryAll('pipeline-stage') private elements!: NodeListOf<HTMLElement>;

  #stages: readonly Stage[] = [];
  #tiles: readonly TileSet[] = [];
  #plans: readonly StagePlan[] = [];
  #resizes = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    if (this.hasUpdated) this.#resizes.observe(this.ruler);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resizes.observe(this.ruler);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('gpuProblem')) this.toggleAttribute('is-without-gpu', this.gpuProblem !== '');
    if (changed.has('draft') || changed.has('built')) this.#stages = stagesOf(this.draft, this.built).slice(0, -1);
    if (!this.#plans.length || changed.has('built') || changed.has('room') || changed.has('mapKind')) this.#plan();
  }

  /** By the network that runs: a draft's shapes must not move the slider that is being dragged. */
  #plan(): void {
    this.#tiles = this.#stages.map(({ built, layer }) => tilesFor(built ?? layer, this.mapKind));
    this.#plans = this.room.width > 0 ? planStages(this.#tiles, this.room) : [];
  }

  override render(): TemplateResult {
    return html`
      <h2 class="visually-hidden">Network</h2>
      ${repeat(
        this.#stages,
        ({ index }) => index,
        (stage, i) => html`
          <pipeline-stage
            .stage=${stage}
            .inputShape=${this.draft.config.inputShape}
            .plan=${this.#plans[i]}
            .tiles=${this.#tiles[i]}
            .mapKind=${this.mapKind}
            .limit=${this.mapScales[`stage-${stage.index}`] ?? 0}
            .hasGpu=${this.gpuProblem === ''}
          ></pipeline-stage>
        `,
      )}
      <div class="ruler"></div>
      ${this.gpuProblem === '' ? nothing : html`<no-gpu-panel .reason=${this.gpuProblem}></no-gpu-panel>`}
    `;
  }

  protected override updated(): void {
    const isPhone = matchMedia(phoneQuery).matches;
    this.elements.forEach((element, i) => {
      const width = this.#plans[i]?.stageWidth;
      if (width && !isPhone) element.style.setProperty('--stage-width', `${width}px`);
      else element.style.removeProperty('--stage-width');
    });
  }

  #measure(): void {
    const { paddingLeft, paddingRight } = getComputedStyle(this);
    const inner = Math.floor(this.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight));
    const height = this.ruler.clientHeight;
    // On a phone all stages are as wide as the style sheet says, and none has width to give away.
    const isPhone = matchMedia(phoneQuery).matches;
    const least = isPhone ? (this.elements[0]?.clientWidth ?? inner) : minStageWidth;
    const next = { ...this.room, width: isPhone ? least : inner, height, minStageWidth: least, devicePixelRatio };
    const { room } = this;
    const isResized =
      next.width !== room.width || least !== room.minStageWidth || devicePixelRatio !== room.devicePixelRatio;
    const tolerance = this.#isDraftAhead ? lineTolerance : 0;
    if (isResized || Math.abs(height - room.height) > tolerance) this.room = next;
  }

  get #isDraftAhead(): boolean {
    return this.#stages.some(({ config, built }) => built && JSON.stringify(config) !== JSON.stringify(built.config));
  }

  static override styles = css`
    :host {
      position: relative;
      display: grid;
      grid-auto-flow: column;
      grid-auto-columns: max-content;
      grid-template-rows: repeat(5, auto) minmax(220px, 1fr) auto auto;
      justify-content: start;
      column-gap: 14px;
      padding: 14px var(--space-4) 10px;
      overflow: auto hidden;
      scroll-snap-type: x proximity;
      scroll-padding-inline: var(--space-4);
      scrollbar-width: thin;
    }
    .visually-hidden {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    /* Out of the flow, but measured by the grid's own row of maps. */
    .ruler {
      position: absolute;
      grid-row: 6 / 7;
      inset: var(--space-2) auto 0 0;
      visibility: hidden;
    }
    pipeline-stage {
      grid-row: 1 / -1;
    }
    no-gpu-panel {
      position: absolute;
      grid-row: 6 / 8;
      inset: var(--space-3) auto auto var(--space-4);
      max-width: calc(100% - 2 * var(--space-4));
    }
    @media (max-width: 699px) {
      :host {
        grid-template-rows: repeat(5, auto) 330px auto auto;
        scroll-snap-type: x mandatory;
        --stage-width: min(78vw, 330px);
      }
      :host([is-without-gpu]) {
        grid-template-rows: repeat(5, auto) 500px auto auto;
      }
    }
  `;
}

function tilesFor(layer: Stage['built'], kind: MapKind): TileSet {
  if (!layer) return tilesOf([1]);
  if (kind === 'weights') return weightTiles(layer.weights[0]?.shape ?? []);
  return tilesOf(layer.outputShape, layer.type === 'maxPooling2d' || layer.type === 'averagePooling2d');
}

declare global {
  interface HTMLElementTagNameMap {
    'network-pipeline': NetworkPipeline;
  }
}
