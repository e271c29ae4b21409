/** The look of the editable kernel: numbers on their colours, the one in hand ringed. */
import { css } from 'lit';
import { hiddenText } from '../control-styles.ts';
import { deepWeights } from '../deep-colours.ts';

export const kernelEditorStyles = css`
  :host {
    ${deepWeights}
    --cell-width: 46px;
    --cell-height: 23px;
    display: block;
    font: 400 var(--text-s) / 1.3 var(--font);
    color: var(--ink-soft);
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(var(--columns, 3), var(--cell-width));
    gap: 2px;
    width: max-content;
    /* A single column is narrower than the bias below it. */
    min-width: 90px;
    max-width: calc(100% + 4px);
    overflow: auto hidden;
    padding: 2px;
    margin: -2px;
  }
  [role='row'] {
    display: contents;
  }
  .middle {
    --cell-width: 38px;
    --cell-height: 22px;
  }
  .tight {
    --cell-width: 29px;
    --cell-height: 20px;
  }
  .tiny {
    --cell-width: 11px;
    --cell-height: 11px;
    gap: 1px;
  }
  [role='gridcell'] {
    --deep: var(--deep-positive);
    position: relative;
    display: grid;
    place-items: center;
    height: var(--cell-height);
    min-width: 0;
    font: 400 var(--text-s) / 1 var(--mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    color: var(--ink);
    background: color-mix(in srgb, var(--deep) var(--share, 0%), var(--value-zero));
    border-radius: 3px;
    cursor: ns-resize;
    user-select: none;
  }
  [role='gridcell'].negative {
    --deep: var(--deep-negative);
  }
  /* A finger on the number in hand moves the number, elsewhere it scrolls. */
  [role='gridcell'].active {
    touch-action: none;
  }
  [role='gridcell']:focus-visible,
  [role='gridcell']:has(input) {
    outline: 2px solid var(--accent);
    outline-offset: 0;
    z-index: 1;
  }
  .is-off [role='gridcell'] {
    cursor: default;
    opacity: 0.55;
  }
  .tiny [role='gridcell'] > span {
    ${hiddenText}
  }
  .below {
    grid-column: 1 / -1;
    display: flex;
    gap: var(--space-2);
    align-items: center;
    margin-top: 2px;
    white-space: nowrap;
  }
  .below [role='gridcell'] {
    width: 46px;
    height: 22px;
    flex: none;
  }
  .now {
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
  }
  input {
    position: absolute;
    inset: 0 auto 0 50%;
    translate: -50% 0;
    width: max(100%, 74px);
    padding: 0 4px;
    font: 600 var(--text-s) / 1 var(--mono);
    text-align: center;
    color: var(--ink);
    background: var(--surface);
    border: 0;
    border-radius: 3px;
    outline: 2px solid var(--accent);
  }
  input[aria-invalid='true'] {
    color: var(--danger);
    outline-color: var(--danger);
  }
  .problem {
    display: block;
    max-width: 220px;
    color: var(--danger);
  }
  @media (pointer: coarse) {
    :host {
      --cell-height: 36px;
    }
    .below [role='gridcell'] {
      height: 36px;
    }
    input {
      font-size: 16px;
    }
  }
  @media (forced-colors: active) {
    [role='gridcell'] {
      forced-color-adjust: none;
    }
  }
`;
