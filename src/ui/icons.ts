/** The page's few pictures as inline SVG, drawn in the text's colour. All are decoration: the words stand beside them. */
import { html, svg, type TemplateResult } from 'lit';

const icon = (content: TemplateResult): TemplateResult =>
  html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentColor">${content}</svg>`;
/** A drawing in lines, 16 units wide and high. */
export const stroked = (content: TemplateResult, sizePx = 16): TemplateResult =>
  html`<svg
    viewBox="0 0 16 16"
    width=${sizePx}
    height=${sizePx}
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    ${content}
  </svg>`;

export const playIcon = icon(
  svg`<path d="M4.5 2.9v10.2a.6.6 0 0 0 .9.5l8.2-5.1a.6.6 0 0 0 0-1L5.4 2.4a.6.6 0 0 0-.9.5z" />`,
);
export const pauseIcon = icon(
  svg`<rect x="3.5" y="2.5" width="3.2" height="11" rx="1" /><rect x="9.3" y="2.5" width="3.2" height="11" rx="1" />`,
);
export const stepIcon = icon(
  svg`<path d="M3 3.4v9.2a.5.5 0 0 0 .8.4l6.4-4.6a.5.5 0 0 0 0-.8L3.8 3a.5.5 0 0 0-.8.4z" /><rect x="11.3" y="2.9" width="1.8" height="10.2" rx=".7" />`,
);
export const rewindIcon = stroked(svg`<path d="M3 7.6a5.2 5.2 0 1 1 1.3 3.9" /><path d="M2.6 3.9 3 7.7l3.8-.4" />`);
export const enlargeIcon = stroked(svg`<path d="M9.5 2.8h3.7v3.7M6.5 13.2H2.8V9.5M13 3 9.2 6.8M3 13l3.8-3.8" />`);
/** Two lines that cross. */
export const crossShape = svg`<path d="m4 4 8 8M12 4l-8 8" />`;
export const closeIcon = stroked(crossShape);
export const plusIcon = stroked(svg`<path d="M8 3.5v9M3.5 8h9" />`);
export const undoIcon = stroked(svg`<path d="M6 3.5 3 6.5l3 3" /><path d="M3.2 6.5h6a3.6 3.6 0 0 1 0 7.2H6.5" />`);
export const redoIcon = stroked(svg`<path d="m10 3.5 3 3-3 3" /><path d="M12.8 6.5h-6a3.6 3.6 0 0 0 0 7.2h2.7" />`);
export const chevronIcon = stroked(svg`<path d="m4.5 6.5 3.5 3.5 3.5-3.5" />`);
export const sunIcon = stroked(
  svg`<circle cx="8" cy="8" r="2.8" /><path d="M8 1.3v1.4M8 13.3v1.4M1.3 8h1.4M13.3 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M12.7 3.3l-1 1M4.3 11.7l-1 1" />`,
);
export const moonIcon = stroked(svg`<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />`);
export const systemThemeIcon = html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
  <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.5" />
  <path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" />
</svg>`;

/** The name's mark: a pixel, the patch that sees it, and the patch that sees the patch. */
export const markIcon = html`<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <rect class="mark-outer" x="1.5" y="1.5" width="21" height="21" rx="5" />
  <rect class="mark-middle" x="6" y="6" width="12" height="12" rx="3" />
  <rect class="mark-inner" x="9.75" y="9.75" width="4.5" height="4.5" rx="1.2" />
</svg>`;
