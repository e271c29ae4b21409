/** The page: one store, one worker, and the parts of the screen that get their slices of the state. Draws no numbers itself. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Intent } from '../app/intent.ts';
import { startRequests } from '../app/requests.ts';
import { PlaygroundStore } from '../app/store.ts';
import type { PlaygroundState } from '../app/state.ts';
import { lastGoodPlace, lookedAtStep } from '../app/time-slice.ts';
import { TrainingClient } from '../worker/client.ts';
import './alert-bar.ts';
import './app-header.ts';
import { appStyles } from './app-styles.ts';
import { controlStyles } from './control-styles.ts';
import type { DataRequestedEvent, FilesChosenEvent } from './data-panel.ts';
import './dock/page-dock.ts';
import './field/field-view.ts';
import { serveState } from './field/state-watch.ts';
import './input-column.ts';
import './metric-chart.ts';
import './network-pipeline.ts';
import { nextPaint } from './next-task.ts';
import './output-column.ts';
import { CanvasesLostEvent, MapRequestEvent, type IntentEvent } from './page-events.ts';
import { intentOfKey } from './shortcuts.ts';
import { StoreController } from './store-controller.ts';
import { readPalettes } from './theme.ts';
import './time/time-strip.ts';
import { isTuningRemembered, rememberTuning } from './tuning-choice.ts';
import type { HyperparametersChangedEvent } from './training-settings.ts';
import './words/term-layer.ts';

const charts = [
  { kind: 'loss', heading: 'Loss' },
  { kind: 'accuracy', heading: 'Accuracy' },
] as const;

/** `<receptive-app>`: the only element of the document. */
@customElement('receptive-app')
export class ReceptiveApp extends LitElement {
  /** Counts changes of the colours, for those who have painted with them. */
  @state() private themeVersion = 0;
  /** What stands around the network follows it, so that the first view is not one long task. */
  @state() private isWhole = false;

  #client: TrainingClient | undefined;
  #store = new PlaygroundStore((request) => this.#client?.send(request));
  #controller = new StoreController(this, this.#store);
  #darkness = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    super();
    serveState(this, this.#store);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!isTuningRemembered()) this.#store.dispatch({ type: 'tuningSwitched', isOn: false });
    this.#client = new TrainingClient((report) => {
      const hadGpu = this.#store.state.gpu.status === 'ready';
      this.#store.dispatch(report);
      if (report.type === 'ready' && hadGpu) document.dispatchEvent(new CanvasesLostEvent());
    });
    for (const request of startRequests(this.#store.state, readPalettes(), document.baseURI))
      this.#client.send(request);
    this.#darkness.addEventListener('change', this.#onTheme);
    document.addEventListener('visibilitychange', this.#onVisibility);
    document.addEventListener('keydown', this.#onKey);
    document.addEventListener(MapRequestEvent.type, this.#onMapRequest);
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await nextPaint();
    await super.scheduleUpdate();
  }

  protected override firstUpdated(): void {
    void this.#complete();
  }

  async #complete(): Promise<void> {
    await nextPaint();
    this.isWhole = true;
    await nextPaint();
    // It lies below by now.
    document.querySelector('.first-paint')?.remove();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#darkness.removeEventListener('change', this.#onTheme);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    document.removeEventListener('keydown', this.#onKey);
    document.removeEventListener(MapRequestEvent.type, this.#onMapRequest);
    this.#client?.dispose();
    this.#client = undefined;
  }

  override render(): TemplateResult {
    const { state } = this.#controller;
    return html`
      <div
        class="page"
        @intent=${this.#onIntent}
        @theme-change=${this.#onTheme}
        @data-requested=${({ rung }: DataRequestedEvent) =>
          this.#store.dispatch({ type: 'dataRequested', ...(rung ? { rung } : {}) })}
        @data-cancelled=${() => this.#store.dispatch({ type: 'dataCancelled' })}
        @files-chosen=${this.#onFiles}
        @hyperparameters-changed=${({ hyperparameters }: HyperparametersChangedEvent) =>
          this.#store.dispatch({ type: 'hyperparametersChanged', hyperparameters })}
      >
        <header>
          <app-header .state=${state}></app-header>
          <alert-bar
            .alert=${state.alert}
            .goodPlace=${state.alert?.code === 'nonFinite' ? lastGoodPlace(state) : undefined}
          ></alert-bar>
        </header>
        <main>
          ${this.#renderInput(state)} ${this.#renderPipeline(state)}
          <field-view role="region" aria-label="Receptive field"></field-view>
          ${this.#renderOutput(state)}
        </main>
        <time-strip role="region" aria-label="Time" .state=${state}></time-strip>
        <div class="bottom">${this.isWhole ? this.#renderBottom(state) : nothing}</div>
        <term-layer .state=${state}></term-layer>
      </div>
    `;
  }

  #renderInput({ sweep, input, data, draft, gpu, built }: PlaygroundState): TemplateResult {
    return html`<input-column
      role="region"
      aria-label="Input"
      .input=${input}
      .sweep=${sweep}
      .shape=${draft.config.inputShape}
      .builtShape=${built?.model.inputShape}
      .hasExamples=${data.sizes !== undefined}
      .hasMaps=${gpu.status !== 'unavailable'}
    ></input-column>`;
  }

  #renderPipeline({ draft, built, mapKind, mapScales, gpu, views }: PlaygroundState): TemplateResult {
    return html`<network-pipeline
      role="region"
      aria-label="Network"
      .draft=${draft}
      .built=${built}
      .mapKind=${mapKind}
      .mapScales=${mapScales}
      .views=${views}
      .gpuProblem=${gpu.status === 'unavailable' ? gpu.message : ''}
    ></network-pipeline>`;
  }

  #renderOutput({ draft, built, probabilities, input }: PlaygroundState): TemplateResult {
    return html`<output-column
      role="region"
      aria-label="Output"
      .layer=${draft.model?.layers.at(-1) ?? built?.model.layers.at(-1)}
      .probabilities=${probabilities}
      .label=${input.label}
    ></output-column>`;
  }

  #renderBottom(state: PlaygroundState): TemplateResult {
    return html`${this.#renderCharts(state)}<page-dock role="region" aria-label="Panels" .state=${state}></page-dock>`;
  }

  #renderCharts(state: PlaygroundState): TemplateResult[] {
    const { progress, data, hyperparameters } = state;
    const stepsPerEpoch =
      progress?.stepsPerEpoch ?? Math.ceil((data.sizes?.train ?? 60_000) / hyperparameters.batchSize);
    return charts.map(
      ({ kind, heading }) =>
        html`<section class="chart" aria-label=${heading}>
          <metric-chart
            kind=${kind}
            heading=${heading}
            .train=${state[kind].train}
            .validation=${state[kind].validation}
            .test=${state[kind].test}
            .earlier=${state.earlierRun?.[kind].train}
            .lookedAtStep=${lookedAtStep(state)}
            .stepsPerEpoch=${stepsPerEpoch}
            .epochs=${hyperparameters.epochs}
            .themeVersion=${this.themeVersion}
          ></metric-chart>
        </section>`,
    );
  }

  #onIntent = (event: IntentEvent): void => {
    this.#dispatch(event.intent);
  };

  #dispatch(intent: Intent): void {
    this.#store.dispatch(intent);
    if (intent.type === 'tuningSwitched') rememberTuning(intent.isOn);
  }

  #onMapRequest = (event: Event): void => {
    if (event instanceof MapRequestEvent) this.#client?.send(event.request);
  };

  #onFiles = async ({ files }: FilesChosenEvent): Promise<void> => {
    const read = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: await file.arrayBuffer() })));
    this.#store.dispatch({ type: 'filesRead', files: read });
  };

  #onTheme = (): void => {
    this.themeVersion += 1;
    this.#client?.send({ type: 'setPalettes', palettes: readPalettes() });
  };

  #onVisibility = (): void => {
    this.#client?.send({ type: 'setVisible', isVisible: document.visibilityState === 'visible' });
  };

  #onKey = (event: KeyboardEvent): void => {
    const { phase, mapKind } = this.#store.state;
    const intent = intentOfKey(event, phase, mapKind);
    if (!intent) return;
    event.preventDefault();
    this.#dispatch(intent);
  };

  static override styles = [controlStyles, appStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'receptive-app': ReceptiveApp;
  }
}
