/** The look of the data panel: a ladder of lines, a drop zone, the fate of each file. */
import { css } from 'lit';

export const dataPanelStyles = css`
  :host {
    display: block;
    font: 400 var(--text-s) / 1.4 var(--font);
    color: var(--ink-soft);
  }
  ol,
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  ol > li {
    display: grid;
    grid-template-columns: 14px minmax(0, 1fr) auto;
    gap: 0 var(--space-2);
    align-items: center;
    padding: var(--space-2) 0;
    border-top: 1px solid var(--hairline);
  }
  ol > li:first-child {
    border-top: 0;
    padding-top: 0;
  }
  .mark {
    justify-self: center;
    width: 9px;
    height: 9px;
    border: 1.5px solid var(--hairline-strong);
    border-radius: 50%;
  }
  .inUse .mark {
    border-color: var(--accent);
    background: var(--accent);
  }
  .loading .mark {
    border-color: var(--accent);
  }
  .skipped .mark {
    height: 0;
    border-width: 1.5px 0 0;
    border-radius: 0;
  }
  .title {
    font: 600 var(--text-m) / 1.35 var(--font);
    color: var(--ink);
  }
  .skipped .title,
  .open .title {
    font-weight: 500;
  }
  .state {
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  .inUse .state {
    color: var(--accent);
  }
  .note {
    grid-column: 2;
    grid-row: 2;
    overflow-wrap: anywhere;
  }
  ol button {
    grid-column: 3;
    grid-row: 1 / 3;
  }
  progress {
    grid-column: 2 / -1;
    appearance: none;
    display: block;
    width: 100%;
    height: 4px;
    margin-top: 6px;
    border: 0;
    border-radius: 2px;
    background: var(--hairline);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--hairline);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
    border-radius: 2px;
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  progress:indeterminate {
    background: linear-gradient(to right, var(--hairline), var(--accent), var(--hairline));
  }
  progress:indeterminate::-webkit-progress-bar {
    background: none;
  }
  progress:indeterminate::-moz-progress-bar {
    background: none;
  }
  .bytes {
    grid-column: 2 / -1;
    margin-top: 2px;
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
  }
  .drop {
    display: grid;
    place-items: center;
    min-height: 56px;
    margin-top: var(--space-1);
    padding: var(--space-2);
    text-align: center;
    border: 1px dashed var(--hairline-strong);
    border-radius: var(--radius);
    cursor: pointer;
  }
  .drop b {
    font-weight: 600;
    color: var(--ink);
  }
  .drop u {
    color: var(--accent);
    text-underline-offset: 2px;
  }
  .drop:hover,
  .drop.is-target {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .drop:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  ul {
    display: grid;
    gap: var(--space-1);
    margin-top: var(--space-2);
    overflow-wrap: anywhere;
  }
  .accepted b {
    color: var(--good);
  }
  .refused b {
    color: var(--danger);
  }
  .missing {
    margin: var(--space-2) 0 0;
  }
  code {
    font-family: var(--mono);
    color: var(--ink);
  }
  .end {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
    margin-bottom: var(--space-3);
    padding: var(--space-2) var(--space-3);
    background: var(--sunken);
    border-radius: var(--radius);
    color: var(--ink);
  }
  .end.failed {
    background: var(--danger-soft);
    color: var(--danger);
  }
`;
