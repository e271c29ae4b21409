/** The colours behind numbers that are to be read: deep enough to be told apart, pale enough for ink, 4.5:1 in both themes. */
import { css, type CSSResult } from 'lit';

const deep = (colour: CSSResult): CSSResult =>
  css`light-dark(color-mix(in srgb, ${colour} 60%, var(--value-zero)), color-mix(in srgb, ${colour} 44%, var(--value-zero)))`;

/** Declares `--deep-negative` and `--deep-positive` for activations. */
export const deepValues = css`
  --deep-negative: ${deep(css`var(--value-negative)`)};
  --deep-positive: ${deep(css`var(--value-positive)`)};
`;

/** Declares the same for weights. */
export const deepWeights = css`
  --deep-negative: ${deep(css`var(--weight-negative)`)};
  --deep-positive: ${deep(css`var(--weight-positive)`)};
`;
