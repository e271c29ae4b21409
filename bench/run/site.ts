/** Builds and serves the app as it is shipped, with the digits that the benchmark was given. */
import { join } from 'node:path';
import { build, preview } from 'vite';

const root = join(import.meta.dirname, '../..');
const outDir = join(root, '.cache/bench/site');

/** The running site. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** The site, with MNIST from `mnist`. */
export async function serveSite(mnist: string): Promise<Site> {
  // The project's own configuration reads it.
  process.env['RECEPTIVE_MNIST'] = mnist;
  const shared = { root, logLevel: 'error', build: { outDir, emptyOutDir: true } } as const;
  await build(shared);
  const server = await preview({ ...shared, preview: { port: 0, host: '127.0.0.1' } });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('site: has an address. Received none.');
  return { url, close: () => server.close() };
}
