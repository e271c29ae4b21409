/** The input's few pictures as inline SVG in the text's colour: decoration, since every button has a name. */
import { svg, type TemplateResult } from 'lit';
import { stroked } from '../icons.ts';

const small = (content: TemplateResult): TemplateResult => stroked(content, 14);

export const eraserIcon = small(svg`<path d="m2.6 10.4 7-7 4 4-6.2 6.200H5.400z" /><path d="m6 7 4 4M7.5 13.600h6" />`);
export const previousIcon = small(svg`<path d="m9.5 4-4 4 4 4" />`);
export const nextIcon = small(svg`<path d="m6.5 4 4 4-4 4" />`);
export const randomIcon = small(
  svg`<rect x="2.5" y="2.5" width="11" height="11" rx="2.5" /><path d="M5.6 5.600h0M10.4 5.600h0M8 8h0M5.6 10.400h0M10.4 10.400h0" stroke-width="1.9" />`,
);
