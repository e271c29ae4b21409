/** Styles of the slide: two planes and, beside or under them, what happens and the controls. */
import { css } from 'lit';

export const windowSlideStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
    min-width: 0;
    font: 400 var(--text-s) / 1.4 var(--font);
  }
  .planes {
    display: flex;
    align-items: center;
    gap: var(--space-2);
  }
  figure {
    display: grid;
    justify-items: center;
    gap: 2px;
    margin: 0;
  }
  canvas {
    display: block;
    min-width: 24px;
    min-height: 24px;
  }
  figcaption {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    color: var(--ink-soft);
    white-space: nowrap;
  }
  figcaption button {
    min-height: 18px;
    padding: 0 6px;
  }
  .arrow,
  .note {
    color: var(--ink-soft);
  }
  .side {
    display: grid;
    flex: 1 1 220px;
    gap: 5px;
    align-content: start;
    min-width: 0;
  }
  .text {
    min-height: 4.2em;
  }
  p {
    margin: 0;
  }
  .figure {
    font-variant-numeric: tabular-nums;
  }
  b.figure {
    font-family: var(--mono);
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1);
  }
  .controls button {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    min-width: 28px;
    min-height: 22px;
    justify-content: center;
    font-size: var(--text-m);
  }
  .controls svg {
    width: 11px;
    height: 11px;
  }
  segmented-control {
    flex: 1 1 120px;
    max-width: 170px;
  }
  @media (pointer: coarse) {
    .controls button,
    figcaption button {
      min-width: 36px;
      min-height: 36px;
    }
  }
`;
