/** The input's few pictures as inline SVG in the text's colour: decoration, since every button has a name. */
import { html, svg, type TemplateResult } from 'lit';

const stroked = (content: TemplateResult): TemplateResult =>
  html`<svg
    viewBox="0 0 16 16"
    width="14"
    height="14"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    ${content}
  </svg>`;

export const undoIcon = stroked(svg`<path d="M5.5 3 2.5 6l3 3" /><path d="M3 6h6a4 4 0 0 1 0 8H6.5" />`);
export const redoIcon = stroked(svg`<path d="m10.5 3 3 3-3 3" /><path d="M13 6H7a4 4 0 0 0 0 8h2.5" />`);
export const eraserIcon = stroked(
  svg`<path d="m2.6 10.4 7-7 4 4-6.2 6.200H5.400z" /><path d="m6 7 4 4M7.5 13.600h6" />`,
);
export const previousIcon = stroked(svg`<path d="m9.5 4-4 4 4 4" />`);
export const nextIcon = stroked(svg`<path d="m6.5 4 4 4-4 4" />`);
export const randomIcon = stroked(
  svg`<rect x="2.5" y="2.5" width="11" height="11" rx="2.5" /><path d="M5.6 5.600h0M10.4 5.600h0M8 8h0M5.6 10.400h0M10.4 10.400h0" stroke-width="1.9" />`,
);
