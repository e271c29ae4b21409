/** The place beside the curves: one panel at a time, each loaded when it is first chosen. Knows none of them. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { DockPanel } from '../../app/dock-slice.ts';
import type { PlaygroundState } from '../../app/state.ts';
import { controlStyles } from '../control-styles.ts';
import { IntentEvent } from '../page-events.ts';
import { panelEntries, type PanelModule } from './panels.ts';

/** `<page-dock .state=${state}>`: tabs and the chosen panel. */
@customElement('page-dock')
export class PageDock extends LitElement {
  @property({ attribute: false }) state!: PlaygroundState;

  @state() private modules: ReadonlyMap<DockPanel, PanelModule> = new Map();
  @state() private failure = '';

  /** The tab chosen by a key is to have the focus, once it is the selected one. */
  #isFocusDue = false;

  @query('[role="tab"][aria-selected="true"]') private selectedTab!: HTMLElement;

  override render(): TemplateResult {
    const { panel } = this.state.dock;
    return html`
      <div class="tabs" role="tablist" aria-label="Panels" @keydown=${this.#onKey}>
        ${panelEntries.map((entry) => this.#renderTab(entry.panel, entry.label, entry.panel === panel))}
      </div>
      <div class="panel" role="tabpanel" id="panel" tabindex="0" aria-labelledby="tab-${panel}">
        ${
          this.failure === ''
            ? (this.modules.get(panel)?.renderPanel(this.state) ?? nothing)
            : html`<p>${this.failure} <button type="button" @click=${() => this.#load(panel)}>Try again</button></p>`
        }
      </div>
    `;
  }

  #renderTab(panel: DockPanel, label: string, isSelected: boolean): TemplateResult {
    return html`<button
      type="button"
      role="tab"
      id="tab-${panel}"
      aria-selected=${isSelected}
      aria-controls="panel"
      tabindex=${isSelected ? 0 : -1}
      @click=${() => this.#choose(panel)}
    >
      ${label}
    </button>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('state') || changed.get('state')?.dock.panel === this.state.dock.panel) return;
    this.failure = '';
    if (!this.modules.has(this.state.dock.panel)) void this.#load(this.state.dock.panel);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const isChosen = changed.has('state') && changed.get('state')?.dock.panel !== this.state.dock.panel;
    if (!this.#isFocusDue || !isChosen) return;
    this.#isFocusDue = false;
    this.selectedTab.focus();
  }

  async #load(panel: DockPanel): Promise<void> {
    const entry = panelEntries.find((candidate) => candidate.panel === panel);
    if (!entry) return;
    try {
      const module = await entry.load();
      this.modules = new Map([...this.modules, [panel, module]]);
      this.failure = '';
    } catch {
      this.failure = `“${entry.label}” could not be loaded: is the network gone?`;
    }
  }

  #choose(panel: DockPanel): void {
    this.dispatchEvent(new IntentEvent({ type: 'panelChosen', panel }));
  }

  #onKey = (event: KeyboardEvent): void => {
    const index = panelEntries.findIndex(({ panel }) => panel === this.state.dock.panel);
    const last = panelEntries.length - 1;
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const entry = panelEntries[next < 0 ? last : next > last ? 0 : next];
    if (!entry || entry.panel === this.state.dock.panel) return;
    this.#isFocusDue = true;
    this.#choose(entry.panel);
  };

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-width: 0;
        min-height: 0;
      }
      .tabs {
        display: flex;
        gap: var(--space-4);
        padding: 0 var(--space-4);
        overflow-x: auto;
        border-bottom: 1px solid var(--hairline);
        scrollbar-width: none;
      }
      [role='tab'] {
        padding: 7px 0 6px;
        font: 600 var(--text-s) / 18px var(--font);
        color: var(--ink-soft);
        white-space: nowrap;
        background: none;
        border: 0;
        border-bottom: 2px solid transparent;
        cursor: pointer;
      }
      [role='tab']:hover {
        color: var(--ink);
      }
      [role='tab'][aria-selected='true'] {
        color: var(--ink);
        border-bottom-color: var(--accent);
      }
      /* What is hidden from the eye within stays within, or the page would be as tall as the panel's contents. */
      .panel {
        position: relative;
        min-width: 0;
        min-height: 0;
        padding: var(--space-3) var(--space-4);
        overflow: hidden auto;
        scrollbar-width: thin;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'page-dock': PageDock;
  }
}
