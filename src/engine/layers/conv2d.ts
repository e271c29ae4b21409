/** Convolutions on the GPU: which kernels run and what they are bound to. The mathematics stands in conv2d-*.wgsl. */
import type { ResolvedConv2D } from '../model/resolved.ts';
import { convGeometry, windowOver, type ConvGeometry } from './conv2d-geometry.ts';
import { forwardKernel, inputGradientKernel, weightGradientKernel, weightGradientParts } from './conv2d-kernels.ts';
import { isPlainInputGradient } from './conv2d-tiles.ts';
import { activationConstants, unpoolingConstants, type Op, type Pooling, type Value } from './op.ts';

/** One convolution of a layer. */
export interface Convolution {
  readonly layer: string;
  /** Before the names of its kernels. */
  readonly label: string;
  readonly geometry: ConvGeometry;
  /** Names of its weights. */
  readonly kernel: string;
  readonly bias?: string;
}

/** The layer from `source` to `result`, whose activation is fused. */
export function conv2dOp(layer: ResolvedConv2D, source: Value, result: Value): Op {
  const convolution = (pooling?: Pooling): Convolution => ({
    layer: layer.name,
    label: layer.name,
    geometry: convGeometry(windowOver(layer), source.shape, layer.outputShape, layer.groups, pooling),
    kernel: `${layer.name}/kernel`,
    ...(layer.useBias && { bias: `${layer.name}/bias` }),
  });
  const op = convolutionOp(convolution(), source, result);
  // A word of `winners` must not belong to two groups.
  if (layer.groups > 1) return op;
  return { ...op, withPooling: (pooled, pooling) => convolutionOp(convolution(pooling), source, pooled) };
}

/** Any convolution from `source` to `result`, whose activation is fused. */
export function convolutionOp(convolution: Convolution, source: Value, result: Value): Op {
  const { layer, label, geometry, kernel, bias } = convolution;
  const hasBias = bias !== undefined;
  return {
    layer,
    sources: [source],
    result,
    unpoolsGradient: !isPlainInputGradient(geometry),
    forward: (memory) => [
      forwardKernel(geometry, memory.target, {
        label: `${label} forward`,
        constants: { hasBias, ...activationConstants(result.activation) },
        bindings: {
          batch: memory.batch,
          inputs: memory.inputs,
          kernel: memory.weight(kernel),
          ...(hasBias && { bias: memory.master(bias) }),
          outputs: memory.outputs,
          ...(memory.winners && { winners: memory.winners }),
        },
      }),
    ],
    inputGradient: (memory) => [
      inputGradientKernel(geometry, memory.target, {
        label: `${label} inputGradient`,
        constants: { ...activationConstants(memory.inputActivation), ...unpoolingConstants(memory.inputPooling) },
        bindings: {
          batch: memory.batch,
          outputsGrad: memory.outputsGrad,
          kernel: memory.weight(kernel),
          ...(memory.inputActivation.name !== 'linear' && { inputs: memory.inputs }),
          inputsGrad: memory.inputsGrad,
          ...(memory.inputPooling && { inputWinners: memory.inputPooling.winners }),
        },
      }),
    ],
    weightGradient: {
      names: hasBias ? [kernel, bias] : [kernel],
      parts: (target) => weightGradientParts(geometry, target),
      kernels: (memory) => {
        const kernelParts = memory.gradParts(kernel);
        const biasParts = hasBias ? memory.gradParts(bias) : undefined;
        return [
          weightGradientKernel(geometry, memory.target, {
            label: `${label} weightGradient`,
            constants: { hasBias, kernelGradStride: kernelParts.stride, biasGradStride: biasParts?.stride ?? 0 },
            bindings: {
              batch: memory.batch,
              inputs: memory.inputs,
              outputsGrad: memory.outputsGrad,
              kernelGrad: kernelParts.slice,
              ...(biasParts && { biasGrad: biasParts.slice }),
            },
          }),
        ];
      },
    },
  };
}
