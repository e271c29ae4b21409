/** The worker's entry: the first request opens the session, all others go to it. Thin on purpose. */
import type { Request } from './protocol.ts';
import { ReportWire } from './report-wire.ts';
import { Session } from './session.ts';

const wire = new ReportWire((reports) => postMessage(reports));
let session: Session | undefined;

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  wire.follow(data);
  if (data.type === 'start') session = new Session(data, (report) => wire.post(report));
  else session?.take(data);
});
