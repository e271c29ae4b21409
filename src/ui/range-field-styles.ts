/** The look of a labelled slider: a thin track, a round thumb in the accent, the value at the right. */
import { css } from 'lit';

export const rangeFieldStyles = css`
  :host {
    display: grid;
    grid-template-columns: var(--field-label-width, 48px) minmax(0, 1fr) var(--field-value-width, 34px);
    align-items: center;
    column-gap: var(--space-2);
    min-height: 24px;
    font: 400 var(--text-s) / 1.3 var(--font);
    color: var(--ink-soft);
  }
  .problem {
    grid-column: 1 / -1;
  }
  label,
  .label {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  #slider {
    --thumb: 13px;
    appearance: none;
    display: block;
    width: 100%;
    height: 24px;
    margin: 0;
    background: none;
    cursor: pointer;
    touch-action: pan-y;
    border-radius: var(--radius);
  }
  #slider::-webkit-slider-runnable-track {
    height: 3px;
    border-radius: 2px;
    background: linear-gradient(
      to right,
      var(--accent) calc(var(--thumb) / 2 + (100% - var(--thumb)) * var(--share, 0)),
      var(--hairline-strong) 0
    );
  }
  #slider::-moz-range-track {
    height: 3px;
    border-radius: 2px;
    background: var(--hairline-strong);
  }
  #slider::-moz-range-progress {
    height: 3px;
    border-radius: 2px;
    background: var(--accent);
  }
  #slider::-webkit-slider-thumb {
    appearance: none;
    width: var(--thumb);
    height: var(--thumb);
    margin-top: -5px;
    border-radius: 50%;
    border: 2px solid var(--accent);
    background: var(--surface);
  }
  #slider::-moz-range-thumb {
    box-sizing: border-box;
    width: var(--thumb);
    height: var(--thumb);
    border-radius: 50%;
    border: 2px solid var(--accent);
    background: var(--surface);
  }
  #slider:hover:not(:disabled)::-webkit-slider-thumb {
    background: var(--accent-soft);
  }
  #slider:active:not(:disabled)::-webkit-slider-thumb {
    background: var(--accent);
  }
  #slider:disabled {
    cursor: default;
    filter: grayscale(1);
    opacity: 0.5;
  }
  #slider:focus-visible {
    outline-offset: -1px;
  }
  @media (pointer: coarse) {
    :host {
      --field-value-width: 56px;
    }
    #slider {
      --thumb: 22px;
      height: 40px;
    }
    #slider::-webkit-slider-thumb {
      margin-top: -9px;
    }
  }
  @media (forced-colors: active) {
    #slider {
      appearance: auto;
    }
  }
`;
