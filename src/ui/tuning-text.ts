/** What the page says about kernels and the ways they go: words and figures, no components. */
import type { TuningState } from '../app/tuning-slice.ts';
import type { TunedKernel } from '../engine/contract.ts';
import { formatDecimal } from './format.ts';

/** How many times as fast a kernel is as it would be the default way; undefined before it has been measured. */
function speedUp({ defaultMs, choiceMs }: TunedKernel): number | undefined {
  return defaultMs !== undefined && choiceMs !== undefined && choiceMs > 0 ? defaultMs / choiceMs : undefined;
}

/** The last column of a kernel's row: `1.24×`, `default`, `3 of 7`, or why there is nothing to say. */
export function outcomeText(kernel: TunedKernel, isOn: boolean): string {
  const { state, ways, tried, choice } = kernel;
  const ratio = speedUp(kernel);
  switch (state) {
    case 'measuring':
      return `${tried} of ${ways.length - 1}`;
    case 'measured':
      return choice === ways[0] || ratio === undefined ? 'default' : `${formatDecimal(ratio, 2)}×`;
    case 'skipped':
      return 'left alone';
    case 'waiting':
      return isOn ? 'waiting' : '';
  }
}

/** The panel in a line: what is going on, and what it has brought. */
export function tuningSummary({ isOn, kernels }: TuningState): string {
  if (!isOn) return 'off';
  const measured = kernels.filter(({ state }) => state === 'measured');
  const open = kernels.filter(({ state }) => state === 'waiting' || state === 'measuring');
  if (measured.length === 0) return startText(open);
  const sum = (ms: (kernel: TunedKernel) => number | undefined) =>
    measured.reduce((total, kernel) => total + (ms(kernel) ?? 0), 0);
  const ratio = sum(({ defaultMs }) => defaultMs) / sum(({ choiceMs }) => choiceMs);
  const gain = Number.isFinite(ratio) ? `, ${formatDecimal(ratio, 2)}× as fast` : '';
  const count = open.length > 0 ? `${measured.length} of ${measured.length + open.length}` : String(measured.length);
  return `${count} ${measured.length + open.length === 1 ? 'kernel' : 'kernels'} measured${gain}`;
}

function startText(open: readonly TunedKernel[]): string {
  if (open.length === 0) return '';
  return open.some(({ state }) => state === 'measuring') ? 'measuring' : 'begins with training';
}
