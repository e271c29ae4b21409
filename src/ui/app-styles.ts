/** Where the parts of the page stand: one screen where there is room, a flowing page elsewhere, a stack on phones. */
import { css } from 'lit';

export const appStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    min-height: 100dvh;
    background: var(--paper);
  }
  header {
    position: relative;
    z-index: 3;
    min-width: 0;
  }
  main {
    display: grid;
    grid-template-columns: 168px minmax(0, 1fr) 150px;
    min-height: 0;
  }
  .input,
  .output {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
    min-height: 0;
    padding: var(--space-4);
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  .input {
    border-right: 1px solid var(--hairline);
  }
  .output {
    border-left: 1px solid var(--hairline);
  }
  h2 {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    margin: 0;
    font: 650 var(--text-m) / 18px var(--font);
    color: var(--ink);
  }
  h3 {
    margin: 0 0 var(--space-1);
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
  .figures {
    margin: 0 0 var(--space-2);
  }
  .figures b:first-child {
    font-size: var(--text-l);
    line-height: 21px;
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
  .shown {
    display: grid;
    gap: var(--space-1);
    margin-top: auto;
    padding-top: var(--space-3);
  }
  .bottom {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    min-height: 0;
    background: var(--surface);
    border-top: 1px solid var(--hairline);
  }
  .chart,
  .settings {
    min-width: 0;
    min-height: 0;
    padding: var(--space-3) var(--space-4);
  }
  .chart {
    display: grid;
    height: 232px;
    border-right: 1px solid var(--hairline);
  }
  .settings {
    grid-column: 1 / -1;
    border-top: 1px solid var(--hairline);
  }
  metric-chart {
    min-width: 0;
    min-height: 0;
  }
  @media (min-width: 1100px) {
    .bottom {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(540px, 0.8fr);
      grid-template-rows: minmax(0, 1fr);
    }
    .settings {
      grid-column: auto;
      border-top: 0;
    }
  }
  @media (min-width: 1100px) and (min-height: 780px) {
    .page {
      height: 100dvh;
      align-content: stretch;
      grid-template-rows: auto minmax(0, 1fr) clamp(196px, 24.2dvh, 280px);
      overflow: hidden;
    }
    /* Over the stages' heads: an alert must not lay the whole screen out anew. */
    alert-bar {
      position: absolute;
      inset: 100% 0 auto;
    }
    .chart,
    .settings {
      height: auto;
      box-sizing: border-box;
      overflow: hidden auto;
      scrollbar-width: thin;
    }
    .chart {
      overflow: hidden;
    }
  }
  @media (max-width: 699px) {
    .page {
      padding-bottom: calc(64px + env(safe-area-inset-bottom));
    }
    main,
    .bottom {
      grid-template-columns: minmax(0, 1fr);
    }
    .input,
    .output {
      border: 0;
      overflow: visible;
    }
    .output {
      border-top: 1px solid var(--hairline);
    }
    network-pipeline {
      border-top: 1px solid var(--hairline);
    }
    draw-pad {
      width: 100%;
      max-width: 300px;
      margin: 0 auto;
    }
    .chart {
      border-right: 0;
      border-bottom: 1px solid var(--hairline);
    }
    .settings {
      border-top: 0;
    }
  }
`;
