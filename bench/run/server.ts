/** Serves the built pages and the digits, isolated, so that threads run and the clock is precise. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { PeerId } from '../results-file.ts';
import type { BuiltPeer } from './build.ts';
import type { DigitFiles } from './digits.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** The running server. */
export interface BenchServer {
  readonly url: string;
  /** Paths under the peer's folder that its pages have asked for. */
  requested(peer: PeerId): ReadonlySet<string>;
  close(): Promise<void>;
}

/** Listens on a free port. */
export async function serve(built: readonly BuiltPeer[], digits: DigitFiles): Promise<BenchServer> {
  const requests = new Map(built.map(({ peer }) => [peer, new Set<string>()]));
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const bytes = path === '/digits/images' ? digits.images : path === '/digits/labels' ? digits.labels : undefined;
    if (bytes) {
      response.writeHead(200, { ...isolation, 'Content-Type': 'application/octet-stream' }).end(bytes);
      return;
    }
    const owner = built.find(({ peer }) => path.startsWith(`/${peer}/`));
    const inside = normalize(path.slice((owner?.peer.length ?? 0) + 2) || 'index.html');
    const file = owner && !inside.startsWith('..') ? join(owner.folder, inside) : undefined;
    if (!owner || !file || !existsSync(file)) {
      response.writeHead(404, isolation).end();
      return;
    }
    requests.get(owner.peer)?.add(inside);
    const type = types[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...isolation, 'Content-Type': type, 'Content-Length': statSync(file).size });
    createReadStream(file).pipe(response);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('server: has a port. Received none.');
  return {
    url: `http://localhost:${address.port}`,
    requested: (peer) => requests.get(peer) ?? new Set(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
