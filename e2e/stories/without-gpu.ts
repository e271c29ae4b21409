/** Takes WebGPU away from the page and from its workers, in the two ways in which browsers do not have it. */
import type { Page } from 'playwright/test';

/** `missing`: a browser that never heard of WebGPU; `refused`: one that has it, and no adapter to give. */
export type GpuLack = 'missing' | 'refused';

// In a worker the same names stand on WorkerNavigator; one script does for both.
const scripts: Readonly<Record<GpuLack, string>> = {
  missing: 'delete Object.getPrototypeOf(navigator).gpu;',
  refused: 'if (self.GPU) GPU.prototype.requestAdapter = () => Promise.resolve(null);',
};

/** To be called before the page is opened. */
export async function takeGpuAway(page: Page, lack: GpuLack): Promise<void> {
  await page.addInitScript(scripts[lack]);
  // Init scripts do not run in workers.
  await page.route('**/training-worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${scripts[lack]}\n${await response.text()}` });
  });
}
