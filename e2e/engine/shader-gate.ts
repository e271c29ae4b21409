/**
 * Every WGSL text that a compiler must take without a word, found by itself: each file as it stands, each entry point by
 * its defaults, and what the engine really asks a device for when it builds the networks of the tables, tuned for a
 * graphics card and for a software one. Runs in a page; one list for every browser.
 */
import { kernelText } from '../../src/engine/gpu/pipelines.ts';
import { shaderNames, shaderSource } from '../../src/engine/gpu/shader-sources.ts';
import { specialise } from '../../src/engine/gpu/wgsl/specialise.ts';
import {
  createEngine,
  lectureModel,
  type Engine,
  type LossConfig,
  type ModelConfig,
  type OptimizerConfig,
} from '../../src/engine/index.ts';
import { cellCount } from '../../src/engine/shape/cells.ts';
import { networkAround } from './check-layer.ts';
import { coveringCases } from './covering-cases.ts';
import { layerCases, networkCases } from './layer-cases.ts';
import { lossCases } from './loss-cases.ts';
import { optimizerCases } from './optimizer-cases.ts';
import { ruleCases } from './rule-cases.ts';

/** A text to compile, and where it comes from. */
export type NamedText = readonly [name: string, code: string];

interface EntryPoint {
  readonly shader: string;
  readonly entryPoint: string;
}

/** Every file under shaders/ behind the files it needs. */
export function fileTexts(): NamedText[] {
  return shaderNames.map((name) => [name, shaderSource(name)]);
}

function entryPoints(): EntryPoint[] {
  return fileTexts().flatMap(([shader, source]) =>
    [...source.matchAll(/@compute\b[^{}]*?\bfn\s+(\w+)/g)].map((match) => ({ shader, entryPoint: match[1] ?? '' })),
  );
}

/** Every entry point of every file, specialised by the file's own defaults. */
export function entryTexts(): NamedText[] {
  return entryPoints().map(({ shader, entryPoint }) => [
    `${shader}.${entryPoint}`,
    specialise(shaderSource(shader), entryPoint, {}),
  ]);
}

/** Every entry point whose tensors may be of half precision, in half precision. */
export function halfTexts(): NamedText[] {
  return entryPoints()
    .filter(({ shader }) => shaderSource(shader).includes('alias element'))
    .map(({ shader, entryPoint }) => [
      `${shader}.${entryPoint} in f16`,
      kernelText({ shader, entryPoint, constants: {}, workgroupSize: 64, element: 'f16' }),
    ]);
}

const optimizers = optimizerCases.map(({ optimizer }) => optimizer);

const models: readonly ModelConfig[] = [
  lectureModel,
  ...coveringCases(layerCases).map(({ layer, inputShape }) => networkAround(layer, inputShape)),
  ...networkCases.map(({ config }) => config),
];

/** What kernels may use beyond WebGPU's core. */
const features: readonly GPUFeatureName[] = ['shader-f16', 'subgroups'];

/** A device of the default limits, with half precision and quads where there are any. */
async function openDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('shader gate: WebGPU must find an adapter. Received adapter=null.');
  return adapter.requestDevice({ requiredFeatures: features.filter((feature) => adapter.features.has(feature)) });
}

/** Notes what the device is asked to compile, and gives an empty pipeline for it: compiling in earnest takes minutes. */
async function recordTexts(device: GPUDevice, found: Map<string, string>): Promise<void> {
  const nothing = device.createShaderModule({ code: '@compute @workgroup_size(1) fn main() {}' });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module: nothing } });
  const replace = (name: string, value: unknown) => Object.defineProperty(device, name, { value });
  replace('createComputePipelineAsync', () => Promise.resolve(pipeline));
  replace('createShaderModule', ({ label = 'unnamed', code }: GPUShaderModuleDescriptor) => {
    found.set(code, label);
    return nothing;
  });
}

/** Has everything asked for that a network can need. */
async function askForAll(
  engine: Engine,
  config: ModelConfig,
  index: number,
  { optimizer = optimizers[index % optimizers.length]!, loss }: { optimizer?: OptimizerConfig; loss?: LossConfig } = {},
): Promise<void> {
  // The batch decides how sums are cut into parts.
  const options = { batchSize: index % 2 === 0 ? 4 : 64, optimizer, ...(loss && { loss }) };
  const network = await engine.compile(config, options);
  const inputs = new Float32Array(cellCount(config.inputShape));
  await network.gradients(inputs, Uint8Array.of(0));
  await network.predict(inputs);
  const [weight] = await network.getWeights();
  if (weight) await network.setFilterMask(weight.name, undefined);
  network.dispose();
}

/** Has every way asked for that a network's kernels can go. */
async function askForWays(engine: Engine, config: ModelConfig): Promise<void> {
  const options = { batchSize: 64, optimizer: optimizers[0]! };
  const plain = await engine.compile(config, options);
  const { kernels } = plain.tuning;
  plain.dispose();
  const inputs = new Float32Array(cellCount(config.inputShape));
  for (let round = 1; round < Math.max(...kernels.map(({ ways }) => ways.length)); round++) {
    const tuning: Record<string, string> = {};
    for (const { key, ways } of kernels) {
      const way = ways[round];
      if (way !== undefined) tuning[key] = way;
    }
    const network = await engine.compile(config, { ...options, tuning });
    await network.gradients(inputs, Uint8Array.of(0));
    network.dispose();
  }
}

/** Has everything asked for that a data set can need. */
async function feedAll(engine: Engine): Promise<void> {
  const network = await engine.compile(lectureModel, { batchSize: 4, optimizer: optimizers[0]! });
  const images = new Uint8Array(8 * 784);
  const data = engine.upload({ images, labels: new Uint8Array(8), shape: [8, 28, 28, 1], classes: 10 });
  const rows = engine.upload({ images, targets: new Float32Array(80), shape: [8, 28, 28, 1], classes: 10 });
  for (const source of [data, rows]) {
    for (const shuffle of [true, false]) await network.fit(source, { epochs: 1, shuffle, maxSteps: 1 }).finished;
    await network.evaluate(source);
  }
  network.dispose();
}

/** Every different text that the networks of the tables need, on an adapter of this kind. */
export async function networkTexts(isSoftware: boolean): Promise<NamedText[]> {
  const device = await openDevice();
  Object.defineProperty(device, 'adapterInfo', { value: { isFallbackAdapter: isSoftware } });
  const found = new Map<string, string>();
  // Opened on the device as it is, so that it finds out about quads.
  const engine = await createEngine({ device });
  await recordTexts(device, found);
  for (const [index, config] of models.entries()) await askForAll(engine, config, index);
  for (const [index] of optimizers.entries()) await askForAll(engine, lectureModel, index);
  for (const [index, { model, optimizer }] of ruleCases.entries()) await askForAll(engine, model, index, { optimizer });
  for (const [index, { model, loss }] of lossCases.entries()) await askForAll(engine, model, index, { loss });
  await askForWays(engine, lectureModel);
  await feedAll(engine);
  engine.dispose();
  device.destroy();
  return [...found].map(([code, label]) => [label, code]);
}

/** What the browser's compiler says of each text, `name:line type message`; empty when it says nothing. */
export async function messagesOf(texts: readonly NamedText[]): Promise<string[]> {
  const device = await openDevice();
  const said: string[] = [];
  for (const [name, code] of texts) {
    device.pushErrorScope('validation');
    const { messages } = await device.createShaderModule({ code }).getCompilationInfo();
    const error = await device.popErrorScope();
    said.push(...messages.map(({ type, lineNum, message }) => `${name}:${lineNum} ${type} ${message}`));
    if (error && messages.length === 0) said.push(`${name} error ${error.message}`);
  }
  device.destroy();
  return said;
}
