/** What a kernel can be replaced by: the designs, their settings, how large and where. Works out the change, applies nothing. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { flip, replacement, type NumberChange, type Strength } from '../../app/filter-edits.ts';
import { initialSettings, presetKernel, type KernelPreset, type PresetSettings } from '../../app/kernel-presets.ts';
import type { FilterBank } from '../../engine/model/filter-bank.ts';
import type { SurgeryStep } from '../../worker/protocol.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import '../range-field.ts';
import '../segmented-control.ts';
import '../select-field.ts';
import type { ValueChangeEvent, ValueInputEvent } from '../value-events.ts';
import { newGesture } from './surgery-events.ts';

/** A change of the filter in hand, worked out. */
export class DesignChosenEvent extends Event {
  static readonly type = 'design-chosen';
  constructor(
    readonly kind: SurgeryStep['kind'],
    readonly change: NumberChange,
    readonly gesture: number,
  ) {
    super(DesignChosenEvent.type, { bubbles: true, composed: true });
  }
}

const designs: readonly { readonly value: KernelPreset; readonly label: string }[] = [
  { value: 'sobelAcross', label: 'Sobel, left to right' },
  { value: 'sobelDown', label: 'Sobel, top to bottom' },
  { value: 'laplacian', label: 'Laplacian' },
  { value: 'laplacian8', label: 'Laplacian, all neighbours' },
  { value: 'gabor', label: 'Gabor' },
  { value: 'curve', label: 'Curve detector of the lecture' },
];

const strengths = [
  {
    value: 'kept',
    label: 'as strong',
    hint: 'As strong as what it replaces: the sum of squares stays, so that later layers get what they are used to.',
  },
  {
    value: 'printed',
    label: 'as printed',
    hint: 'The design’s own numbers; over several channels, each its share of them.',
  },
] as const;

/** `<design-menu .bank=${b} .numbers=${n} slice="3">`. @fires DesignChosenEvent */
@customElement('design-menu')
export class DesignMenu extends LitElement {
  @property({ attribute: false }) bank!: FilterBank;
  /** Of the filter in hand. */
  @property({ attribute: false }) numbers: Float32Array = new Float32Array();
  /** Tells filters apart. */
  @property({ type: Number }) filter = 0;
  @property({ type: Number }) slice = 0;

  @state() private preset: KernelPreset | '' = '';
  @state() private settings: PresetSettings = initialSettings;
  @state() private strength: Strength = 'kept';
  @state() private isForAll = false;

  /** A design and all turns of its settings are undone as one. */
  #gesture = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const bank = changed.get('bank');
    const isOther = bank !== undefined && bank.weight !== this.bank.weight;
    if (isOther || changed.has('filter') || changed.has('slice')) this.preset = '';
  }

  /** The design last chosen is no longer what the kernel holds. */
  forget(): void {
    this.preset = '';
  }

  override render(): TemplateResult {
    const { slices } = this.bank;
    return html`<fieldset>
      <legend class="visually-hidden">Replace the kernel</legend>
      <select-field
        class="design"
        label="replace by"
        .options=${[{ value: '', label: 'a design…' }, ...this.#fitting]}
        .value=${this.preset}
        @value-change=${this.#onPreset}
      ></select-field>
      <segmented-control
        is-label-hidden
        label="size of its numbers"
        .options=${strengths}
        .value=${this.strength}
        @value-change=${this.#onStrength}
      ></segmented-control>
      ${this.preset === 'gabor' ? this.#renderGabor() : nothing} ${slices > 1 ? this.#renderReach(slices) : nothing}
      <div class="buttons">
        <button type="button" title="Mirrors left and right" @click=${() => this.#flip('leftToRight')}>Flip ↔</button>
        <button type="button" title="Mirrors top and bottom" @click=${() => this.#flip('topToBottom')}>Flip ↕</button>
        <button type="button" title="Normal random numbers, others at every press" @click=${this.#makeNoise}>
          Noise
        </button>
        <button type="button" title="Sets every number to 0; the bias stays" @click=${this.#makeZero}>Zero</button>
      </div>
    </fieldset>`;
  }

  #renderReach(slices: number): TemplateResult {
    return html`<segmented-control
      class="reach"
      label="in"
      .options=${[
        { value: 'one', label: `channel ${this.slice}`, hint: 'The channel shown.' },
        { value: 'all', label: `all ${slices}`, hint: 'All input channels of this filter.' },
      ]}
      .value=${this.isForAll ? 'all' : 'one'}
      @value-change=${this.#onReach}
    ></segmented-control>`;
  }

  #renderGabor(): TemplateResult {
    const { angle, wavelength } = this.settings;
    const longest = Math.max(4, 2 * Math.max(this.bank.height, this.bank.width));
    return html`
      <range-field
        label="angle"
        min="0"
        max="175"
        step="5"
        unit="degrees"
        hint="The direction in which the wave runs, clockwise from the right."
        .value=${angle}
        @value-input=${(event: ValueInputEvent) => this.#set(event, { angle: event.value })}
      ></range-field>
      <range-field
        label="wavelength"
        min="2"
        max=${longest}
        step="0.1"
        unit="cells"
        hint="Cells from crest to crest."
        .value=${wavelength}
        @value-input=${(event: ValueInputEvent) => this.#set(event, { wavelength: event.value })}
      ></range-field>
    `;
  }

  /** Designs that have room in a kernel of this size. */
  get #fitting(): typeof designs {
    const { height, width } = this.bank;
    return designs.filter(({ value }) => presetKernel(value, height, width, this.settings) !== undefined);
  }

  get #reach(): number | undefined {
    return this.isForAll ? undefined : this.slice;
  }

  #onPreset = (event: ValueChangeEvent<string>): void => {
    event.stopPropagation();
    this.preset = designs.find(({ value }) => value === event.value)?.value ?? '';
    this.#gesture = newGesture();
    this.#apply();
  };

  #onStrength = (event: ValueChangeEvent<string>): void => {
    event.stopPropagation();
    this.strength = event.value === 'printed' ? 'printed' : 'kept';
    this.#apply();
  };

  #onReach = (event: ValueChangeEvent<string>): void => {
    event.stopPropagation();
    this.isForAll = event.value === 'all';
  };

  #set(event: Event, settings: Partial<PresetSettings>): void {
    event.stopPropagation();
    this.settings = { ...this.settings, ...settings };
    this.#apply();
  }

  #apply(): void {
    if (this.preset !== '') this.#replace(this.preset, 'replaced', this.#gesture);
  }

  #makeNoise = (): void => {
    this.preset = '';
    this.settings = { ...this.settings, seed: this.settings.seed + 1 };
    this.#replace('noise', 'replaced', newGesture());
  };

  #makeZero = (): void => {
    this.preset = '';
    this.#replace('zero', 'zeroed', newGesture());
  };

  #replace(preset: KernelPreset, kind: SurgeryStep['kind'], gesture: number): void {
    const { bank, numbers, settings, strength } = this;
    const kernel = presetKernel(preset, bank.height, bank.width, settings);
    if (!kernel) return;
    const change = replacement(numbers, bank, this.#reach, kernel, strength, bank.typicalSize);
    this.dispatchEvent(new DesignChosenEvent(kind, change, gesture));
  }

  #flip(direction: 'leftToRight' | 'topToBottom'): void {
    this.preset = '';
    const change = flip(this.numbers, this.bank, this.#reach, direction);
    this.dispatchEvent(new DesignChosenEvent('flipped', change, newGesture()));
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        --field-label-width: max-content;
        display: block;
        min-width: 0;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 6px var(--space-3);
        align-items: center;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      .design {
        flex: 1 1 150px;
      }
      range-field {
        --field-value-width: 26px;
        flex: 1 1 140px;
      }
      .reach {
        flex: 1 0 130px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'design-menu': DesignMenu;
  }
}
