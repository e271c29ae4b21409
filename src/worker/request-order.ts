/** Which requests wait for the ones before them. Performs none. */
import type { Request } from './protocol.ts';

/** Requests that change the network or the run wait for one another; the others wait for the GPU only. */
const inTurn: ReadonlySet<Request['type']> = new Set([
  'rebuild',
  'train',
  'pause',
  'step',
  'reset',
  'setOptimizer',
  'setEpochs',
  'lookBack',
  'returnToNow',
  'setPace',
  'editFilter',
  'holdFilter',
  'undoSurgery',
  'redoSurgery',
]);

/** True for requests that must not overtake one another. */
export function waitsForTurn(request: Request): boolean {
  return inTurn.has(request.type);
}
