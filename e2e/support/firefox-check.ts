/** Judges whether a Firefox gives a page a WebGPU device, by starting it once and asking. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { firefoxCandidates, launchFirefox } from './firefox.ts';

/** A Firefox that has been seen to work. */
export interface WorkingFirefox {
  readonly executablePath: string;
  /** What the adapter calls itself. */
  readonly adapter: string;
}

const startTimeoutMs = 30_000;

/** An empty page on http://localhost, a secure context, which WebGPU needs; given to `use` by its address. */
async function withEmptyPage<T>(use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<title>?</title>'),
  );
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    return await use(`http://localhost:${port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function askForAdapter(executablePath: string, url: string): Promise<string> {
  const { page, close } = await launchFirefox(executablePath, startTimeoutMs);
  try {
    await page.goto(url, { timeout: startTimeoutMs });
    return await page.evaluate(async () => {
      if (!('gpu' in navigator)) throw new Error('It has no WebGPU (navigator.gpu is missing).');
      const adapter = await navigator.gpu.requestAdapter();
      if (!adapter) throw new Error('It gives no WebGPU adapter.');
      const device = await adapter.requestDevice();
      device.destroy();
      const { vendor, architecture, description } = adapter.info;
      return [vendor, architecture, description].filter(Boolean).join(' ') || 'an unnamed adapter';
    });
  } finally {
    await close();
  }
}

/** The first Firefox of this machine with WebGPU; `refuse` hears why another one was passed over. */
export async function findWorkingFirefox(refuse: (reason: string) => void): Promise<WorkingFirefox | undefined> {
  return withEmptyPage(async (url) => {
    for (const executablePath of firefoxCandidates()) {
      try {
        return { executablePath, adapter: await askForAdapter(executablePath, url) };
      } catch (error) {
        const [firstLine = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
        refuse(`${executablePath}: ${firstLine}`);
      }
    }
    return undefined;
  });
}
