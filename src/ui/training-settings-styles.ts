/** The look of the training settings: two columns, one on a narrow place. */
import { css } from 'lit';

export const trainingSettingsStyles = css`
  :host {
    --field-label-width: 76px;
    --field-value-width: 52px;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(205px, 100%), 1fr));
    gap: var(--space-3) var(--space-5);
    align-items: start;
    max-width: 560px;
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  section {
    display: flex;
    flex-direction: column;
    gap: var(--space-1);
    min-width: 0;
  }
  number-field {
    --field-value-width: 74px;
  }
  p {
    margin: -4px 0 var(--space-1);
  }
  summary {
    display: grid;
    grid-template-columns: 10px 1fr;
    gap: 1px 6px;
    cursor: pointer;
    border-radius: 4px;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::before {
    content: '';
    align-self: center;
    justify-self: center;
    width: 5px;
    height: 5px;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
  }
  details[open] summary::before {
    transform: rotate(45deg);
  }
  .more {
    font-weight: 600;
    color: var(--ink);
  }
  summary:hover .more {
    color: var(--accent);
  }
  .now {
    grid-column: 2;
    font-family: var(--mono);
    font-size: var(--text-s);
  }
  details[open] .now {
    display: none;
  }
  .fields {
    display: grid;
    gap: var(--space-1);
    margin-top: var(--space-1);
  }
`;
