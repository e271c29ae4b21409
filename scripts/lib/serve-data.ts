/**
 * A Vite plugin that serves MNIST's files at data/mnist/ as a static host would, in dev and preview. It knows names and
 * folders, not what is in the files.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { dataFileNames } from '../../src/data/dataset-types.ts';

const servedPath = /\/data\/mnist\/([^/?#]*)(?:[?#].*)?$/;

/** The file's path in `folder` for a request to `url`: undefined when it is not about data, null when there is none. */
export function findDataFile(url: string, folder: string): string | null | undefined {
  const requested = servedPath.exec(url)?.[1];
  if (requested === undefined) return undefined;
  const isKnown = dataFileNames.some((name) => requested === name || requested === `${name}.gz`);
  const path = join(folder, requested);
  return isKnown && existsSync(path) ? path : null;
}

function sendFile(path: string, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    // Without Content-Encoding: the page receives the gzip file itself, as from the mirror.
    'Content-Type': path.endsWith('.gz') ? 'application/gzip' : 'application/octet-stream',
    'Content-Length': statSync(path).size,
    'Cache-Control': 'no-cache',
  });
  if (request.method === 'HEAD') response.end();
  else createReadStream(path).pipe(response);
}

/** Answers requests about data/mnist/ from `folder` and hands every other one on. */
export function answerFrom(
  folder: string,
): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  return (request, response, next) => {
    const path = findDataFile(request.url ?? '', folder);
    if (path === undefined) {
      next();
    } else if (path === null) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('No such data file.');
    } else {
      sendFile(path, request, response);
    }
  };
}

/** Serves the four files from `folder`, and 404 for whatever else is asked of data/mnist/. */
export function serveData(folder: string): Plugin {
  return {
    name: 'receptive:serve-data',
    configureServer(server) {
      server.middlewares.use(answerFrom(folder));
    },
    configurePreviewServer(server) {
      server.middlewares.use(answerFrom(folder));
    },
  };
}
