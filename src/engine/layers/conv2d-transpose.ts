/** Transposed convolutions: the kernels of the convolution they transpose, with its passes in changed places. */
import type { ResolvedConv2DTranspose } from '../model/resolved.ts';
import { channelSumKernels } from './channel-sum.ts';
import { convGeometry } from './conv2d-geometry.ts';
import { forwardKernel, inputGradientKernel, weightGradientKernel, weightGradientParts } from './conv2d-kernels.ts';
import { activationConstants, type Op, type Value } from './op.ts';

/** The layer from `source` to `result`, whose activation is fused. */
export function conv2dTransposeOp(layer: ResolvedConv2DTranspose, source: Value, result: Value): Op {
  // The convolution that is transposed runs from this layer's outputs to its inputs.
  const geometry = convGeometry(layer.window, layer.outputShape, source.shape, 1);
  const kernel = `${layer.name}/kernel`;
  const bias = `${layer.name}/bias`;
  const { useBias: hasBias } = layer;
  return {
    layer: layer.name,
    sources: [source],
    result,
    forward: (memory) => [
      inputGradientKernel(geometry, memory.target, {
        label: `${layer.name} forward`,
        constants: { isTransposed: true, hasBias, ...activationConstants(result.activation) },
        bindings: {
          batch: memory.batch,
          outputsGrad: memory.inputs,
          kernel: memory.weight(kernel),
          ...(hasBias && { bias: memory.master(bias) }),
          inputsGrad: memory.outputs,
        },
      }),
    ],
    inputGradient: (memory) => [
      forwardKernel(geometry, memory.target, {
        label: `${layer.name} inputGradient`,
        constants: { isTransposed: true, ...activationConstants(memory.inputActivation) },
        bindings: {
          batch: memory.batch,
          inputs: memory.outputsGrad,
          kernel: memory.weight(kernel),
          ...(memory.inputActivation.name !== 'linear' && { activated: memory.inputs }),
          outputs: memory.inputsGrad,
        },
      }),
    ],
    weightGradient: {
      names: hasBias ? [kernel, bias] : [kernel],
      parts: (target) => weightGradientParts(geometry, target),
      kernels: (memory) => {
        const kernelParts = memory.gradParts(kernel);
        const kernelGradient = weightGradientKernel(geometry, memory.target, {
          label: `${layer.name} weightGradient`,
          constants: { kernelGradStride: kernelParts.stride },
          bindings: {
            batch: memory.batch,
            inputs: memory.outputsGrad,
            outputsGrad: memory.inputs,
            kernelGrad: kernelParts.slice,
          },
        });
        if (!hasBias) return [kernelGradient];
        const parts = weightGradientParts(geometry, memory.target);
        const label = `${layer.name} biasGradient`;
        return [kernelGradient, ...channelSumKernels(label, memory, layer.outputShape, memory.gradParts(bias), parts)];
      },
    },
  };
}
