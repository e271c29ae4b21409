/** The look of the filter panel: what is in hand above, the kernel beside what can be done to it, the effect below. */
import { css } from 'lit';

export const filterSurgeryStyles = css`
  :host {
    display: grid;
    gap: 6px;
    max-width: 620px;
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  .head,
  .body {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    align-items: start;
  }
  .head {
    align-items: center;
    justify-content: space-between;
  }
  .holds {
    display: flex;
    gap: var(--space-3);
  }
  label {
    display: flex;
    gap: 5px;
    align-items: center;
    min-height: 22px;
    color: var(--ink);
    cursor: pointer;
    white-space: nowrap;
  }
  input[type='checkbox'] {
    width: 14px;
    height: 14px;
    margin: 0;
    accent-color: var(--accent);
  }
  .steps {
    display: flex;
    gap: var(--space-1);
  }
  kernel-editor,
  .picture {
    flex: none;
    max-width: 100%;
  }
  .side {
    display: grid;
    flex: 1 1 250px;
    gap: var(--space-2);
    min-width: 0;
  }
  .effect {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-2);
    align-items: baseline;
    min-height: 18px;
    margin: 0;
  }
  .effect .figures {
    font: 600 var(--text-m) / 18px var(--mono);
    font-variant-numeric: tabular-nums;
    color: var(--ink);
    white-space: nowrap;
  }
  .effect .worse {
    color: var(--danger);
  }
  .effect .better {
    color: var(--good);
  }
  .notice {
    margin: 0;
    padding: 3px var(--space-2);
    color: var(--ink);
    background: var(--accent-soft);
    border-radius: calc(var(--radius) - 4px);
  }
  .hint {
    margin: 0;
  }
  value-legend {
    width: 142px;
    margin-top: var(--space-2);
  }
  @media (pointer: coarse) {
    label {
      min-height: 36px;
    }
    input[type='checkbox'] {
      width: 20px;
      height: 20px;
    }
  }
`;
