/** Styles that small controls share: focus ring, text button, hidden text. No layout of any one component. */
import { css } from 'lit';

/** Takes text out of sight and leaves it to screen readers: declarations for any rule. */
export const hiddenText = css`
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  padding: 0;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
  border: 0;
`;

/** Box sizing, focus ring, and text for screen readers only (`.visually-hidden`). */
export const controlStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  [hidden] {
    display: none !important;
  }
  .visually-hidden {
    ${hiddenText}
  }
`;

/** A quiet button: hairline, small text, accent on hover. */
export const buttonStyles = css`
  button {
    font: 500 var(--text-s) / 1 var(--font);
    color: var(--ink);
    background: var(--surface);
    border: 1px solid var(--hairline);
    border-radius: calc(var(--radius) - 2px);
    min-height: 24px;
    padding: 0 var(--space-2);
    cursor: pointer;
    white-space: nowrap;
  }
  button:hover:not(:disabled) {
    border-color: var(--accent);
    color: var(--accent);
  }
  button:active:not(:disabled) {
    background: var(--accent-soft);
  }
  button:disabled {
    color: var(--ink-soft);
    background: none;
    cursor: default;
  }
  @media (pointer: coarse) {
    button {
      min-height: 36px;
    }
  }
`;
