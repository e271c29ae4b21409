/**
 * The plan: serve a folder with one of MNIST's files and one stranger, over real HTTP, and ask as a page would. The gzip
 * file must arrive as a file (its own bytes, its length, no Content-Encoding that would make the browser unpack it); what
 * is not there, has a strange name or climbs out of the folder is a 404, and other paths go on to the next handler.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'playwright/test';
import { answerFrom } from './serve-data.ts';

const file = 't10k-labels-idx1-ubyte';
const bytes = gzipSync(Buffer.from('labels'));

let folder: string;
let server: Server;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'receptive-'));
  writeFileSync(join(folder, `${file}.gz`), bytes);
  writeFileSync(join(folder, 'stranger.gz'), bytes);
  const answer = answerFrom(folder);
  server = createServer((asked, response) => answer(asked, response, () => response.writeHead(204).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test.afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Asks for `path` as it is written; fetch would tidy it first. */
function ask(path: string, method = 'GET'): Promise<Answer> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server must listen on a port.');
  return new Promise((resolve, reject) => {
    request({ port: address.port, host: '127.0.0.1', path, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

for (const path of [`/data/mnist/${file}.gz`, `/receptive/data/mnist/${file}.gz?v=1`]) {
  test(`${path} arrives as a file`, async () => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/gzip');
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-length']).toBe(String(bytes.length));
    expect(body.equals(bytes)).toBe(true);
  });
}

test('HEAD tells the length and sends nothing', async () => {
  const { status, headers, body } = await ask(`/data/mnist/${file}.gz`, 'HEAD');
  expect(status).toBe(200);
  expect(headers['content-length']).toBe(String(bytes.length));
  expect(body.length).toBe(0);
});

for (const name of ['train-labels-idx1-ubyte.gz', file, 'stranger.gz', '..%2fsecret', '']) {
  test(`data/mnist/${name} is a 404`, async () => {
    expect((await ask(`/data/mnist/${name}`)).status).toBe(404);
  });
}

for (const path of ['/', '/index.html', '/data/mnist/../../package.json', '/src/data/mnist-files.ts']) {
  test(`${path} goes on to the next handler`, async () => {
    expect((await ask(path)).status).toBe(204);
  });
}
