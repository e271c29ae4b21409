/** The browser of the benchmark: the machine's Chromium with WebGPU, its memory to be measured without delay. */
import { chromium, type Browser } from 'playwright';
import { launchOptions } from '../../e2e/support/browser.ts';
import { findWorkingChromium } from '../../e2e/support/webgpu-check.ts';
import type { BenchOptions } from './options.ts';

/** Otherwise `measureUserAgentSpecificMemory` answers after up to half a minute. */
const extraArguments = ['--enable-blink-features=ForceEagerMeasureMemory'];

/** @throws Error when no Chromium gives an adapter. */
export async function launchBrowser({ gpu }: BenchOptions): Promise<Browser> {
  if (gpu !== undefined) process.env['RECEPTIVE_GPU'] = gpu;
  const refusals: string[] = [];
  const working = await findWorkingChromium((reason) => refusals.push(reason));
  if (!working) throw new Error(`npm run bench: needs a Chromium with WebGPU. Received none. ${refusals.join(' ')}`);
  const options = launchOptions(working.executablePath, working.gpu);
  return chromium.launch({ ...options, args: [...(options.args ?? []), ...extraArguments] });
}
