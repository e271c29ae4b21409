/** The look of a layer seen large: a line of choices, the picture, and beside it the scale and the layer's controls. */
import { css } from 'lit';

export const layerViewsStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    gap: var(--space-1);
    min-width: 0;
    font: 400 var(--text-s) / 1.4 var(--font);
    color: var(--ink-soft);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
  }
  b {
    font-weight: 700;
    color: var(--ink);
  }
  .choices segmented-control:first-child {
    min-width: 230px;
  }
  .choices segmented-control + segmented-control {
    min-width: 140px;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    align-items: center;
    padding-bottom: var(--space-1);
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 172px;
    grid-template-rows: auto minmax(0, 1fr);
    gap: var(--space-3) var(--space-4);
    min-height: 0;
  }
  .content {
    grid-row: 1 / -1;
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }
  .content.is-filters {
    grid-template-rows: minmax(80px, 1fr) minmax(0, auto);
    gap: var(--space-2);
  }
  /* The filter whose numbers are written out. */
  .marker {
    position: absolute;
    box-sizing: content-box;
    margin: 0;
    border: 2px solid var(--accent);
    border-radius: 2px;
    pointer-events: none;
  }
  .scroller {
    position: relative;
    padding: 2px;
    min-width: 0;
    min-height: 0;
    overflow: auto;
    scrollbar-width: thin;
  }
  .is-filters filter-numbers {
    max-height: 176px;
    padding-top: var(--space-2);
    overflow: auto;
    border-top: 1px solid var(--hairline);
    scrollbar-width: thin;
  }
  .ridges {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
    overflow: hidden auto;
    align-content: start;
    gap: var(--space-4);
  }
  .note {
    margin: 0;
    padding-top: var(--space-2);
  }
  layer-scale {
    grid-column: 2;
  }
  .side {
    grid-row: 1 / -1;
    grid-column: 2;
    display: grid;
    align-content: start;
    gap: var(--space-3);
    padding-right: 2px;
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  layer-scale + .side {
    grid-row: 2 / -1;
  }
  @media (max-width: 699px) {
    :host {
      overflow: hidden auto;
      grid-template-rows: auto auto auto;
      align-content: start;
    }
    /* The scale stays above what it is the scale of. */
    .body {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto;
      min-height: auto;
    }
    .content,
    layer-scale,
    .side,
    layer-scale + .side {
      grid-row: auto;
      grid-column: 1;
    }
    layer-scale {
      order: -1;
    }
    .content {
      grid-template-rows: 300px;
      min-height: auto;
    }
    .content.is-filters {
      grid-template-rows: 240px auto;
    }
    .is-filters filter-numbers {
      max-height: none;
    }
    .content.is-distributions {
      grid-template-rows: auto;
    }
    .side {
      overflow: visible;
    }
  }
`;
