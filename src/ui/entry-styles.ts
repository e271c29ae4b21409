/** The look of a typed number and of its message, shared by the fields. */
import { css } from 'lit';

/** Styles for `.entry` and `.problem`; the field places them. */
export const entryStyles = css`
  .entry {
    font: 600 var(--text-s) / 1 var(--mono);
    font-variant-numeric: tabular-nums;
    color: var(--ink);
    background: none;
    border: 0;
    border-radius: 0;
    border-bottom: 1px solid transparent;
    margin: 0;
    padding: 2px 0;
    min-width: 0;
    width: 100%;
    text-align: right;
  }
  .entry:hover:not(:disabled) {
    border-bottom-color: var(--hairline-strong);
  }
  .entry:focus {
    outline: none;
    border-bottom-color: var(--accent);
    box-shadow: 0 1px 0 var(--accent);
  }
  .entry[aria-invalid] {
    color: var(--danger);
    border-bottom-color: var(--danger);
    box-shadow: 0 1px 0 var(--danger);
  }
  .entry:disabled {
    color: var(--ink-soft);
  }
  .problem {
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--danger);
  }
  .problem:not(:empty) {
    display: block;
    padding: 2px 0 var(--space-1);
  }
  @media (pointer: coarse) {
    .entry {
      /* Below 16 px, iOS zooms the page into the field. */
      font-size: 16px;
      min-height: 32px;
    }
  }
`;
