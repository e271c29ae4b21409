/** Where the parts of the input column stand. */
import { css } from 'lit';

export const inputColumnStyles = css`
  .sheet {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
    border-radius: var(--radius);
  }
  .sheet.is-target {
    outline: 2px dashed var(--accent);
    outline-offset: 4px;
  }
  /* The column scrolls; nothing in it is squeezed. */
  .sheet,
  network-sees,
  shift-plot {
    flex: none;
  }
  .example {
    overflow-wrap: anywhere;
  }
  .toggle {
    display: grid;
    justify-items: start;
    gap: 2px;
    font: 400 var(--text-s) / 1.2 var(--font);
    color: var(--ink-soft);
    cursor: pointer;
  }
  .toggle input {
    width: 13px;
    height: 13px;
    margin: 0;
    accent-color: var(--accent);
  }
  @media (pointer: coarse) {
    .toggle {
      grid-template-columns: auto 1fr;
      align-items: center;
      min-height: 36px;
      gap: var(--space-1);
    }
    .toggle input {
      width: 20px;
      height: 20px;
    }
  }
  /* On one screen what another tool makes of the image stands in view, and the sheet is small. */
  @media (min-width: 1100px) and (min-height: 780px) and (pointer: fine) {
    .sheet:not(.is-drawing) draw-pad {
      --pad-width: 78px;
    }
  }
  @media (max-width: 699px) {
    draw-pad {
      box-sizing: border-box;
      width: 100%;
      max-width: 300px;
      margin-inline: auto;
    }
  }
`;
