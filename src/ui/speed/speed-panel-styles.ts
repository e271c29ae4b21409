/** The look of the panel about speed: figures in a row, bars by kind of work, a table of fixed columns. */
import { css } from 'lit';

export const speedPanelStyles = css`
  :host {
    --forward: var(--accent);
    --input-gradient: var(--series-validation);
    --weight-gradient: var(--weight-positive);
    --other: var(--ink-soft);
    display: grid;
    gap: var(--space-2);
    max-width: 760px;
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  .figures {
    display: grid;
    grid-template-columns: auto auto minmax(40px, 1fr) auto auto;
    align-items: start;
    gap: var(--space-1) var(--space-4);
  }
  .figure {
    display: grid;
    min-width: 62px;
  }
  .value {
    font: 700 var(--text-l) / 1.2 var(--mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    color: var(--ink);
    white-space: nowrap;
  }
  .detail {
    min-height: 15px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  spark-line {
    margin-top: 6px;
  }
  section {
    display: grid;
    gap: var(--space-1);
    padding-top: var(--space-2);
    border-top: 1px solid var(--hairline);
  }
  .head {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-2);
  }
  h3 {
    margin: 0;
    font: 600 var(--text-s) / 18px var(--font);
    color: var(--ink);
  }
  b {
    font: 700 var(--text-s) / 1 var(--mono);
    font-variant-numeric: tabular-nums;
    color: var(--ink);
  }
  p {
    margin: 0;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 10px;
  }
  .legend span::before {
    content: '';
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-right: 4px;
    border-radius: 2px;
  }
  .legend .forward::before {
    background: var(--forward);
  }
  .legend .inputGradient::before {
    background: var(--input-gradient);
  }
  .legend .weightGradient::before {
    background: var(--weight-gradient);
  }
  .legend .other::before {
    background: var(--other);
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 2px 0 2px var(--space-3);
    font: 400 var(--text-s) / 16px var(--mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    text-align: right;
    white-space: nowrap;
    color: var(--ink);
  }
  thead th {
    font-family: var(--font);
    letter-spacing: 0;
    color: var(--ink-soft);
  }
  th:first-child {
    padding-left: 0;
    text-align: left;
  }
  tbody tr {
    border-top: 1px solid var(--hairline);
  }
  small {
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .wide {
    width: 45%;
  }
  .bar {
    display: block;
    width: 100%;
    height: 8px;
  }
  .bar .forward {
    fill: var(--forward);
  }
  .bar .inputGradient {
    fill: var(--input-gradient);
  }
  .bar .weightGradient {
    fill: var(--weight-gradient);
  }
  .bar .other {
    fill: var(--other);
  }
  tuning-panel {
    margin: 0;
    padding-top: var(--space-2);
  }
  @media (max-width: 699px) {
    .figures {
      grid-template-columns: 1fr 1fr;
    }
    spark-line {
      grid-column: 1 / -1;
      grid-row: 2;
    }
    spark-line[is-empty] {
      display: none;
    }
    small {
      display: none;
    }
    .wide {
      width: 30%;
    }
  }
  @media (forced-colors: active) {
    .bar,
    .legend span::before {
      forced-color-adjust: none;
    }
  }
`;
