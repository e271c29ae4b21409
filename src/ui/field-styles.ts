/** A label and what it names in one line, and the box that is typed into, shared by the fields. */
import { css } from 'lit';

/** Label at the left, field beside it. */
export const fieldStyles = css`
  :host {
    display: grid;
    grid-template-columns: var(--field-label-width, 48px) minmax(0, 1fr);
    align-items: center;
    column-gap: var(--space-2);
    min-height: 22px;
    font: 400 var(--text-s) / 1.3 var(--font);
    color: var(--ink-soft);
  }
  .problem {
    grid-column: 1 / -1;
  }
`;

/** Makes a box of an `.entry`; stands behind `entryStyles`. */
export const boxedEntryStyles = css`
  .entry {
    width: 100%;
    padding: 3px 6px;
    border: 1px solid var(--hairline);
    border-radius: calc(var(--radius) - 4px);
    background: var(--surface);
  }
  .entry:hover:not(:disabled) {
    border-color: var(--hairline-strong);
  }
  .entry:focus {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .entry[aria-invalid] {
    border-color: var(--danger);
    box-shadow: 0 0 0 1px var(--danger);
  }
`;
