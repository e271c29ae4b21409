/** What the maps of all layers show, on which scale and in which colours, said in a sentence. Knows no map. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MapKind } from '../../app/state.ts';
import type { MapScale } from '../../worker/protocol.ts';
import { controlStyles } from '../control-styles.ts';
import { IntentEvent } from '../page-events.ts';
import '../segmented-control.ts';
import type { ValueChangeEvent } from '../value-events.ts';
import '../words/explained-term.ts';
import './colour-choice.ts';
import './map-scale-choice.ts';

const mapKinds = [
  { value: 'activations', label: 'activations', hint: 'What each layer makes of the image.' },
  { value: 'weights', label: 'filters', hint: 'The numbers that each layer has learned.' },
];

const meanings: Readonly<Record<MapKind, Readonly<Record<MapScale, string>>>> = {
  activations: {
    shared: 'What layers make of the image; all maps of a layer on one scale.',
    perMap: 'What layers make of the image; every map on a scale of its own.',
  },
  weights: {
    shared: 'A tile for each input channel and filter; a layer’s all on one scale.',
    perMap: 'A tile for each input channel and filter; every filter on a scale of its own.',
  },
};

/** `<map-choices map-kind="activations" scale="shared">`. */
@customElement('map-choices')
export class MapChoices extends LitElement {
  @property({ attribute: 'map-kind' }) mapKind: MapKind = 'activations';
  @property() scale: MapScale = 'shared';

  override render(): TemplateResult {
    return html`
      <div class="choice">
        <explained-term term="maps-show">Maps show</explained-term>
        <segmented-control
          label="Maps show"
          is-label-hidden
          .options=${mapKinds}
          .value=${this.mapKind}
          @value-change=${({ value }: ValueChangeEvent<string>) =>
            this.dispatchEvent(
              new IntentEvent({ type: 'mapKindChosen', kind: value === 'weights' ? 'weights' : 'activations' }),
            )}
        ></segmented-control>
      </div>
      <div class="choice">
        <span aria-hidden="true">Scale</span>
        <map-scale-choice scale=${this.scale}></map-scale-choice>
      </div>
      <div class="choice">
        <span aria-hidden="true">Colours</span>
        <colour-choice></colour-choice>
      </div>
      <p>${meanings[this.mapKind][this.scale]}</p>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-5);
        align-items: center;
        min-width: 0;
        font: 400 var(--text-s) / 1.4 var(--font);
        color: var(--ink-soft);
        container-type: inline-size;
      }
      .choice {
        display: flex;
        gap: var(--space-2);
        align-items: center;
      }
      p {
        flex: 1 1 0;
        min-width: 200px;
        margin: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        text-align: right;
        white-space: nowrap;
      }
      @container (max-width: 1000px) {
        p {
          flex-basis: 100%;
          text-align: left;
          white-space: normal;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'map-choices': MapChoices;
  }
}
