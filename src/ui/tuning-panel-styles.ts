/** The look of the tuning panel: a line that opens, a switch, a table of fixed columns. */
import { css } from 'lit';

export const tuningPanelStyles = css`
  :host {
    display: block;
    margin-top: var(--space-3);
    padding-top: var(--space-3);
    border-top: 1px solid var(--hairline);
  }
  summary {
    cursor: pointer;
    border-radius: 4px;
  }
  .name {
    font-weight: 600;
    color: var(--ink);
  }
  summary:hover .name {
    color: var(--accent);
  }
  .now {
    margin-left: var(--space-1);
    font-variant-numeric: tabular-nums;
    color: var(--ink-soft);
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2);
    margin-top: var(--space-3);
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    min-height: 24px;
    cursor: pointer;
  }
  input {
    width: 14px;
    height: 14px;
    margin: 0;
    accent-color: var(--accent);
  }
  p {
    margin: var(--space-2) 0 0;
    color: var(--ink-soft);
  }
  table {
    width: 100%;
    margin-top: var(--space-3);
    table-layout: fixed;
    border-collapse: collapse;
    font: 400 var(--text-s) / 1.4 var(--font);
  }
  th,
  td {
    padding: 3px var(--space-2) 3px 0;
    text-align: left;
    vertical-align: baseline;
    overflow-wrap: anywhere;
    border-bottom: 1px solid var(--hairline);
  }
  th {
    font-weight: 500;
    color: var(--ink);
  }
  thead th {
    color: var(--ink-soft);
  }
  th:last-child,
  td:last-child {
    width: 68px;
    padding-right: 0;
    text-align: right;
  }
  td {
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
    color: var(--ink-soft);
  }
  ul {
    margin: var(--space-1) 0 0;
    padding-left: var(--space-4);
    font-size: var(--text-s);
    color: var(--ink-soft);
    overflow-wrap: anywhere;
  }
  @media (pointer: coarse) {
    label {
      min-height: 36px;
    }
  }
`;
