/** The worker's entry: the first request opens the session, all others go to it. Thin on purpose. */
import type { Request } from './protocol.ts';
import { Session } from './session.ts';

let session: Session | undefined;

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data.type === 'start') session = new Session(data, (report) => postMessage(report));
  else session?.take(data);
});
