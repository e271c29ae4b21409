/** The colours below and above zero of each kind of numbers, for whatever draws numbers of one `kind`. */
import { css } from 'lit';

/** Declares `--low` and `--high` by the element's `kind`: `activations`, `weights` or `gradients`. */
export const kindColours = css`
  :host {
    --low: var(--value-negative);
    --high: var(--value-positive);
  }
  :host([kind='weights']) {
    --low: var(--weight-negative);
    --high: var(--weight-positive);
  }
  :host([kind='gradients']) {
    --low: var(--gradient-negative);
    --high: var(--gradient-positive);
  }
`;
