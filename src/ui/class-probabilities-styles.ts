/** The look of the answer: rows of bars that can be chosen, the winner in large type. */
import { css } from 'lit';

export const classProbabilitiesStyles = css`
  :host {
    display: block;
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(14px, auto) minmax(24px, 1fr) 5ch;
    align-items: center;
    column-gap: var(--space-2);
    width: calc(100% + 8px);
    height: 18px;
    margin: 0 -4px;
    padding: 0 4px;
    font: 400 var(--text-s) / 1.35 var(--mono);
    font-variant-numeric: tabular-nums;
    color: inherit;
    text-align: inherit;
    background: none;
    border: 0;
    border-radius: 4px;
    cursor: pointer;
  }
  .row:disabled {
    cursor: default;
  }
  .hovered .row {
    box-shadow: 0 0 0 2px var(--accent);
  }
  .pinned .row {
    box-shadow: 0 0 0 2px var(--ink);
    background: var(--sunken);
  }
  .pinned.hovered .row {
    box-shadow:
      0 0 0 2px var(--ink),
      0 0 0 4px var(--accent);
  }
  @media (pointer: coarse) {
    .row {
      height: 32px;
    }
  }
  .name {
    justify-self: start;
    min-width: 14px;
    line-height: 14px;
    text-align: center;
    border-radius: 3px;
  }
  .true .name {
    box-shadow: 0 0 0 1px var(--ink-soft);
    color: var(--ink);
  }
  .winner .name,
  .winner .share {
    font-weight: 700;
    color: var(--ink);
  }
  .track {
    height: 6px;
    border-radius: 3px;
    background: var(--hairline);
    overflow: hidden;
  }
  .bar {
    display: block;
    height: 100%;
    width: calc(100% * var(--share, 0));
    background: var(--hairline-strong);
    border-radius: 3px;
  }
  .winner .bar {
    background: var(--accent);
  }
  .share {
    text-align: right;
  }
  p {
    display: flex;
    flex-direction: column;
    margin: var(--space-3) 0 0;
    min-height: 64px;
    font-size: var(--text-m);
  }
  .answer {
    font: 700 var(--text-xl) / 1.2 var(--font);
    color: var(--ink);
  }
  .sure {
    font-variant-numeric: tabular-nums;
  }
  .right,
  .wrong {
    font-weight: 600;
  }
  .right {
    color: var(--good);
  }
  .wrong {
    color: var(--danger);
  }
  @media (forced-colors: active) {
    .track {
      outline: 1px solid CanvasText;
    }
    .bar,
    .winner .bar {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
