/** The look of the model's list: one line per layer, hairlines, figures to the right. */
import { css } from 'lit';

export const modelEditorStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    font: 400 var(--text-s) / 1.4 var(--font);
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
  }
  label {
    color: var(--ink-soft);
  }
  select {
    min-height: 28px;
    padding: 0 var(--space-1);
    font: 600 var(--text-m) / 1 var(--font);
    color: var(--ink);
    background: var(--sunken);
    border: 0;
    border-radius: calc(var(--radius) - 2px);
    cursor: pointer;
  }
  .top button {
    min-height: 28px;
  }
  p {
    margin: 0;
    color: var(--ink-soft);
  }
  .scroller {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font: 400 var(--text-s) / 1.4 var(--mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
  }
  th,
  td {
    padding: 1px 0 1px var(--space-3);
    text-align: right;
    font-weight: 400;
    white-space: nowrap;
  }
  td:first-child {
    width: 20px;
    padding-left: 0;
  }
  th:nth-child(2) {
    padding-left: var(--space-1);
    text-align: left;
  }
  thead th {
    font: 400 var(--text-s) / 1.4 var(--font);
    letter-spacing: 0;
    color: var(--ink-soft);
  }
  tbody tr.layer {
    border-top: 1px solid var(--hairline);
  }
  tr.dragged {
    opacity: 0.5;
  }
  tr.drop-before {
    box-shadow: inset 0 2px var(--accent);
  }
  tr.drop-after {
    box-shadow: inset 0 -2px var(--accent);
  }
  tfoot th,
  tfoot td {
    border-top: 1px solid var(--ink);
    font-weight: 700;
  }
  .toggle,
  .handle,
  .buttons button {
    background: none;
    border-color: transparent;
  }
  .toggle {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    padding: 0 var(--space-1);
    font: 600 var(--text-s) / 1 var(--mono);
  }
  .toggle::before {
    content: '';
    align-self: center;
    width: 4px;
    height: 4px;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
  }
  .toggle[aria-expanded='true']::before {
    transform: rotate(45deg);
  }
  .type {
    font: 400 var(--text-s) / 1 var(--font);
    color: var(--ink-soft);
  }
  .handle,
  .buttons button {
    display: inline-grid;
    place-items: center;
    width: 24px;
    padding: 0;
  }
  .handle {
    color: var(--ink-soft);
    cursor: grab;
    touch-action: none;
  }
  .handle:active {
    cursor: grabbing;
  }
  .buttons {
    padding-left: var(--space-2);
  }
  .buttons button {
    color: var(--ink-soft);
  }
  .opened td {
    padding: var(--space-2) var(--space-2) var(--space-3) 28px;
    text-align: left;
    white-space: normal;
  }
  .problem {
    color: var(--danger);
  }
  .unknown {
    color: var(--ink-soft);
  }
  @media (max-width: 699px) {
    /* The phone keeps name, output and parameters; the layer's own lines have the rest. */
    th:nth-child(n + 5):nth-child(-n + 7),
    td:nth-child(n + 5):nth-child(-n + 7) {
      display: none;
    }
    .type {
      display: none;
    }
    /* What undoes and does again stands in one line. */
    #preset {
      flex: 1 0 calc(100% - 60px);
      min-width: 0;
    }
    th,
    td {
      padding-left: 6px;
    }
    th:nth-child(2),
    .toggle,
    .buttons {
      padding-left: 0;
    }
    .toggle {
      gap: var(--space-1);
      padding-right: 0;
    }
    .opened td {
      padding-left: 0;
    }
  }
`;
