/** The look of the confusion matrix: small figures, mistakes the warmer the more, the diagonal quiet. */
import { css } from 'lit';

export const confusionMatrixStyles = css`
  :host {
    display: block;
    min-width: 0;
    max-height: 240px;
  }
  table {
    height: 100%;
    border-spacing: 1px;
    font: 400 var(--text-s) / 12px var(--mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.05em;
    color: var(--ink);
  }
  th,
  td {
    height: 12px;
    padding: 0;
    text-align: center;
  }
  th {
    padding-right: var(--space-1);
    font-weight: 600;
    text-align: right;
    color: var(--ink-soft);
  }
  thead th + th {
    padding: 0;
    text-align: center;
  }
  td {
    width: 25px;
    min-width: 25px;
    border-radius: 2px;
    cursor: pointer;
  }
  .right {
    color: var(--ink-soft);
    background: var(--sunken);
  }
  .none {
    background: color-mix(in srgb, var(--sunken) 45%, transparent);
  }
  .wrong {
    font-weight: 600;
    background: color-mix(in srgb, var(--value-positive) calc(6% + 36% * var(--share, 0)), var(--surface));
  }
  td:hover {
    box-shadow: 0 0 0 1px var(--hairline-strong);
  }
  td[aria-selected='true'] {
    box-shadow: 0 0 0 2px var(--accent);
  }
  td:focus-visible {
    position: relative;
    outline-offset: 1px;
  }
  @media (max-width: 699px) {
    :host {
      max-height: none;
    }
    table {
      width: 100%;
      table-layout: fixed;
    }
    th,
    td {
      height: 28px;
      width: auto;
      min-width: 0;
    }
  }
  @media (forced-colors: active) {
    td[aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
