/** The look of the timeline: a line with ticks, done up to now, and a thumb on it. */
import { css } from 'lit';

export const timeTrackStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .slider {
    --line: 19px;
    position: relative;
    height: 31px;
    border-radius: 4px;
    cursor: pointer;
    touch-action: pan-y;
  }
  .slider:focus-visible {
    outline-offset: -2px;
  }
  .slider.is-empty {
    cursor: default;
  }
  /* What is still to come, and what is done. */
  .slider::before,
  .done {
    content: '';
    position: absolute;
    top: calc(var(--line) - 1px);
    left: 0;
    right: 0;
    height: 2px;
    border-radius: 1px;
    background: var(--hairline);
  }
  .done {
    transform-origin: left;
    transform: scaleX(var(--now, 0));
    background: var(--hairline-strong);
  }
  svg {
    position: absolute;
    top: calc(var(--line) - 9px);
    left: 0;
    width: 100%;
    height: 18px;
    overflow: visible;
  }
  svg.ticks {
    top: calc(var(--line) - 4px);
    height: 8px;
  }
  path {
    fill: none;
    vector-effect: non-scaling-stroke;
    stroke: var(--hairline-strong);
    stroke-width: 1;
  }
  .tick {
    stroke: var(--ink-soft);
  }
  .epoch {
    position: absolute;
    top: 0;
    left: calc(100% * var(--at, 0));
    padding-right: 4px;
    font: 400 var(--text-s) / 13px var(--mono);
    font-variant-numeric: tabular-nums;
    color: var(--ink-soft);
    transform: translateX(-100%);
    pointer-events: none;
  }
  .thumb {
    position: absolute;
    top: calc(var(--line) - 6px);
    left: calc(100% * var(--at, 0));
    width: 12px;
    height: 12px;
    margin-left: -6px;
    border: 2px solid var(--accent);
    border-radius: 50%;
    background: var(--surface);
  }
  .is-back .thumb {
    background: var(--accent);
    box-shadow: 0 0 0 3px var(--accent-soft);
  }
  .is-empty .thumb {
    border-color: var(--hairline-strong);
  }
  @media (pointer: coarse) {
    .slider {
      --line: 27px;
      height: 44px;
    }
    .thumb {
      width: 20px;
      height: 20px;
      top: calc(var(--line) - 10px);
      margin-left: -10px;
    }
  }
  @media (forced-colors: active) {
    .thumb {
      background: Highlight;
    }
  }
`;
