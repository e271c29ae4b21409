/** The look of a small native select, shared by whatever offers a choice. */
import { css } from 'lit';

/** Styles for `select`; the element gives it its width. */
export const selectStyles = css`
  select {
    min-height: 24px;
    padding: 0 2px;
    font: 600 var(--text-s) / 1 var(--font);
    color: var(--ink);
    background: var(--sunken);
    border: 0;
    border-radius: calc(var(--radius) - 3px);
    cursor: pointer;
  }
  @media (pointer: coarse) {
    select {
      min-height: 36px;
      font-size: 16px;
    }
  }
`;
