/** What the columns beside the pipeline share: padding, headings, figures. Places nothing on the page. */
import { css } from 'lit';

export const columnStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
    min-height: 0;
    padding: var(--space-4);
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  h2 {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    margin: 0;
  }
  h2,
  h3 {
    font: 650 var(--text-m) / 18px var(--font);
    color: var(--ink);
  }
  .shape,
  .figures {
    font: 400 var(--text-s) / 15px var(--mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    color: var(--ink-soft);
  }
  b {
    font-weight: 700;
    color: var(--ink);
  }
  .about {
    margin: 0;
    font: 400 var(--text-s) / 1.4 var(--font);
    color: var(--ink-soft);
  }
  @media (max-width: 699px) {
    :host {
      overflow: visible;
    }
  }
`;
