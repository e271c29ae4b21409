/**
 * The plan: start a plain Node, without this runner's own loader, load the engine in it, judge a model and get a GPU
 * device from the adapter beside it; then the process must end by itself, with nothing left open.
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'playwright/test';

const loader = pathToFileURL(resolve(import.meta.dirname, 'engine-in-node.mjs')).href;

const program = `
  import { loadEngine } from '${loader}';
  const { engine, gpu, close } = await loadEngine();
  const adapter = await gpu.requestAdapter();
  const device = await adapter.requestDevice();
  const buffer = device.createBuffer({ size: 16, usage: GPUBufferUsage.STORAGE });
  console.log(JSON.stringify({ issues: engine.checkModel(engine.lectureModel), sizeBytes: buffer.size }));
  device.destroy();
  await close();
`;

test('the engine and a GPU are there in plain Node', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(JSON.parse(output)).toEqual({ issues: [], sizeBytes: 16 });
});
