/** What the slide paints: the input with its padding and window, the outputs so far, and the theme's colours for both. */
import type { SlidingLayer } from '../../engine/model/layer-taps.ts';
import { outputSize, type WindowAxis } from '../../engine/shape/window.ts';
import type { PlaneColours, PlanePicture } from './plane-painter.ts';
import type { SlideStep } from './slide-plan.ts';

/** The input's plane, the padding around it, the window, and where every window begins. */
export function inputPicture({ window }: SlidingLayer, step: SlideStep, numbers: ArrayLike<number>): PlanePicture {
  const { vertical, horizontal } = window;
  return {
    area: {
      height: vertical.size,
      width: horizontal.size,
      before: [vertical.padBefore, horizontal.padBefore],
      after: [vertical.padAfter, horizontal.padAfter],
    },
    numbers,
    known: Infinity,
    rows: step.rows,
    columns: step.columns,
    starts: [startsAlong(vertical), startsAlong(horizontal)],
  };
}

function startsAlong(axis: WindowAxis): readonly number[] {
  return Array.from({ length: outputSize(axis) }, (_, index) => index * axis.stride - axis.padBefore);
}

/** The plane of outputs, of which those behind the window's present position are not there yet. */
export function outputPicture(
  { outputShape }: SlidingLayer,
  { row, column }: SlideStep,
  numbers: ArrayLike<number>,
): PlanePicture {
  const [height = 1, width = 1] = outputShape;
  return {
    area: { height, width, before: [0, 0], after: [0, 0] },
    numbers,
    known: row * width + column + 1,
    rows: [{ at: row }],
    columns: [{ at: column }],
    starts: [[], []],
  };
}

/** The theme's colours as they are now. @param probe an element of the page that is not seen. */
export function readColours(probe: HTMLElement): PlaneColours {
  const read = (token: string): string => {
    probe.style.setProperty('color', `var(${token})`);
    return getComputedStyle(probe).color;
  };
  return {
    negative: read('--value-negative'),
    zero: read('--value-zero'),
    positive: read('--value-positive'),
    empty: read('--surface'),
    line: read('--hairline-strong'),
    soft: read('--hairline-strong'),
    accent: read('--accent'),
  };
}
