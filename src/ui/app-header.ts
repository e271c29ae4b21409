/** The top of the page: name, chips with their panels, the run in two lines, the transport. Decides nothing. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isSameModel } from '../app/draft.ts';
import { startOfEdits } from '../app/edit-history.ts';
import type { PlaygroundState } from '../app/state.ts';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { dataChip } from './data-chip.ts';
import './data-panel.ts';
import { formatCount } from './format.ts';
import { adapterName, stepTime } from './gpu-details.ts';
import './editor/history-buttons.ts';
import './header-chip.ts';
import { markIcon } from './icons.ts';
import './run-status.ts';
import { IntentEvent } from './page-events.ts';
import { renderShortcuts } from './shortcuts.ts';
import { announcement, statusText } from './status-text.ts';
import './theme-toggle.ts';
import './transport-controls.ts';
import './words/word-list.ts';

/** `<app-header .state=${state}>`. */
@customElement('app-header')
export class AppHeader extends LitElement {
  @property({ attribute: false }) state!: PlaygroundState;

  #modelName = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { draft, history } = this.state;
    if (changed.get('state')?.draft === draft && this.#modelName !== '') return;
    const name = draft.config.name ?? 'CNN';
    this.#modelName = isSameModel(draft.config, startOfEdits(history)) ? name : `${name}, edited`;
  }

  override render(): TemplateResult {
    const { state } = this;
    return html`
      <h1>${markIcon} Receptive</h1>
      <nav aria-label="Details">${this.#renderData()} ${this.#renderModel()} ${this.#renderGpu()}</nav>
      <div class="tools">
        <header-chip name="?" label="Keyboard shortcuts and words">
          <h2>Keyboard</h2>
          ${renderShortcuts()}
          <p>
            But for <kbd>?</kbd>, they work while no control has the focus. Arrow keys move a slider; a digit lets you
            type its value.
          </p>
          <word-list></word-list>
        </header-chip>
        <theme-toggle></theme-toggle>
      </div>
      <run-status .text=${statusText(state)} announcement=${announcement(state)}></run-status>
      <transport-controls
        .phase=${state.phase}
        .isLookingBack=${state.time.lookedAt !== undefined}
        .isReady=${state.gpu.status === 'ready' && state.built !== undefined && state.data.sizes !== undefined}
      ></transport-controls>
    `;
  }

  #renderData(): TemplateResult {
    const { value, detail, tone } = dataChip(this.state.data);
    return html`<header-chip id="data" name="Data" value=${value} detail=${detail} tone=${tone}>
      <data-panel .data=${this.state.data}></data-panel>
    </header-chip>`;
  }

  #renderModel(): TemplateResult {
    const { draft, built, history, rebuild } = this.state;
    return html`<header-chip
        id="model"
        name="Model"
        value=${this.#modelName}
        detail=${draft.model ? formatCount(draft.model.params) : 'cannot be built'}
        tone=${draft.model ? 'plain' : 'danger'}
        @panel-opened=${() => import('./editor/model-editor.ts')}
      >
        <model-editor .draft=${draft} .history=${history} .rebuild=${rebuild} .summary=${built?.summary ?? []}>
          Loading…
        </model-editor>
      </header-chip>
      <history-buttons .history=${history}></history-buttons>`;
  }

  #renderGpu(): TemplateResult {
    const { gpu, progress, built } = this.state;
    return html`<header-chip
      name="GPU"
      value=${adapterName(gpu)}
      detail=${stepTime(progress)}
      tone=${gpu.status === 'unavailable' ? 'danger' : gpu.status === 'starting' ? 'busy' : 'plain'}
    >
      <gpu-details
        .gpu=${gpu}
        .progress=${progress}
        .memoryBytes=${built?.summary.reduce((sum, layer) => sum + layer.bytes, 0) ?? 0}
      ></gpu-details>
      ${
        gpu.status === 'ready'
          ? html`<button type="button" class="more" @click=${this.#openSpeed}>Speed in detail</button>`
          : nothing
      }
    </header-chip>`;
  }

  #openSpeed = (event: Event): void => {
    this.dispatchEvent(new IntentEvent({ type: 'panelChosen', panel: 'speed' }));
    const chip = event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('header-chip') : null;
    chip?.close();
    this.parentElement?.parentElement?.querySelector('page-dock')?.scrollIntoView({ block: 'nearest' });
  };

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      #model {
        --panel-width: 760px;
      }
      :host {
        position: relative;
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-3);
        box-sizing: border-box;
        min-height: var(--header-height);
        padding: 6px var(--space-5);
        background: var(--surface);
        border-bottom: 1px solid var(--hairline);
      }
      h1 {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        margin: 0 var(--space-2) 0 0;
        font: 700 17px/1 var(--font);
        letter-spacing: -0.01em;
        color: var(--ink);
      }
      .mark-outer {
        fill: var(--accent-soft);
      }
      .mark-middle {
        fill: color-mix(in oklab, var(--accent) 45%, var(--accent-soft));
      }
      .mark-inner {
        fill: var(--accent-ink);
      }
      nav,
      .tools {
        display: flex;
        gap: var(--space-2);
      }
      .tools,
      h1,
      history-buttons,
      transport-controls {
        flex: none;
      }
      nav {
        min-width: 0;
      }
      run-status {
        flex: 1 1 200px;
      }
      transport-controls {
        margin-left: auto;
      }
      h2 {
        margin: 0 0 var(--space-2);
        font: 650 var(--text-m) / 1.3 var(--font);
      }
      p {
        margin: var(--space-3) 0 0;
        color: var(--ink-soft);
      }
      .keys {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-2) var(--space-4);
        margin: 0;
      }
      dd {
        margin: 0;
      }
      .more {
        min-height: 32px;
        margin-top: var(--space-3);
        padding: 0 var(--space-3);
      }
      kbd {
        display: inline-block;
        min-width: 12px;
        padding: 1px 7px;
        font: 500 var(--text-s) / 18px var(--mono);
        text-align: center;
        background: var(--sunken);
        border: 1px solid var(--hairline-strong);
        border-radius: 5px;
      }
      /* One line: names of a device or a model that are too long give way. */
      @media (min-width: 1241px) {
        :host {
          flex-wrap: nowrap;
        }
        #data {
          flex: none;
        }
        /* As wide as its longest words, which would make the header taller. */
        run-status {
          flex: 1 0 256px;
        }
      }
      @media (max-width: 1240px) {
        run-status {
          flex-basis: 320px;
        }
      }
      @media (max-width: 699px) {
        :host {
          padding: var(--space-3) var(--space-4);
        }
        h1 {
          flex: 1;
        }
        /* The holder of what it hides, which would else widen the page. */
        nav {
          position: relative;
          order: 1;
          width: 100%;
          overflow-x: auto;
          scrollbar-width: none;
        }
        run-status {
          order: 2;
          flex-basis: 100%;
          min-height: 32px;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'app-header': AppHeader;
  }
}
