/** Styles of the panel that explains a cell: its head, and what stands there before the first cell. */
import { css } from 'lit';

export const cellExplanationStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
    min-width: 0;
    font: 400 var(--text-s) / 1.4 var(--font);
    color: var(--ink);
  }
  .own {
    display: grid;
    flex: 1 1 280px;
    gap: 3px;
    align-content: start;
    min-width: 0;
  }
  softmax-table {
    flex: 0 1 196px;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2);
    min-width: 0;
  }
  h3 {
    margin: 0;
    min-width: 0;
    overflow: hidden;
    font: 400 var(--text-m) / 20px var(--font);
    font-variant-numeric: tabular-nums;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tools {
    display: flex;
    flex: none;
    gap: var(--space-1);
  }
  .tools button {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    min-height: 20px;
  }
  .tools svg {
    width: 11px;
    height: 11px;
  }
  .tools [aria-pressed='true'] {
    color: var(--accent);
    border-color: var(--accent);
  }
  p {
    margin: 0;
  }
  .note {
    color: var(--ink-soft);
  }
  .pinned {
    color: var(--accent);
    font-size: var(--text-s);
  }
  .past {
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  .empty {
    display: grid;
    flex: 1;
    justify-items: center;
    gap: var(--space-3);
    padding: var(--space-4) var(--space-4) 0;
    color: var(--ink-soft);
    font-size: var(--text-m);
    line-height: 1.45;
    text-align: center;
  }
  .empty p {
    max-width: 44ch;
    text-wrap: balance;
  }
  .picture {
    display: flex;
    align-items: center;
    gap: var(--space-3);
  }
  .sketch {
    display: grid;
    grid-template-columns: repeat(3, 12px);
    gap: 2px;
  }
  .sketch i {
    height: 12px;
    border-radius: 2px;
    background: var(--value-zero);
    box-shadow: inset 0 0 0 1px var(--hairline);
  }
  .patch i:nth-child(3n),
  .products i:nth-child(3n) {
    background: color-mix(in srgb, var(--value-positive) 55%, var(--value-zero));
  }
  .patch i:nth-child(3n + 2) {
    background: color-mix(in srgb, var(--value-positive) 25%, var(--value-zero));
  }
  .kernel i:nth-child(3n) {
    background: color-mix(in srgb, var(--weight-positive) 50%, var(--value-zero));
  }
  .kernel i:nth-child(3n + 1) {
    background: color-mix(in srgb, var(--weight-negative) 50%, var(--value-zero));
  }
  @media (max-width: 699px) {
    h3 {
      white-space: normal;
    }
  }
  @media (pointer: coarse) {
    .tools button {
      min-height: 36px;
      min-width: 44px;
      justify-content: center;
    }
  }
`;
