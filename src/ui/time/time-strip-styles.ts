/** Where the parts of the time strip stand: in one line, in two, or stacked on a phone. */
import { css } from 'lit';

export const timeStripStyles = css`
  :host {
    display: grid;
    grid-template-columns: 236px minmax(0, 1fr) 540px;
    align-items: center;
    column-gap: var(--space-5);
    padding: 0 var(--space-4);
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
    background: var(--surface);
    border-top: 1px solid var(--hairline);
  }
  segmented-control {
    --field-label-width: 36px;
  }
  .words {
    display: flex;
    align-items: center;
    justify-content: end;
    gap: var(--space-3);
    min-width: 0;
    font-variant-numeric: tabular-nums;
  }
  .is-back {
    color: var(--ink);
  }
  p {
    margin: 0;
    text-align: right;
  }
  .ways {
    display: flex;
    flex: none;
    gap: var(--space-2);
  }
  .main {
    color: var(--accent-ink);
    background: var(--accent);
    border-color: transparent;
  }
  .main:hover:not(:disabled) {
    color: var(--accent-ink);
    background: color-mix(in oklab, var(--accent) 88%, var(--ink));
  }
  @media (max-width: 1249px) {
    :host {
      grid-template-columns: 236px minmax(0, 1fr);
      padding-block: var(--space-1);
    }
    .words {
      grid-column: 1 / -1;
      min-height: 26px;
    }
  }
  @media (max-width: 699px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      row-gap: var(--space-2);
      padding: var(--space-3) var(--space-4);
    }
    time-track {
      order: -1;
      margin-inline: 10px;
    }
    .words {
      order: -1;
      flex-wrap: wrap;
      justify-content: start;
    }
    p {
      text-align: left;
    }
  }
`;
