/** The look of the card that explains a term: a small sheet over the page, never wider than the screen. */
import { css } from 'lit';

export const termLayerStyles = css`
  :host {
    display: contents;
  }
  #card {
    position: fixed;
    inset: auto;
    left: var(--left, 8px);
    top: var(--top, 8px);
    width: min(360px, calc(100vw - 16px));
    max-height: var(--room, 60dvh);
    overflow: hidden auto;
    margin: 0;
    padding: var(--space-3) var(--space-4) var(--space-4);
    color: var(--ink-soft);
    background: var(--surface);
    border: 1px solid var(--hairline-strong);
    border-radius: 10px;
    box-shadow: 0 10px 32px var(--shadow);
    font: 400 var(--text-m) / 1.45 var(--font);
    text-align: left;
    scrollbar-width: thin;
  }
  #card:focus-visible {
    outline-offset: -1px;
  }
  .head {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: var(--space-2);
  }
  h2 {
    margin: 0;
    font: 650 var(--text-m) / 24px var(--font);
    color: var(--ink);
  }
  .close {
    flex: none;
    min-width: 24px;
    margin-right: -6px;
    padding: 0;
    font-size: var(--text-l);
    border-color: transparent;
  }
  p {
    margin: var(--space-1) 0 0;
  }
  .formula,
  .numbers {
    margin: var(--space-2) 0 0;
    font: 400 var(--text-s) / 1.55 var(--mono);
    font-variant-numeric: tabular-nums;
    overflow-wrap: break-word;
    white-space: pre-wrap;
  }
  .formula {
    color: var(--ink-soft);
  }
  .numbers {
    padding: var(--space-2) var(--space-3);
    color: var(--ink);
    background: var(--sunken);
    border-radius: 6px;
  }
  .related {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1);
    margin-top: var(--space-3);
    font-size: var(--text-s);
  }
`;
