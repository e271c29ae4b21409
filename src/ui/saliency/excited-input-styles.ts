/** What the picture that grows has for itself: the frame of the field, a bar of progress, the climb's button below. */
import { css } from 'lit';

export const excitedInputStyles = css`
  :host {
    --field-label-width: auto;
    --field-value-width: 44px;
  }
  rect {
    stroke: var(--accent);
    stroke-width: 1.5px;
    vector-effect: non-scaling-stroke;
  }
  .share {
    position: absolute;
    inset: auto 0 0;
    height: 3px;
    background: var(--accent);
    transform: scaleX(var(--share, 0));
    transform-origin: left;
  }
  .run {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    justify-content: space-between;
    margin-top: 6px;
  }
  .run button {
    flex: none;
    min-width: 48px;
    font-weight: 600;
  }
  label {
    display: flex;
    gap: var(--space-1);
    align-items: center;
    min-height: 22px;
    color: var(--ink);
    cursor: pointer;
  }
  input[type='checkbox'] {
    width: 14px;
    height: 14px;
    margin: 0;
    accent-color: var(--accent);
  }
  number-field button {
    padding: 0 6px;
  }
  .found {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-2);
    align-items: baseline;
    font-variant-numeric: tabular-nums;
  }
  @media (pointer: coarse) {
    number-field button {
      min-width: 36px;
    }
    label {
      min-height: 36px;
    }
    input[type='checkbox'] {
      width: 20px;
      height: 20px;
    }
  }
`;
