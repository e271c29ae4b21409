/** The look of the receptive field's words: few small lines below the picture of the input, beside one on a phone. */
import { css } from 'lit';

export const fieldViewStyles = css`
  :host {
    display: grid;
    /* Safe: what has no room is scrolled to, never cut off above. */
    align-content: safe end;
    min-width: 0;
    padding: var(--space-2) var(--space-4) var(--space-3);
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  .words {
    display: grid;
    gap: 3px;
    align-content: start;
  }
  p {
    margin: 0;
    font-variant-numeric: tabular-nums;
    text-wrap: pretty;
  }
  b {
    font-weight: 600;
    color: var(--ink);
  }
  .cell {
    font-weight: 650;
    color: var(--ink);
  }
  .pin {
    color: var(--accent);
  }
  .hatch {
    display: inline-block;
    width: 10px;
    height: 10px;
    margin-right: 5px;
    vertical-align: -1px;
    background: repeating-linear-gradient(45deg, var(--ink-soft) 0 1px, transparent 1px 3px);
    box-shadow: 0 0 0 1px var(--hairline-strong);
  }
  /* In reach while the words above it are scrolled. */
  segmented-control {
    position: sticky;
    bottom: 0;
    margin-top: 3px;
    background: var(--paper);
  }
  /* Kept, since a canvas can be handed to the worker only once. */
  .absent {
    display: none;
  }
  @media (max-width: 699px) {
    :host {
      grid-template-columns: auto minmax(0, 1fr);
      gap: var(--space-1) var(--space-3);
      min-height: 116px;
      align-content: start;
    }
    .hint {
      grid-column: 1 / -1;
    }
  }
`;
