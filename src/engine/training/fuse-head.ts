/**
 * Finds the end of a classifier among a step's kernels and puts head.wgsl in the place of three: the last dense layer's
 * forward, the loss and the dense layer's inputGradient. Where anything is not as that kernel has it, all stay as they are.
 */
import type { Kernel } from '../gpu/kernel.ts';
import { activationConstants, linearActivation, type Target } from '../layers/op.ts';

/** The kernels of a training step from the batch to the weights' gradients. */
export interface StepParts {
  readonly forward: readonly Kernel[];
  readonly loss: readonly Kernel[];
  readonly backward: readonly Kernel[];
}

/** Logits that an invocation holds in registers. */
const maxLogits = 64;
/** Numbers of the dense kernel that are worth to be read for every example anew, instead of once for a tile of them. */
const maxKernelNumbers = { software: 2048, hardware: 65536 };
/** Examples a workgroup of `headOfExample` takes: few, as software adapters share work out by workgroups. */
const examplesPerWorkgroup = 4;
/** Sums that the lanes of one example may have in workgroup memory: half of what there is. */
const maxLaneSums = 2048;

interface Head {
  readonly dense: Kernel;
  readonly loss: Kernel;
  readonly inputGradient: Kernel;
}

/** The same step with its head in one kernel, where it has one that can be. */
export function fuseHead(step: StepParts, target: Target): StepParts {
  const head = findHead(step);
  if (!head || !isSmall(head.dense, target)) return step;
  const fused = headKernel(head, target);
  const without = (kernels: readonly Kernel[], left: Kernel) => kernels.filter((kernel) => kernel !== left);
  return {
    forward: without(step.forward, head.dense),
    loss: step.loss.map((kernel) => (kernel === head.loss ? fused : kernel)),
    backward: without(step.backward, head.inputGradient),
  };
}

function findHead(step: StepParts): Head | undefined {
  const loss = step.loss.find(({ shader, entryPoint }) => shader === 'cross-entropy' && entryPoint === 'loss');
  const { outputs: logits, outputsGrad: logitsGrad } = loss?.bindings ?? {};
  if (!loss || !logits || !logitsGrad) return undefined;
  const find = (kernels: readonly Kernel[], entryPoint: string, binding: string, resource: unknown) =>
    kernels.find(
      (kernel) =>
        kernel.shader === 'dense' && kernel.entryPoint === entryPoint && kernel.bindings[binding] === resource,
    );
  const dense = find(step.forward, 'forward', 'outputs', logits);
  const inputGradient = find(step.backward, 'inputGradient', 'outputsGrad', logitsGrad);
  if (!dense || !inputGradient) return undefined;
  const all = [...step.forward, ...step.loss, ...step.backward];
  const isOnlyTheirs = all.every(
    (kernel) => kernel === dense || kernel === loss || !Object.values(kernel.bindings).includes(logits),
  );
  const isLinear = dense.constants['activation'] === activationConstants(linearActivation).activation;
  return isOnlyTheirs && isLinear ? { dense, loss, inputGradient } : undefined;
}

function isSmall({ constants }: Kernel, { isSoftware }: Target): boolean {
  const [inputCount, units] = [Number(constants['inputCount']), Number(constants['units'])];
  return units <= maxLogits && inputCount * units <= maxKernelNumbers[isSoftware ? 'software' : 'hardware'];
}

function headKernel({ dense, loss, inputGradient }: Head, { batchSize, isSoftware }: Target): Kernel {
  const { inputCount = 1, hasBias = false, units = 1 } = dense.constants;
  const { activation = 0, negativeSlope = 0 } = inputGradient.constants;
  const { labelSmoothing = 0 } = loss.constants;
  const { inputs, kernel, bias } = dense.bindings;
  const { batch, targets, state, outputsGrad, metrics } = loss.bindings;
  const { inputsGrad } = inputGradient.bindings;
  const given = Object.entries({ inputs, kernel, bias, batch, targets, state, outputsGrad, metrics, inputsGrad });
  const lanes = 64 * Number(units) <= maxLaneSums ? 64 : 32;
  return {
    label: `${dense.label.replace(/ forward$/, '')} head`,
    shader: 'head',
    constants: { isHead: true, classes: units, labelSmoothing, inputCount, hasBias, activation, negativeSlope },
    bindings: Object.fromEntries(given.flatMap(([name, slice]) => (slice ? [[name, slice]] : []))),
    ...(isSoftware
      ? { entryPoint: 'headOfExample', invocations: batchSize, workgroupSize: examplesPerWorkgroup }
      : { entryPoint: 'head', invocations: batchSize * lanes, workgroupSize: lanes }),
    ...(loss.element && { element: loss.element }),
  };
}
