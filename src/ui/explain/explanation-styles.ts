/** Styles that the views of an explanation share: its grids side by side, its last line. */
import { css } from 'lit';

export const explanationStyles = css`
  :host {
    display: grid;
    gap: var(--space-1);
    align-content: start;
    min-width: 0;
    font: 400 var(--text-s) / 1.4 var(--font);
    color: var(--ink);
  }
  .grids {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-2);
    min-width: 0;
  }
  .product {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) 4px;
    border-radius: 4px;
  }
  .sign {
    color: var(--ink-soft);
    font-family: var(--mono);
  }
  .product > .sign {
    padding-top: 14px;
  }
  contribution-list {
    flex: 1 1 84px;
    align-self: start;
  }
  p {
    margin: 0;
  }
  .note {
    color: var(--ink-soft);
  }
  .figure {
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
  }
  .line {
    font-size: var(--text-m);
    line-height: 1.35;
  }
  /* What it all comes to stays in view when the grids above it are too tall for the dock. */
  .line:last-child {
    position: sticky;
    bottom: 0;
    background: var(--surface);
  }
  .line strong {
    padding: 1px 5px;
    border-radius: 4px;
    background: var(--accent-soft);
    font-weight: 700;
  }
`;
