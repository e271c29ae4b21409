/** The look of the drawing pad: the square sheet and the cursor of the keyboard. */
import { css } from 'lit';

export const drawPadStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  .pad {
    position: relative;
    width: var(--pad-width, 100%);
    box-sizing: border-box;
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
  .pad .example {
    image-rendering: pixelated;
    object-fit: contain;
  }
  .pad.is-erasing {
    cursor: cell;
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
`;
