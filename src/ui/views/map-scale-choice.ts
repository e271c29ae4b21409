/** The choice between one colour scale for a layer and one for each of its maps. Knows no map. */
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MapScale } from '../../worker/protocol.ts';
import { IntentEvent } from '../page-events.ts';
import '../segmented-control.ts';
import type { ValueChangeEvent } from '../value-events.ts';

const scales = [
  { value: 'shared', label: 'shared', hint: 'All maps of a layer on one scale: they can be compared.' },
  { value: 'perMap', label: 'per map', hint: 'Each map, or filter, on its own scale: faint ones can be seen.' },
];

/** `<map-scale-choice scale="shared">`. */
@customElement('map-scale-choice')
export class MapScaleChoice extends LitElement {
  @property() scale: MapScale = 'shared';

  override render(): TemplateResult {
    return html`<segmented-control
      label="Colour scale"
      is-label-hidden
      .options=${scales}
      .value=${this.scale}
      @value-change=${({ value }: ValueChangeEvent<string>) =>
        this.dispatchEvent(
          new IntentEvent({ type: 'mapScaleChosen', scale: value === 'perMap' ? 'perMap' : 'shared' }),
        )}
    ></segmented-control>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'map-scale-choice': MapScaleChoice;
  }
}
