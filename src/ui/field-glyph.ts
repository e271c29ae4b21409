/** The image as a small square with the patch in it that one cell sees. Knows sizes only. */
import { html, type TemplateResult } from 'lit';
import type { ReceptiveField } from '../engine/shape/receptive-field.ts';
import type { Shape } from '../engine/model/resolved.ts';

/** An SVG whose user units are input pixels; classes `glyph-image` and `glyph-field` take the colours of the component around it. */
export function fieldGlyph({ vertical, horizontal }: ReceptiveField, inputShape: Shape): TemplateResult {
  const [height = 1, width = 1] = inputShape;
  const fieldHeight = Math.min(vertical.size, height);
  const fieldWidth = Math.min(horizontal.size, width);
  return html`<svg class="glyph" viewBox="-1 -1 ${width + 2} ${height + 2}" aria-hidden="true">
    <rect class="glyph-image" x="0" y="0" width=${width} height=${height} rx="2" />
    <rect
      class="glyph-field"
      x=${(width - fieldWidth) / 2}
      y=${(height - fieldHeight) / 2}
      width=${fieldWidth}
      height=${fieldHeight}
      rx="1"
    />
  </svg>`;
}
