/** The look of the mistakes: the matrix at the left, the images beside it; below it where the dock is narrow. */
import { css } from 'lit';

export const mistakesViewStyles = css`
  :host {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-3);
    height: 100%;
    min-height: 144px;
    font: 400 var(--text-s) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  .waiting {
    grid-column: 1 / -1;
    margin: var(--space-4) 0;
  }
  .side {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  .about {
    margin: 0 0 2px;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    min-height: 24px;
    margin: 0 0 var(--space-1);
    font: 600 var(--text-s) / 1.2 var(--font);
    color: var(--ink);
  }
  h3 span:not(.what) {
    font-weight: 400;
    font-variant-numeric: tabular-nums;
    color: var(--ink-soft);
  }
  h3 button {
    margin-left: auto;
  }
  .examples {
    flex: 1 1 0;
    min-height: 68px;
    overflow: hidden auto;
    scrollbar-width: thin;
    /* Room for the ring around a tile in focus. */
    margin: -3px;
    padding: 3px;
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(60px, 1fr));
    gap: 6px var(--space-1);
    margin: 0 0 var(--space-1);
    padding: 0;
    list-style: none;
  }
  .tile {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    width: 100%;
    min-height: 32px;
    padding: 1px;
    font: 400 var(--text-s) / 1.25 var(--mono);
    font-variant-numeric: tabular-nums;
    text-align: left;
    background: none;
    border-color: transparent;
    border-radius: calc(var(--radius) - 4px);
  }
  .tile[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .caption {
    display: grid;
    letter-spacing: -0.03em;
    color: var(--ink-soft);
  }
  .caption b {
    font-weight: 700;
    color: var(--ink);
  }
  @media (pointer: coarse) {
    ul {
      grid-template-columns: repeat(auto-fill, minmax(76px, 1fr));
    }
    .tile {
      min-height: 44px;
    }
  }
  @media (max-width: 699px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      height: auto;
    }
    .examples {
      overflow: visible;
    }
  }
`;
