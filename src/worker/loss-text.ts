/** What the page is told of a GPU that the browser has taken away. Asks for none itself. */
import type { Report } from './protocol.ts';

/** How far things have got: what is back is whole, or its weights are those of the step given. */
export type LossOutcome = 'asking' | 'gone' | 'whole' | number;

/** One or two sentences for the page; `reason` is the browser's own. */
export function lossReport(reason: string, outcome: LossOutcome): Report {
  return { type: 'failed', code: 'deviceLost', message: lossText(reason, outcome) };
}

function lossText(reason: string, outcome: LossOutcome): string {
  const what = `The browser took the GPU away (${reason || 'it gave no reason'})`;
  switch (outcome) {
    case 'asking':
      return `${what}. Asking for it again…`;
    case 'gone':
      return `${what} and does not give it back. Reload the page with the browser's own button.`;
    case 'whole':
      return `${what} and gave it back. Nothing was lost.`;
    default:
      return `${what} and gave it back. The weights are those of step ${outcome}, the last that was kept, and the optimizer’s memory begins anew; nothing else was lost.`;
  }
}
