/** The worker's entry: takes the page's requests in order and hands them to the session. Thin on purpose. */
import type { Report, Request } from './protocol.ts';
import { Session } from './session.ts';

let session: Session | undefined;
/** Requests that build or train wait for the one before; the first waits for the start. */
let turn: Promise<void> = Promise.resolve();

/** Requests that are answered while a network is being built. */
const overtaking: ReadonlySet<Request['type']> = new Set(['cancelData', 'setVisible']);

function report(message: Report): void {
  postMessage(message);
}

async function perform(request: Request): Promise<void> {
  try {
    if (request.type === 'start') {
      session = new Session(request, report);
      await session.start();
    } else {
      await session?.perform(request);
    }
  } catch (error) {
    if (session) session.fail(error);
    else report({ type: 'failed', code: 'internal', message: String(error) });
  }
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (overtaking.has(data.type)) void perform(data);
  else turn = turn.then(() => perform(data));
});
