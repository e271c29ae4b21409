/** The look that both parts of the saliency panel share: a picture at the left, its words and choices beside it. */
import { css } from 'lit';

export const partStyles = css`
  :host {
    --picture: 112px;
    display: grid;
    grid-template-columns: var(--picture) minmax(0, 1fr);
    gap: 10px;
    align-items: start;
    min-width: 0;
  }
  .picture {
    position: relative;
    width: var(--picture);
  }
  .frame {
    position: relative;
    border-radius: 3px;
    box-shadow: 0 0 0 1px var(--hairline);
    overflow: hidden;
  }
  canvas,
  svg {
    display: block;
    width: 100%;
  }
  canvas {
    color: var(--ink);
    background: var(--surface);
    image-rendering: pixelated;
  }
  svg {
    position: absolute;
    inset: 0;
    height: 100%;
    fill: none;
    pointer-events: none;
  }
  .words {
    display: grid;
    gap: var(--space-1);
    min-width: 0;
  }
  h3 {
    margin: 0;
    font: 600 var(--text-s) / 15px var(--font);
    color: var(--ink);
  }
  p {
    margin: 0;
    text-wrap: pretty;
  }
  .figure {
    font: 600 var(--text-m) / 17px var(--mono);
    font-variant-numeric: tabular-nums;
    color: var(--ink);
    white-space: nowrap;
  }
  /* Room for larger controls below it; five pixels to each of MNIST's. */
  @media (pointer: coarse) {
    :host {
      --picture: 140px;
    }
  }
  @media (forced-colors: active) {
    canvas {
      forced-color-adjust: none;
    }
  }
`;
