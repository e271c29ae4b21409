/** The look of the drawing pad: the square sheet, the cursor of the keyboard, the row of tools, the preview. */
import { css } from 'lit';

export const drawPadStyles = css`
  :host {
    /* Inherited, so that the field may still take more room for a finger. */
    --field-label-width: 20px;
    --field-value-width: 24px;
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  .pad {
    position: relative;
    aspect-ratio: 1;
    background: var(--surface);
    border: 1px solid var(--hairline);
    border-radius: var(--radius);
    cursor: crosshair;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    overflow: hidden;
  }
  .pad:hover {
    border-color: var(--hairline-strong);
  }
  .pad:focus-visible {
    outline-offset: 1px;
  }
  .pad canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    color: var(--ink);
    pointer-events: none;
  }
  .pixelated {
    image-rendering: pixelated;
  }
  .invitation {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    text-align: center;
    padding: var(--space-3);
    font-size: var(--text-m);
    pointer-events: none;
  }
  .cursor {
    position: absolute;
    left: calc(100% / 28 * var(--column, 0));
    top: calc(100% / 28 * var(--row, 0));
    width: calc(100% / 28);
    height: calc(100% / 28);
    box-shadow:
      0 0 0 1px var(--surface),
      0 0 0 3px var(--accent);
    pointer-events: none;
    visibility: hidden;
  }
  .pad:focus-visible .cursor {
    visibility: visible;
  }
  .cursor.is-down {
    background: var(--accent);
  }
  .buttons {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-1);
  }
  .buttons .next {
    grid-column: 1 / -1;
  }
  .seen {
    display: grid;
    grid-template-columns: 52px minmax(0, 1fr);
    gap: 6px var(--space-2);
    align-items: center;
    margin: 0;
  }
  .seen canvas {
    width: 52px;
    height: 52px;
    border-radius: 4px;
    color: var(--value-positive);
    background: var(--value-zero);
    box-shadow: 0 0 0 1px var(--hairline);
  }
  .seen div {
    display: grid;
    justify-items: start;
  }
  .seen strong {
    grid-column: 1 / -1;
    font-weight: 600;
    color: var(--ink);
  }
  .size {
    font-family: var(--mono);
    white-space: nowrap;
  }
  .toggle {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 22px;
    cursor: pointer;
    white-space: nowrap;
  }
  .toggle input {
    width: 13px;
    height: 13px;
    margin: 0;
    accent-color: var(--accent);
  }
  @media (pointer: coarse) {
    .toggle {
      min-height: 36px;
    }
    .toggle input {
      width: 20px;
      height: 20px;
    }
  }
`;
