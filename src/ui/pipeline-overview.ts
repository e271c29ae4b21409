/** What the strip below the pipeline is told of the stages. Pure; the strip draws itself. */
import { html, type TemplateResult } from 'lit';
import type { Shape } from '../engine/model/resolved.ts';
import './network-overview.ts';
import type { OverviewScrollEvent } from './network-overview.ts';
import type { StageSpan } from './skip-lines.ts';
import type { Skip, Stage } from './stages.ts';

/** The stages, where they stand, and what part of them is in view, in CSS px. */
export interface PipelineView {
  readonly stages: readonly Stage[];
  readonly spans: readonly StageSpan[];
  readonly skips: readonly Skip[];
  readonly inputShape: Shape;
  readonly isExpanded: (stage: Stage) => boolean;
  readonly left: number;
  readonly seen: number;
  readonly onScroll: (left: number) => void;
}

/** The strip for what does not fit into the row. */
export function renderOverview(view: PipelineView): TemplateResult {
  const { spans, left, seen, onScroll } = view;
  const end = spans.at(-1);
  const total = end ? end.left + end.width : 0;
  const [side = 1] = view.inputShape;
  const stages = view.stages.map((stage, i) => ({
    ...(spans[i] ?? { left: 0, width: 0 }),
    name: stage.name,
    isNarrow: stage.isNarrow,
    isExpanded: view.isExpanded(stage),
    size: shareOf(stage.layer ?? stage.built, side),
  }));
  const middle = (place: number): number => {
    const span = spans[place];
    return span ? span.left + span.width / 2 : place < 0 ? 0 : total;
  };
  return html`<network-overview
    .stages=${stages}
    .skips=${view.skips.map(({ from, to }) => ({ from: middle(from), to: middle(to) }))}
    .total=${total}
    .left=${left}
    .seen=${seen}
    @overview-scroll=${(event: OverviewScrollEvent) => onScroll(event.left)}
  ></network-overview>`;
}

/** Side of a layer's maps, as a share of the image's; a vector has none. */
function shareOf(layer: Stage['built'], side: number): number {
  const [height = 1] = layer?.outputShape.length === 3 ? layer.outputShape : [0];
  return Math.min(1, height / side);
}
