/** The look of a canvas whose cells can be chosen: the veil, the field's line, the rings. */
import { css } from 'lit';

export const mapOverlayStyles = css`
  .surface {
    position: relative;
    width: max-content;
    cursor: crosshair;
    border-radius: 2px;
  }
  .surface:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .marks {
    position: absolute;
    inset: 0;
    overflow: visible;
    pointer-events: none;
    fill: none;
  }
  .veil {
    fill: var(--paper);
    fill-opacity: 0.62;
  }
  .lit {
    stroke: var(--accent);
    shape-rendering: crispEdges;
  }
  .stroke {
    stroke: var(--ink-soft);
  }
  gradient-heat {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .under {
    stroke: var(--surface);
    stroke-linejoin: round;
  }
  .held {
    stroke: var(--ink);
  }
  .ring {
    stroke: var(--accent);
  }
  .pinned {
    stroke: var(--ink);
  }
  .head {
    fill: var(--ink);
    stroke: var(--surface);
  }
  @media (forced-colors: active) {
    .ring,
    .lit {
      stroke: Highlight;
    }
  }
`;
