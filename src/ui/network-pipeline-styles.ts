/** The look of the pipeline: stages in one grid whose rows line up, lines past them above, the overview below. */
import { css } from 'lit';
import { hiddenText } from './control-styles.ts';

export const networkPipelineStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto minmax(0, 1fr) auto;
    min-height: 0;
  }
  .visually-hidden {
    ${hiddenText}
  }
  map-choices {
    padding: var(--space-2) var(--space-4) 0;
  }
  .row {
    grid-row: 2;
    position: relative;
    display: grid;
    grid-template-columns: max-content;
    grid-template-rows: auto minmax(0, 1fr);
    padding: 14px var(--space-4) 10px;
    overflow: auto hidden;
    scroll-snap-type: x proximity;
    scroll-padding-inline: var(--space-4);
    scrollbar-width: thin;
  }
  /* What is large stays where it was put. */
  .row.has-large {
    scroll-snap-type: none;
  }
  /* The strip below is the scroll bar. */
  .row.is-longer {
    padding-bottom: var(--space-2);
    scrollbar-width: none;
  }
  .is-coming > * {
    visibility: hidden;
  }
  .stages {
    grid-row: 2;
    position: relative;
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: max-content;
    /* Not auto: rows with a least height of their own would stay at it where their text is taller. */
    grid-template-rows: repeat(5, min-content) minmax(190px, 1fr) auto auto;
    justify-content: start;
    column-gap: 12px;
  }
  .skips {
    grid-row: 1;
    display: block;
    margin: -8px 0 6px;
    overflow: visible;
  }
  .skip path {
    fill: none;
    stroke: var(--hairline-strong);
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .skip .reach {
    stroke: transparent;
    stroke-width: 10;
  }
  .skip .start {
    fill: var(--hairline-strong);
  }
  .skip:hover .line,
  .skip:hover .arrow {
    stroke: var(--accent);
  }
  .skip:hover .start {
    fill: var(--accent);
  }
  network-overview {
    grid-row: 3;
    margin: 0 var(--space-4) 8px;
  }
  /* Out of the flow, but measured by the grid's own row of maps. */
  .ruler {
    position: absolute;
    grid-row: 6 / 7;
    inset: var(--space-2) auto 0 0;
    visibility: hidden;
  }
  pipeline-stage {
    grid-row: 1 / -1;
  }
  /* Out of the flow as well: what is put between stages must not move them. */
  stage-gap,
  .drop-line {
    position: absolute;
    inset: 0 auto 0 var(--left, 0);
  }
  /* As wide as the gap, as high as the words: maps and sliders keep their clicks. */
  stage-gap {
    grid-row: 1 / 6;
    z-index: 1;
    width: 12px;
    margin-left: -6px;
  }
  .drop-line {
    grid-row: 1 / -1;
    z-index: 2;
    width: 2px;
    margin: -8px 0 0 -1px;
    border-radius: 1px;
    background: var(--accent);
    pointer-events: none;
  }
  .drop-line::before {
    content: '';
    position: absolute;
    top: 0;
    left: -3px;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--accent);
  }
  .row.is-sorting {
    scroll-snap-type: none;
    cursor: grabbing;
  }
  no-gpu-panel {
    position: absolute;
    grid-row: 6 / 8;
    inset: var(--space-3) auto auto 0;
    max-width: 100%;
  }
  @media (pointer: coarse) {
    .stages {
      grid-template-rows: repeat(5, min-content) minmax(300px, 1fr) auto auto;
    }
  }
  @media (max-width: 699px) {
    .row {
      scroll-snap-type: x mandatory;
    }
    .stages {
      grid-template-rows: repeat(5, min-content) 330px auto auto;
    }
    :host([is-without-gpu]) .stages {
      grid-template-rows: repeat(5, min-content) 500px auto auto;
    }
  }
`;
