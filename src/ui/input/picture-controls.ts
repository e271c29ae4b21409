/** Pictures as input: a file, the clipboard, the camera. Reads them; what becomes of them is the page's business. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { IntentEvent } from '../page-events.ts';
import { CameraLink } from './camera-link.ts';
import { grabFrame } from './picture-source.ts';

/** Fired with the file that was chosen. */
export class PictureChosenEvent extends Event {
  static readonly type = 'picture-chosen';
  constructor(readonly file: File) {
    super(PictureChosenEvent.type, { bubbles: true, composed: true });
  }
}

/** Often enough to follow a hand, seldom enough for the page. */
const frameMs = 150;

/** `<picture-controls .problem=${text}>`. @fires PictureChosenEvent (`picture-chosen`) */
@customElement('picture-controls')
export class PictureControls extends LitElement {
  /** What went wrong with the last picture. */
  @property({ attribute: false }) problem = '';

  @state() private camera: 'off' | 'asked' | 'on' = 'off';
  @state() private refusal = '';

  @query('video') private video!: HTMLVideoElement | null;
  @query('input') private fileInput!: HTMLInputElement;

  readonly #link = new CameraLink(() => this.#stop());
  #timer: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override render(): TemplateResult {
    return html`
      <div class="row">
        <label class="file" title="A photo or drawing of one digit; PNG, JPEG or WebP">
          <input class="visually-hidden" type="file" accept="image/*" @change=${this.#onChosen} />Open file
        </label>
        ${
          this.camera === 'on'
            ? html`<button type="button" @click=${this.#stop}>Stop camera</button>`
            : html`<button type="button" ?disabled=${this.camera === 'asked'} @click=${this.#start}>Camera</button>`
        }
      </div>
      ${
        this.camera === 'on'
          ? html`<video muted playsinline aria-label="What the camera sees"></video>
              <p>Hold a digit into the picture. Stop keeps the last one.</p>`
          : html`<p>Or drop a picture here, or paste one with Ctrl + V. The digit is cut out and centred.</p>`
      }
      <p class="problem" role="alert">${this.refusal || this.problem || nothing}</p>
    `;
  }

  protected override updated(): void {
    const { video } = this;
    if (!video || video.srcObject === this.#link.stream) return;
    video.srcObject = this.#link.stream ?? null;
    void video.play();
  }

  #start = async (): Promise<void> => {
    this.refusal = '';
    this.camera = 'asked';
    this.refusal = await this.#link.open();
    if (!this.isConnected) this.#link.close();
    this.camera = this.#link.stream ? 'on' : 'off';
    if (this.camera === 'on') this.#timer = setInterval(() => this.#grab(), frameMs);
  };

  #stop = (): void => {
    clearInterval(this.#timer);
    this.#link.close();
    this.camera = 'off';
  };

  #grab(): void {
    if (document.visibilityState !== 'visible' || !this.video) return;
    const picture = grabFrame(this.video);
    if (picture) this.dispatchEvent(new IntentEvent({ type: 'pictureTaken', picture, name: 'camera' }));
  }

  #onChosen = (): void => {
    const [file] = this.fileInput.files ?? [];
    // The same file can then be chosen again after it has been changed.
    this.fileInput.value = '';
    this.refusal = '';
    if (file) this.dispatchEvent(new PictureChosenEvent(file));
  };

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-1);
        font: 400 var(--text-s) / 1.35 var(--font);
        color: var(--ink-soft);
      }
      .row {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--space-1);
      }
      button {
        padding: 0 2px;
      }
      .file {
        display: grid;
        place-items: center;
        min-height: 24px;
        font: 500 var(--text-s) / 1 var(--font);
        color: var(--ink);
        white-space: nowrap;
        background: var(--surface);
        border: 1px solid var(--hairline);
        border-radius: calc(var(--radius) - 2px);
        cursor: pointer;
      }
      .file:hover {
        color: var(--accent);
        border-color: var(--accent);
      }
      .file:focus-within {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }
      video {
        width: 100%;
        aspect-ratio: 1;
        object-fit: cover;
        border-radius: var(--radius);
        background: var(--sunken);
      }
      p {
        margin: 0;
      }
      .problem {
        color: var(--danger);
      }
      @media (pointer: coarse) {
        .file {
          min-height: 36px;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'picture-controls': PictureControls;
  }
}
