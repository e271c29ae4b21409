/**
 * Runs one step's gradients twice from the same weights and batch, as the layers give its kernels and as the plan fuses
 * them, and gives what both have left. Knows no tolerances. Runs in a page.
 */
import { createEngine, type ModelConfig } from '../../src/engine/index.ts';
import { readSlices } from '../../src/engine/gpu/readback.ts';
import { GpuMemory } from '../../src/engine/gpu/memory.ts';
import { wholeBuffer, type Kernel } from '../../src/engine/gpu/kernel.ts';
import { PipelineCache } from '../../src/engine/gpu/pipelines.ts';
import { lowerModel } from '../../src/engine/layers/lower.ts';
import type { Target } from '../../src/engine/layers/op.ts';
import { resolveLoss } from '../../src/engine/model/loss.ts';
import { resolveModel } from '../../src/engine/model/resolve.ts';
import { fuseStep } from '../../src/engine/training/fuse-step.ts';
import { Graph } from '../../src/engine/training/graph.ts';
import { Pass } from '../../src/engine/training/pass.ts';
import { StepKernels } from '../../src/engine/training/step-kernels.ts';
import { StepState } from '../../src/engine/training/step-state.ts';
import { WeightLayout } from '../../src/engine/training/weight-layout.ts';
import { WeightStore } from '../../src/engine/training/weight-store.ts';
import { randomFloats, seededUniform } from './reference/seeded-random.ts';

export interface FusionCase {
  readonly model: ModelConfig;
  readonly batchSize: number;
  /** Of the batch, those that are examples. */
  readonly exampleCount: number;
  /** What the plan is to take the adapter for. */
  readonly isSoftware: boolean;
}

export interface FusionOutcome {
  /** Kernels of the step, by `shader.entryPoint`, those of one dispatch joined by a plus. */
  readonly plain: readonly string[];
  readonly fused: readonly string[];
  /** Largest differences beside the largest number, of the parts of the gradients, the metrics, the gradients between layers. */
  readonly differences: Readonly<Record<string, number>>;
}

const titleOf = ({ shader, entryPoint, parts }: Kernel): string =>
  parts ? parts.map((part) => titleOf(part.kernel)).join(' + ') : `${shader}.${entryPoint}`;

function largestDifference(plain: Float32Array, fused: Float32Array): number {
  const largest = plain.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return plain.reduce((most, value, i) => Math.max(most, Math.abs(value - (fused[i] ?? NaN))), 0) / largest;
}

/** Both ways, on a device of its own. */
export async function checkFusion(given: FusionCase): Promise<FusionOutcome> {
  const owner = await createEngine();
  const { device } = owner;
  const memory = new GpuMemory(device);
  const context = { device, memory, pipelines: new PipelineCache(device) };
  const resolution = resolveModel(given.model);
  if (!resolution.ok) throw new Error(resolution.issues[0]?.message);
  const { batchSize, exampleCount, isSoftware } = given;
  const lowered = lowerModel(resolution.model, true);
  const target: Target = {
    ...{ batchSize, tunedBatchSize: batchSize, element: 'f32', isSoftware, hasQuads: false },
    choices: new Map(),
  };
  const partsOf = (weight: string) =>
    lowered.ops.find((op) => op.weightGradient?.names.includes(weight))?.weightGradient?.parts(target) ?? 0;
  const store = new WeightStore(device, memory, new WeightLayout(resolution.model, partsOf), 'f32');
  const batch = memory.uniform('batch size', 4);
  device.queue.writeBuffer(batch, 0, Int32Array.of(batchSize));
  const state = new StepState(device, memory, 'state');
  state.startEpoch(exampleCount);
  const pass = new Pass(lowered, target, wholeBuffer(batch), store);
  const kernels = new StepKernels(lowered, target, pass, resolveLoss('sparseCategoricalCrossentropy').loss);
  const step = {
    forward: pass.forward('training', state.slice),
    loss: kernels.loss(state.slice),
    backward: pass.backward(state.slice),
  };
  const fusedStep = fuseStep(step, target);
  const groups = {
    plain: [...step.forward, ...step.loss, ...step.backward],
    fused: [...fusedStep.forward, ...fusedStep.loss, ...fusedStep.backward],
  };
  const graph = new Graph(context, groups, [['plain'], ['fused']], () => true);
  await graph.prepare(['plain', 'fused']);

  const next = seededUniform(21);
  const write = (slice: { buffer: GPUBuffer }, numbers: Float32Array<ArrayBuffer>) =>
    device.queue.writeBuffer(slice.buffer, 0, numbers);
  write(store.weights, randomFloats(store.count, next, 0.3));
  const inputs = graph.place(pass.tensor(lowered.input));
  write(inputs, randomFloats(inputs.size / 4, next, 1));
  const targets = new Float32Array(batchSize * kernels.classes);
  for (let n = 0; n < batchSize; n++) targets[n * kernels.classes + ((n * 7) % kernels.classes)] = 1;
  write(graph.place(kernels.targets), targets);

  // Everything that both ways write: what only the plain one does (the logits) is left out.
  const written = [...new Set(groups.fused.flatMap(({ bindings }) => Object.values(bindings)))].flatMap((resource) =>
    'buffer' in resource ? [] : [resource],
  );
  const slices = [store.gradParts, ...written.map((tensor) => graph.place(tensor))];
  const run = async (group: 'plain' | 'fused') => {
    const encoder = device.createCommandEncoder();
    const encoding = encoder.beginComputePass();
    graph.encode(encoding, [group]);
    encoding.end();
    device.queue.submit([encoder.finish()]);
    const bytes = await readSlices(device, memory, slices);
    const clear = device.createCommandEncoder();
    const isGiven = (index: number) =>
      [inputs.buffer, graph.place(kernels.targets).buffer].includes(slices[index]!.buffer);
    slices.forEach(({ buffer }, index) => {
      if (!isGiven(index)) clear.clearBuffer(buffer);
    });
    device.queue.submit([clear.finish()]);
    return bytes.map((buffer) => new Float32Array(buffer));
  };
  const [plain, fused] = [await run('plain'), await run('fused')];
  const names = ['gradient parts', ...written.map(({ label }) => label)];
  const differences = Object.fromEntries(
    names.map((name, index) => [name, largestDifference(plain[index]!, fused[index]!)]),
  );
  memory.releaseAll();
  owner.dispose();
  return { plain: groups.plain.map(titleOf), fused: groups.fused.map(titleOf), differences };
}
