/** Where the parts of the page stand: one screen where there is room, a flowing page elsewhere, a stack on phones. */
import { css } from 'lit';

export const appStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto 1fr auto auto;
    min-height: 100dvh;
    background: var(--paper);
  }
  header {
    position: relative;
    z-index: 3;
    min-width: 0;
  }
  main {
    display: grid;
    grid-template-columns: 166px minmax(0, 1fr) 146px;
    grid-template-rows: minmax(0, 1fr) auto;
    min-height: 0;
  }
  /* Below the picture of the input, on which it draws; on a phone below the maps, whose cells are tapped. */
  field-view {
    grid-area: 2 / 1;
    border-right: 1px solid var(--hairline);
  }
  network-pipeline {
    grid-area: 1 / 2 / 3;
  }
  output-column {
    grid-area: 1 / 3 / 3;
  }
  input-column {
    border-right: 1px solid var(--hairline);
  }
  output-column {
    border-left: 1px solid var(--hairline);
  }
  .bottom {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    min-height: 0;
    background: var(--surface);
    border-top: 1px solid var(--hairline);
  }
  .chart {
    min-width: 0;
    min-height: 0;
    padding: var(--space-3) var(--space-4);
    display: grid;
    height: 232px;
    border-right: 1px solid var(--hairline);
  }
  page-dock {
    grid-column: 1 / -1;
    border-top: 1px solid var(--hairline);
  }
  metric-chart {
    min-width: 0;
    min-height: 0;
  }
  @media (min-width: 1100px) {
    .bottom {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(540px, 0.8fr);
      grid-template-rows: minmax(0, 1fr);
    }
    page-dock {
      grid-column: auto;
      border-top: 0;
    }
  }
  /* Controls for fingers are taller and wider: there the page flows. */
  @media (pointer: coarse) and (min-width: 700px) {
    main {
      grid-template-columns: 232px minmax(0, 1fr) 184px;
    }
  }
  @media (min-width: 1100px) and (min-height: 780px) and (pointer: fine) {
    .page {
      height: 100dvh;
      grid-template-rows: auto minmax(0, 1fr) auto clamp(184px, calc(24.2dvh - 16px), 264px);
      overflow: hidden;
    }
    /* Of one height whatever it says: the picture above must not move away from the pointer. */
    field-view {
      box-sizing: border-box;
      height: 160px;
      overflow: hidden auto;
      scrollbar-width: thin;
    }
    /* Over the stages' heads: an alert must not lay the whole screen out anew. */
    alert-bar {
      position: absolute;
      inset: 100% 0 auto;
    }
    .chart {
      height: auto;
      box-sizing: border-box;
      overflow: hidden;
    }
  }
  @media (max-width: 699px) {
    .page {
      padding-bottom: calc(64px + env(safe-area-inset-bottom));
    }
    main,
    .bottom {
      grid-template-columns: minmax(0, 1fr);
    }
    main > * {
      grid-area: auto;
    }
    input-column,
    field-view,
    output-column {
      border: 0;
    }
    output-column,
    network-pipeline {
      border-top: 1px solid var(--hairline);
    }
    .chart {
      border-right: 0;
      border-bottom: 1px solid var(--hairline);
    }
    page-dock {
      border-top: 0;
    }
  }
`;
