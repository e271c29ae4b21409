/** Where the data come from: the ladder of places with what became of each, progress, and a place to drop own files. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { DataProgress, DataState } from '../app/state.ts';
import type { DataRung } from '../data/dataset-types.ts';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { describeData, describeLadder, type LadderLine } from './data-ladder.ts';
import { dataPanelStyles } from './data-panel-styles.ts';
import { formatBytes, formatPercent } from './format.ts';

/** Fired when the person asks for data: from one place on, or from the top of the ladder. */
export class DataRequestedEvent extends Event {
  static readonly type = 'data-requested';
  constructor(readonly rung: DataRung | undefined) {
    super(DataRequestedEvent.type, { bubbles: true, composed: true });
  }
}

/** Fired when loading is to end. */
export class DataCancelledEvent extends Event {
  static readonly type = 'data-cancelled';
  constructor() {
    super(DataCancelledEvent.type, { bubbles: true, composed: true });
  }
}

/** Fired with the files dropped or chosen. */
export class FilesChosenEvent extends Event {
  static readonly type = 'files-chosen';
  constructor(readonly files: readonly File[]) {
    super(FilesChosenEvent.type, { bubbles: true, composed: true });
  }
}

const spoken: Readonly<Record<LadderLine['status'], string>> = {
  inUse: 'in use',
  loading: 'loading',
  skipped: 'not available',
  open: '',
};

/**
 * `<data-panel .data=${state.data}>`, made for about 360 px.
 *
 * @fires DataRequestedEvent (`data-requested`)
 * @fires DataCancelledEvent (`data-cancelled`)
 * @fires FilesChosenEvent (`files-chosen`)
 */
@customElement('data-panel')
export class DataPanel extends LitElement {
  @property({ attribute: false }) data: DataState = {
    status: 'waiting',
    skipped: [],
    checkedFiles: [],
    missingFiles: [],
  };

  /** True while files are held over the panel. */
  @state() private isDropTarget = false;

  @query('#files') private fileInput!: HTMLInputElement;

  override render(): TemplateResult {
    const { data } = this;
    return html`
      <p class="visually-hidden" role="status">${describeData(data)}</p>
      ${data.status === 'failed' || data.status === 'cancelled' ? this.#renderEnd() : nothing}
      <ol aria-label="Where the images come from">
        ${describeLadder(data).map((line) => this.#renderLine(line))}
      </ol>
      ${this.#renderDropZone()} ${this.#renderFiles()}
    `;
  }

  #renderEnd(): TemplateResult {
    const isFailed = this.data.status === 'failed';
    return html`<div class="end ${isFailed ? 'failed' : ''}">
      <span>${describeData(this.data)}</span>
      <button type="button" @click=${() => this.dispatchEvent(new DataRequestedEvent(undefined))}>Start again</button>
    </div>`;
  }

  #renderLine({ rung, title, note, status, action, progress }: LadderLine): TemplateResult {
    return html`<li class=${status} aria-current=${status === 'inUse' ? 'true' : nothing}>
      <span class="mark"></span>
      <span class="title">${title}<span class="state"> ${spoken[status]}</span></span>
      <span class="note">${note}</span>
      ${
        action === undefined
          ? nothing
          : html`<button
              type="button"
              aria-label="${action}: ${title}"
              @click=${() => this.dispatchEvent(new DataRequestedEvent(rung))}
            >
              ${action}
            </button>`
      }
      ${
        status === 'loading'
          ? html`<button type="button" @click=${() => this.dispatchEvent(new DataCancelledEvent())}>Cancel</button>`
          : nothing
      }
      ${status === 'loading' ? this.#renderProgress(progress) : nothing}
    </li>`;
  }

  #renderProgress(progress: DataProgress | undefined): TemplateResult {
    if (progress === undefined || progress.totalBytes === 0) {
      return html`<progress aria-label="Loading"></progress
        ><span class="bytes">${progress ? formatBytes(progress.loadedBytes) : nothing}</span>`;
    }
    const { loadedBytes, totalBytes } = progress;
    // Digits that are drawn here are counted, but bytes would mean nothing to the person.
    const amount =
      progress.rung === 'generated'
        ? formatPercent(loadedBytes / totalBytes, 0)
        : `${formatBytes(loadedBytes)} of ${formatBytes(totalBytes)}`;
    return html`<progress aria-label="Loading" value=${loadedBytes} max=${totalBytes}></progress>
      <span class="bytes">${amount}</span>`;
  }

  #renderDropZone(): TemplateResult {
    return html`<label
      class="drop ${this.isDropTarget ? 'is-target' : ''}"
      @dragenter=${this.#onDrag}
      @dragover=${this.#onDrag}
      @dragleave=${() => (this.isDropTarget = false)}
      @drop=${this.#onDrop}
    >
      <input id="files" class="visually-hidden" type="file" multiple @change=${this.#onChosen} />
      <span><b>Drop MNIST files here</b> or <u>choose them</u></span>
    </label>`;
  }

  #renderFiles(): TemplateResult | typeof nothing {
    const { checkedFiles, missingFiles } = this.data;
    if (checkedFiles.length === 0) return nothing;
    return html`
      <ul aria-label="Your files">
        ${checkedFiles.map(
          ({ isAccepted, message }) =>
            html`<li class=${isAccepted ? 'accepted' : 'refused'}>
              <b>${isAccepted ? 'Taken' : 'Refused'}</b> ${message}
            </li>`,
        )}
      </ul>
      ${
        missingFiles.length === 0
          ? nothing
          : html`<p class="missing">
              Still to come: ${missingFiles.map((name, index) => html`${index === 0 ? '' : ', '}<code>${name}</code>`)}
            </p>`
      }
    `;
  }

  #onDrag = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.isDropTarget = true;
  };

  #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.isDropTarget = false;
    this.#tell(event.dataTransfer?.files);
  };

  #onChosen = (): void => {
    this.#tell(this.fileInput.files ?? undefined);
    // The same file can then be chosen again after it has been mended.
    this.fileInput.value = '';
  };

  #tell(files: FileList | undefined): void {
    if (files !== undefined && files.length > 0) this.dispatchEvent(new FilesChosenEvent([...files]));
  }

  static override styles = [controlStyles, buttonStyles, dataPanelStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'data-panel': DataPanel;
  }
}
