/** The pictures of the model's list, drawn in the text's colour. All are decoration: their buttons are named. */
import { html, svg } from 'lit';
import { crossShape, stroked } from '../icons.ts';

export const gripIcon = html`<svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" fill="currentColor">
  <circle cx="5.5" cy="3.5" r="1.3" />
  <circle cx="10.5" cy="3.5" r="1.3" />
  <circle cx="5.5" cy="8" r="1.3" />
  <circle cx="10.5" cy="8" r="1.3" />
  <circle cx="5.5" cy="12.5" r="1.3" />
  <circle cx="10.5" cy="12.5" r="1.3" />
</svg>`;

export const copyIcon = stroked(
  svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M3.5 10.5h-.3a.7.7 0 0 1-.7-.7V3.2a.7.7 0 0 1 .7-.7h6.6a.7.7 0 0 1 .7.7v.3" />`,
  13,
);
export const removeIcon = stroked(crossShape, 12);
