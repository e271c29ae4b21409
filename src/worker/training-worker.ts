/** The worker's entry: takes the page's requests and hands them to the session, in order where order matters. */
import type { Report, Request } from './protocol.ts';
import { Session } from './session.ts';

let session: Session | undefined;
/** The GPU is open. */
let opened: Promise<void> = Promise.resolve();
/** The request before has been performed. */
let turn: Promise<void> = Promise.resolve();

/** Requests that change the network or the run wait for one another; the others wait for the GPU only. */
const inTurn: ReadonlySet<Request['type']> = new Set([
  'rebuild',
  'train',
  'pause',
  'step',
  'reset',
  'setOptimizer',
  'setEpochs',
]);

function report(message: Report): void {
  postMessage(message);
}

/** Runs a part of the session's work; what goes wrong is told to the page, and the next request has its chance. */
async function attempt(work: (session: Session) => Promise<void>): Promise<void> {
  if (!session) return;
  try {
    await work(session);
  } catch (error) {
    session.fail(error);
  }
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data.type === 'start') {
    session = new Session(data, report);
    opened = attempt((started) => started.open());
    turn = opened.then(() => attempt((started) => started.buildFirst()));
  } else if (inTurn.has(data.type)) {
    turn = turn.then(() => attempt((started) => started.performInTurn(data)));
  } else {
    void opened.then(() => attempt((started) => started.performAtOnce(data)));
  }
});
