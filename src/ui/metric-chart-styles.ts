/** The look of a metric's panel: figures above, the plot filling the rest, and the probes its colours are read from. */
import { css } from 'lit';

export const metricChartStyles = css`
  :host {
    display: block;
    min-width: 0;
    height: 100%;
  }
  .panel {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: var(--space-1);
    height: 100%;
    min-height: 150px;
    font: 400 var(--text-m) / 1.35 var(--font);
    color: var(--ink-soft);
  }
  .figures {
    container-type: inline-size;
    display: flex;
    align-items: start;
    gap: var(--space-4);
    min-height: 44px;
  }
  .figure {
    display: flex;
    flex-direction: column;
    flex: none;
    min-width: 84px;
  }
  .name {
    white-space: nowrap;
  }
  .name b {
    font-weight: 600;
    color: var(--ink);
  }
  .value {
    font: 700 var(--text-xl) / 1.15 var(--mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    white-space: nowrap;
  }
  .train .value {
    color: var(--series-train);
  }
  .validation .value {
    color: var(--series-validation);
  }
  .test .value {
    color: var(--ink-soft);
  }
  .note {
    flex: 1;
    margin: 2px 0 0;
    text-align: right;
    font-size: var(--text-s);
    font-variant-numeric: tabular-nums;
  }
  @container (max-width: 350px) {
    .note {
      display: none;
    }
  }
  @container (max-width: 450px) {
    .test ~ .note {
      display: none;
    }
  }
  .plot {
    position: relative;
    flex: 1;
    min-height: 80px;
    border-radius: 4px;
    touch-action: pan-y;
  }
  canvas {
    position: absolute;
    inset: 0;
  }
  .rule {
    position: absolute;
    left: var(--left, 0);
    top: 6px;
    bottom: 20px;
    width: 1px;
    background: var(--accent);
    pointer-events: none;
  }
  .empty {
    position: absolute;
    inset: 6px 0 20px 44px;
    display: grid;
    place-items: center;
    text-align: center;
    pointer-events: none;
  }
  .probe {
    display: none;
  }
  .probe.raw {
    color: var(--hairline-strong);
  }
  .probe.earlier {
    color: color-mix(in oklab, var(--series-train) 28%, var(--surface));
  }
  .probe.train {
    color: var(--series-train);
  }
  .probe.validation {
    color: var(--series-validation);
  }
  .probe.test,
  .probe.label {
    color: var(--ink-soft);
    font-family: var(--mono);
  }
  .probe.grid {
    color: var(--hairline);
  }
`;
