/** The one list of (output cell, input cell, tap) triples that convolutions and pooling are sums over. */
import type { ReferenceLayer } from './reference-plan.ts';
import type { ReferenceWindow } from './reference-window.ts';

/** Cells are numbered over the batch, row by row: (example · height + row) · width + column. */
export type TapVisitor = (outputCell: number, inputCell: number, tap: number) => void;

/** Every tap of every window position that lands on an input cell, in row-major order of the window. */
export function visitTaps(window: ReferenceWindow, examples: number, visit: TapVisitor): void {
  const { vertical, horizontal, isReplicated } = window;
  const inside = (at: number, size: number) => (isReplicated ? Math.min(Math.max(at, 0), size - 1) : at);
  for (let example = 0; example < examples; example++)
    for (let row = 0; row < vertical.output; row++)
      for (let column = 0; column < horizontal.output; column++) {
        const outputCell = (example * vertical.output + row) * horizontal.output + column;
        for (let tapRow = 0; tapRow < vertical.kernel; tapRow++)
          for (let tapColumn = 0; tapColumn < horizontal.kernel; tapColumn++) {
            const y = inside(row * vertical.stride - vertical.before + tapRow * vertical.dilation, vertical.input);
            const x = inside(
              column * horizontal.stride - horizontal.before + tapColumn * horizontal.dilation,
              horizontal.input,
            );
            if (y < 0 || y >= vertical.input || x < 0 || x >= horizontal.input) continue;
            const inputCell = (example * vertical.input + y) * horizontal.input + x;
            visit(outputCell, inputCell, tapRow * horizontal.kernel + tapColumn);
          }
      }
}

/** The window of a layer that has one. */
export function windowOf({ name, window, config }: ReferenceLayer): ReferenceWindow {
  if (!window) throw new Error(`${name}: has a sliding window. Received type=${config.type}.`);
  return window;
}

/** Cells of the window's outputs, and of its inputs, in the whole batch. */
export function cellsOf({ vertical, horizontal }: ReferenceWindow, examples: number) {
  return {
    outputs: examples * vertical.output * horizontal.output,
    inputs: examples * vertical.input * horizontal.input,
  };
}
