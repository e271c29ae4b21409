/** The look of something that is on or off, in the columns of the fields. */
import { css } from 'lit';

/** Styles for a `.switch`: a label around its words and a checkbox. */
export const switchStyles = css`
  .switch {
    display: grid;
    grid-template-columns: var(--field-label-width) 1fr;
    gap: var(--space-2);
    align-items: center;
    min-height: 22px;
    cursor: pointer;
  }
  .switch input {
    justify-self: start;
    width: 14px;
    height: 14px;
    margin: 0;
    accent-color: var(--accent);
  }
  @media (pointer: coarse) {
    .switch {
      min-height: 36px;
    }
  }
`;
