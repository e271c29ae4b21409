/** The look of one stage: rows that line up across all stages, hairlines, an accent line on the one in hand. */
import { css } from 'lit';

export const pipelineStageStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-row: 1 / -1;
    grid-template-rows: subgrid;
    grid-template-columns: minmax(0, 1fr);
    width: var(--stage-width, 160px);
    min-width: 0;
    scroll-snap-align: start;
    font: 400 var(--text-s) / 15px var(--font);
    color: var(--ink-soft);
  }
  :host::before {
    content: '';
    position: absolute;
    inset: calc(-1 * var(--space-2)) 0 auto;
    height: 2px;
    border-radius: 1px;
    background: transparent;
  }
  :host(:hover)::before {
    background: var(--hairline-strong);
  }
  :host(:focus-within)::before {
    background: var(--accent);
  }
  :host([is-refused])::before {
    background: var(--danger);
  }
  :host([is-expanded]) {
    grid-template-rows: auto minmax(0, 1fr);
  }
  :host([is-expanded])::before {
    background: var(--accent);
  }
  layer-views {
    min-height: 0;
    contain: size;
  }
  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    column-gap: var(--space-1);
  }
  @media (pointer: fine) {
    .head {
      cursor: grab;
      user-select: none;
    }
  }
  :host([is-dragged]) {
    opacity: 0.45;
  }
  .tools {
    display: flex;
    margin-right: -4px;
  }
  .enlarge {
    display: grid;
    place-items: center;
    width: 24px;
    min-height: 24px;
    height: 24px;
    margin: -1px 0;
    padding: 0;
    color: var(--ink-soft);
    background: none;
    border: 0;
    border-radius: 4px;
  }
  .enlarge svg {
    width: 13px;
    height: 13px;
  }
  .enlarge:hover {
    background: var(--sunken);
  }
  :host([is-narrow]:not([is-expanded])) {
    .head {
      column-gap: 0;
    }
    .title {
      justify-content: start;
      letter-spacing: -0.02em;
    }
    .shape {
      flex-wrap: wrap;
      gap: 0;
      font-size: var(--text-s);
      letter-spacing: -0.05em;
    }
    .sees span,
    stage-controls {
      display: none;
    }
    .sum {
      height: 15px;
      overflow: hidden;
    }
  }
  .title {
    display: flex;
    /* A name that does not fit beside the title wraps out of sight; the tooltip and the model's panel have it. */
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 var(--space-1);
    height: 18px;
    margin: 0;
    overflow: hidden;
    font: 650 var(--text-m) / 18px var(--font);
    color: var(--ink);
    white-space: nowrap;
  }
  .title.is-named {
    height: auto;
    max-height: 36px;
  }
  .is-named .name {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .name {
    font: 400 var(--text-s) / 18px var(--mono);
    letter-spacing: -0.03em;
    color: var(--ink-soft);
  }
  .figures {
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    word-spacing: -0.25em;
  }
  .shape {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-2);
    font-size: var(--text-l);
    line-height: 21px;
    word-spacing: 0;
    white-space: nowrap;
  }
  .shape b,
  .sum b {
    font-weight: 700;
    color: var(--ink);
  }
  .remark {
    padding: 0 5px;
    font: 500 var(--text-s) / 16px var(--font);
    letter-spacing: 0;
    word-spacing: 0;
    color: var(--series-validation);
    border-radius: 8px;
    background: var(--sunken);
    cursor: help;
  }
  .sum {
    min-height: 15px;
    overflow-wrap: anywhere;
  }
  .unbreakable {
    white-space: nowrap;
  }
  .sees {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 16px;
    letter-spacing: -0.025em;
    white-space: nowrap;
  }
  .sees .figures {
    letter-spacing: -0.05em;
  }
  .glyph {
    flex: none;
    width: 15px;
    height: 15px;
  }
  .glyph-image {
    fill: var(--sunken);
    stroke: var(--hairline-strong);
    stroke-width: 1.6;
  }
  .glyph-field {
    fill: var(--accent);
  }
  .maps {
    position: relative;
    min-height: 0;
    margin-top: var(--space-2);
    contain: size;
  }
  /* Wider by the rings around cells at the edge. */
  .scroller {
    height: calc(100% + 8px);
    margin: -4px;
    padding: 4px;
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  .scroller {
    transition: opacity 150ms ease-out;
  }
  :host([is-stale]) .scroller {
    opacity: 0.35;
  }
  @media (pointer: coarse) {
    /* Terms are taller where they are tapped, and the underscore of a name would be cut off. */
    .title {
      height: 24px;
      line-height: 22px;
    }
    .enlarge {
      width: 36px;
      min-height: 36px;
      height: 36px;
      margin: -9px -9px -9px 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .scroller {
      transition: none;
    }
  }
  /* Its row is kept, so that maps are laid out once, before and after the first of them. */
  .absent {
    visibility: hidden;
  }
  .skeleton {
    height: 100%;
    max-height: 220px;
    border-radius: var(--radius);
    background: var(--sunken);
  }
  .no-weights {
    margin: 0;
    padding-top: var(--space-2);
    color: var(--ink-soft);
  }
  .issue {
    position: absolute;
    inset: 0 0 auto;
    padding: var(--space-3);
    font-size: var(--text-m);
    line-height: 1.4;
    color: var(--ink);
    overflow-wrap: break-word;
    background: var(--danger-soft);
    border: 1px solid var(--danger);
    border-radius: var(--radius);
  }
  layer-views .issue {
    position: static;
  }
  .issue p {
    margin: 0 0 var(--space-2);
  }
  .issue strong {
    color: var(--danger);
  }
  .issue button {
    width: 100%;
    min-height: 30px;
    white-space: normal;
  }
  value-legend {
    max-width: 150px;
    margin-top: 6px;
    min-height: 26px;
    letter-spacing: -0.04em;
  }
  stage-controls {
    margin-top: var(--space-2);
  }
`;
