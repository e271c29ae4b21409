/** The page: one store, one worker, and the parts of the screen that get their slices of the state. Draws no numbers itself. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { startRequests } from '../app/requests.ts';
import { PlaygroundStore } from '../app/store.ts';
import type { PlaygroundState } from '../app/state.ts';
import { TrainingClient } from '../worker/client.ts';
import './alert-bar.ts';
import './app-header.ts';
import { appStyles } from './app-styles.ts';
import './class-probabilities.ts';
import { controlStyles } from './control-styles.ts';
import './draw-pad.ts';
import type { DigitDrawnEvent } from './draw-pad.ts';
import type { DataRequestedEvent, FilesChosenEvent } from './data-panel.ts';
import { formatCount } from './format.ts';
import { parameterSum } from './layer-text.ts';
import './metric-chart.ts';
import './network-pipeline.ts';
import { MapRequestEvent, type IntentEvent } from './page-events.ts';
import './segmented-control.ts';
import { intentOfKey } from './shortcuts.ts';
import { StoreController } from './store-controller.ts';
import { readPalette } from './theme.ts';
import './training-settings.ts';
import type { HyperparametersChangedEvent } from './training-settings.ts';
import type { ValueChangeEvent } from './value-events.ts';

const mapKinds = [
  { value: 'activations', label: 'activations', hint: 'What each layer makes of the image.' },
  { value: 'weights', label: 'filters', hint: 'The numbers that each layer has learned.' },
];

/** `<receptive-app>`: the only element of the document. */
@customElement('receptive-app')
export class ReceptiveApp extends LitElement {
  /** Counts changes of the colours, for those who have painted with them. */
  @state() private themeVersion = 0;

  #client: TrainingClient | undefined;
  #store = new PlaygroundStore((request) => this.#client?.send(request));
  #controller = new StoreController(this, this.#store);
  #darkness = matchMedia('(prefers-color-scheme: dark)');

  override connectedCallback(): void {
    super.connectedCallback();
    this.#client = new TrainingClient((report) => this.#store.dispatch(report));
    const palette = readPalette(this.#store.state.mapKind);
    for (const request of startRequests(this.#store.state, palette, document.baseURI)) this.#client.send(request);
    this.#darkness.addEventListener('change', this.#onTheme);
    document.addEventListener('visibilitychange', this.#onVisibility);
    document.addEventListener('keydown', this.#onKey);
    document.addEventListener(MapRequestEvent.type, this.#onMapRequest);
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
      >
        <header>
          <app-header .state=${state}></app-header>
          <alert-bar .alert=${state.alert}></alert-bar>
        </header>
        <main>${this.#renderInput(state)} ${this.#renderPipeline(state)} ${this.#renderOutput(state)}</main>
        <div class="bottom">${this.#renderCharts(state)} ${this.#renderSettings(state)}</div>
      </div>
    `;
  }

  #renderInput({ input, data, mapKind, draft, gpu }: PlaygroundState): TemplateResult {
    return html`<section class="input" aria-labelledby="input-heading">
      <h2 id="input-heading">Input <span class="shape">${draft.config.inputShape.map(formatCount).join('×')}</span></h2>
      <draw-pad
        .pixels=${input.pixels}
        .hasExamples=${data.sizes !== undefined}
        .themeVersion=${this.themeVersion}
        @digit-drawn=${({ pixels }: DigitDrawnEvent) => this.#store.dispatch({ type: 'digitDrawn', pixels })}
        @example-requested=${() => this.#store.dispatch({ type: 'exampleRequested' })}
      ></draw-pad>
      ${
        input.index === undefined
          ? nothing
          : html`<p class="about">test image ${formatCount(input.index)}, labelled <b>${input.label}</b></p>`
      }
      ${
        gpu.status === 'unavailable'
          ? nothing
          : html`<div class="shown">
              <h3>Maps show</h3>
              <segmented-control
                label="Maps show"
                is-label-hidden
                .options=${mapKinds}
                .value=${mapKind}
                @value-change=${({ value }: ValueChangeEvent<string>) => this.#chooseMapKind(value)}
              ></segmented-control>
              <p class="about">${
                mapKind === 'activations'
                  ? 'What each layer makes of this image. Each layer has its own scale, the same for all its maps.'
                  : 'The learned numbers themselves: one tile for each input channel and filter.'
              }</p>
            </div>`
      }
    </section>`;
  }

  #renderPipeline({ draft, built, mapKind, mapScales, gpu }: PlaygroundState): TemplateResult {
    return html`<network-pipeline
      role="region"
      aria-label="Network"
      .draft=${draft}
      .built=${built}
      .mapKind=${mapKind}
      .mapScales=${mapScales}
      .gpuProblem=${gpu.status === 'unavailable' ? gpu.message : ''}
    ></network-pipeline>`;
  }

  #renderOutput({ draft, built, probabilities, input }: PlaygroundState): TemplateResult {
    const layer = draft.model?.layers.at(-1) ?? built?.model.layers.at(-1);
    const sum = layer && parameterSum(layer);
    return html`<section class="output" aria-labelledby="output-heading">
      <h2 id="output-heading">Output <span class="shape">${layer?.name}</span></h2>
      <p class="figures"><b>${layer?.outputShape.join('×')}</b> softmax<br />${
        sum ? html`${sum.expression} = <b>${sum.result}</b>` : nothing
      }</p>
      <class-probabilities .probabilities=${probabilities} .label=${input.label}></class-probabilities>
    </section>`;
  }

  #renderCharts({ loss, accuracy, progress, data, hyperparameters }: PlaygroundState): TemplateResult {
    const stepsPerEpoch = progress?.stepsPerEpoch ?? Math.ceil((data.sizes?.train ?? 60_000) / hyperparameters.batchSize);
    return html`
      <section class="chart" aria-label="Loss">
        <metric-chart
          kind="loss"
          heading="Loss"
          .train=${loss.train}
          .validation=${loss.validation}
          .test=${loss.test}
          .stepsPerEpoch=${stepsPerEpoch}
          .epochs=${hyperparameters.epochs}
          .themeVersion=${this.themeVersion}
        ></metric-chart>
      </section>
      <section class="chart" aria-label="Accuracy">
        <metric-chart
          kind="accuracy"
          heading="Accuracy"
          .train=${accuracy.train}
          .validation=${accuracy.validation}
          .test=${accuracy.test}
          .stepsPerEpoch=${stepsPerEpoch}
          .epochs=${hyperparameters.epochs}
          .themeVersion=${this.themeVersion}
        ></metric-chart>
      </section>
    `;
  }

  #renderSettings({ hyperparameters, phase }: PlaygroundState): TemplateResult {
    return html`<section class="settings" aria-label="Training settings">
      <training-settings
        .hyperparameters=${hyperparameters}
        .isTraining=${phase === 'training'}
        @hyperparameters-changed=${(event: HyperparametersChangedEvent) =>
          this.#store.dispatch({ type: 'hyperparametersChanged', hyperparameters: event.hyperparameters })}
      ></training-settings>
    </section>`;
  }

  #onIntent = (event: IntentEvent): void => {
    this.#store.dispatch(event.intent);
  };

  #onMapRequest = (event: Event): void => {
    if (event instanceof MapRequestEvent) this.#client?.send(event.request);
  };

  #onFiles = async ({ files }: FilesChosenEvent): Promise<void> => {
    const read = await Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: await file.arrayBuffer() })),
    );
    this.#store.dispatch({ type: 'filesRead', files: read });
  };

  #chooseMapKind(value: string): void {
    this.#store.dispatch({ type: 'mapKindChosen', kind: value === 'weights' ? 'weights' : 'activations' });
    this.#sendPalette();
  }

  #onTheme = (): void => {
    this.themeVersion += 1;
    this.#sendPalette();
  };

  /** Activations and weights have their own pair of hues, and each theme its own shades. */
  #sendPalette(): void {
    this.#client?.send({ type: 'setPalette', palette: readPalette(this.#store.state.mapKind) });
  }

  #onVisibility = (): void => {
    this.#client?.send({ type: 'setVisible', isVisible: document.visibilityState === 'visible' });
  };

  #onKey = (event: KeyboardEvent): void => {
    const { phase, mapKind } = this.#store.state;
    const intent = intentOfKey(event, phase, mapKind);
    if (!intent) return;
    event.preventDefault();
    if (intent.type === 'mapKindChosen') this.#chooseMapKind(intent.kind);
    else this.#store.dispatch(intent);
  };

  static override styles = [controlStyles, appStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'receptive-app': ReceptiveApp;
  }
}
