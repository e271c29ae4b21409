/** Judges whether a Chromium gives a page a WebGPU device, by starting it once and asking. */
import { chromium } from 'playwright';
import { chromiumCandidates, launchOptions, type GpuKind } from './browser.ts';

/** A Chromium that has been seen to work. */
export interface WorkingChromium {
  readonly executablePath: string;
  readonly gpu: GpuKind;
  /** What the adapter calls itself. */
  readonly adapter: string;
}

/** Longer than a cold start on a slow disk; a Chromium that hangs is then passed over. */
const startTimeoutMs = 30_000;

/** Asks in a page, which has WebGPU only in a secure context: http://localhost is one, about:blank is not. */
async function askForAdapter(executablePath: string, gpu: GpuKind): Promise<string> {
  const browser = await chromium.launch({ ...launchOptions(executablePath, gpu), timeout: startTimeoutMs });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(startTimeoutMs);
    await page.route('http://localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>?</title>' }),
    );
    await page.goto('http://localhost/');
    return await page.evaluate(async () => {
      if (!('gpu' in navigator)) throw new Error('It has no WebGPU (navigator.gpu is missing).');
      const adapter = await navigator.gpu.requestAdapter();
      if (!adapter) throw new Error('It gives no WebGPU adapter.');
      const device = await adapter.requestDevice();
      device.destroy();
      return [adapter.info.vendor, adapter.info.architecture].filter(Boolean).join(' ') || 'an unnamed adapter';
    });
  } finally {
    await browser.close();
  }
}

/** The GPUs to try: the one asked for by RECEPTIVE_GPU, otherwise the software one that is the same everywhere first. */
function gpuKinds(): readonly GpuKind[] {
  const asked = process.env['RECEPTIVE_GPU'];
  return asked === 'hardware' || asked === 'software' ? [asked] : ['software', 'hardware'];
}

/** The first Chromium of this machine with WebGPU; `refuse` hears why another one was passed over. */
export async function findWorkingChromium(refuse: (reason: string) => void): Promise<WorkingChromium | undefined> {
  for (const executablePath of chromiumCandidates()) {
    for (const gpu of gpuKinds()) {
      try {
        return { executablePath, gpu, adapter: await askForAdapter(executablePath, gpu) };
      } catch (error) {
        const [firstLine = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
        refuse(`${executablePath} (${gpu} GPU): ${firstLine}`);
      }
    }
  }
  return undefined;
}
