/** The look of a panel that lies over the page. */
import { css } from 'lit';

/** Declarations for the panel's rule; where it stands and how wide it is, its owner says. */
export const popoverLook = css`
  overflow: auto;
  margin: 0;
  padding: var(--space-4);
  color: var(--ink);
  background: var(--surface);
  border: 1px solid var(--hairline-strong);
  border-radius: 12px;
  box-shadow: 0 12px 40px var(--shadow);
  font: 400 var(--text-m) / 1.5 var(--font);
`;
