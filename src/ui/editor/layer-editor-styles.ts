/** The look of one layer's form: figures, buttons, and the arguments in as many columns as fit. */
import { css } from 'lit';

export const layerEditorStyles = css`
  :host {
    display: grid;
    gap: var(--space-3);
    font: 400 var(--text-s) / 1.4 var(--font);
    color: var(--ink-soft);
  }
  h3 {
    margin: 0;
    font: 650 var(--text-m) / 1.3 var(--font);
    color: var(--ink);
  }
  .name {
    font: 400 var(--text-s) / 1.3 var(--mono);
    color: var(--ink-soft);
  }
  .facts {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 1px var(--space-3);
    margin: 0;
  }
  dd {
    margin: 0;
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  b {
    font-weight: 700;
    color: var(--ink);
  }
  .issue {
    padding: var(--space-3);
    background: var(--danger-soft);
    border: 1px solid var(--danger);
    border-radius: var(--radius);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
  }
  .form {
    --field-label-width: 116px;
    --field-value-width: 74px;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(240px, 100%), 1fr));
    gap: var(--space-1) var(--space-5);
    align-items: start;
    padding: var(--space-3) 0;
    border: solid var(--hairline);
    border-width: 1px 0;
  }
  .pair {
    display: flex;
    flex-wrap: wrap;
    gap: 0 6px;
    --field-label-width: max-content;
    --field-value-width: 44px;
  }
  .pair > :first-child {
    --field-label-width: 116px;
  }
  .inner {
    display: grid;
    gap: var(--space-1);
    padding-left: var(--space-3);
    --field-label-width: 110px;
    border-left: 2px solid var(--hairline);
  }
  .heading {
    min-height: 22px;
    line-height: 22px;
  }
`;
