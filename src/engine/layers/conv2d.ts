/** Conv2D on the GPU: which kernels of conv2d.wgsl run, on which tiles. The mathematics stands in the shader. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedConv2D } from '../model/resolved.ts';
import {
  inputGradientTile,
  isPlainInputGradient,
  forwardTile,
  weightGradientTile,
  type ConvGeometry,
} from './conv2d-tiles.ts';
import {
  activationConstants,
  workgroupSizeFor,
  type BackwardMemory,
  type Op,
  type OpMemory,
  type Value,
} from './op.ts';
import { tileCount } from './tiles.ts';

/** The convolution from `source` to `result`, whose activation (not softmax) is fused. */
export function conv2dOp(layer: ResolvedConv2D, source: Value, result: Value): Op {
  const geometry = geometryOf(layer, source);
  const constants = shapeConstants(geometry, layer.useBias);
  const kernelName = `${layer.name}/kernel`;
  const biasName = `${layer.name}/bias`;
  const { weightGradient, ...conv } = {
    forward: (memory: OpMemory): readonly Kernel[] => {
      const tile = forwardTile(geometry, memory.target);
      return [
        {
          label: `${layer.name} forward`,
          shader: 'conv2d',
          entryPoint: 'forward',
          constants: { ...constants, ...tile.constants, ...activationConstants(result.activation) },
          bindings: {
            batch: memory.batch,
            inputs: memory.inputs,
            kernel: memory.weight(kernelName),
            ...(layer.useBias && { bias: memory.weight(biasName) }),
            outputs: memory.outputs,
          },
          invocations: memory.target.batchSize * tile.invocationsPerExample,
          workgroupSize: workgroupSizeFor(memory.target),
        },
      ];
    },
    inputGradient: (memory: BackwardMemory): readonly Kernel[] => {
      const { inputHeight, inputWidth, inputChannels } = geometry;
      const tile = isPlainInputGradient(geometry)
        ? { constants: {}, invocationsPerExample: inputHeight * inputWidth * inputChannels }
        : inputGradientTile(geometry, memory.target);
      return [
        {
          label: `${layer.name} inputGradient`,
          shader: 'conv2d',
          entryPoint: isPlainInputGradient(geometry) ? 'inputGradientPlain' : 'inputGradient',
          constants: { ...constants, ...tile.constants, ...activationConstants(source.activation) },
          bindings: {
            batch: memory.batch,
            outputsGrad: memory.outputsGrad,
            kernel: memory.weight(kernelName),
            ...(source.activation.name !== 'linear' && { inputs: memory.inputs }),
            inputsGrad: memory.inputsGrad,
          },
          invocations: memory.target.batchSize * tile.invocationsPerExample,
          workgroupSize: workgroupSizeFor(memory.target),
        },
      ];
    },
    weightGradient: (memory: BackwardMemory): readonly Kernel[] => {
      const tile = weightGradientTile(geometry, memory.target);
      const kernelParts = memory.gradParts(kernelName);
      const biasParts = layer.useBias ? memory.gradParts(biasName) : undefined;
      return [
        {
          label: `${layer.name} weightGradient`,
          shader: 'conv2d',
          entryPoint: 'weightGradient',
          constants: {
            ...constants,
            ...tile.constants,
            splitCount: tile.parts,
            imagesPerSplit: tileCount(memory.target.batchSize, tile.parts),
            kernelGradStride: kernelParts.stride,
            biasGradStride: biasParts?.stride ?? 0,
          },
          bindings: {
            batch: memory.batch,
            inputs: memory.inputs,
            outputsGrad: memory.outputsGrad,
            kernelGrad: kernelParts.slice,
            ...(biasParts && { biasGrad: biasParts.slice }),
          },
          invocations: tile.invocationsPerPart * tile.parts,
          workgroupSize: workgroupSizeFor(memory.target),
        },
      ];
    },
  };
  return {
    layer: layer.name,
    source,
    result,
    ...conv,
    weightGradient: { parts: (target) => weightGradientTile(geometry, target).parts, kernels: weightGradient },
  };
}

/** Replicate padding is an op before the convolution, which then sees a larger input and no padding. */
function geometryOf(layer: ResolvedConv2D, source: Value): ConvGeometry {
  const { vertical, horizontal } = layer.window;
  const [inputHeight = 1, inputWidth = 1, inputChannels = 1] = source.shape;
  const [outputHeight = 1, outputWidth = 1, filters = 1] = layer.outputShape;
  const isZeroPadded = layer.padMode === 'zero';
  return {
    inputHeight,
    inputWidth,
    inputChannels,
    outputHeight,
    outputWidth,
    filters,
    kernelHeight: vertical.window,
    kernelWidth: horizontal.window,
    strideY: vertical.stride,
    strideX: horizontal.stride,
    dilationY: vertical.dilation,
    dilationX: horizontal.dilation,
    padTop: isZeroPadded ? vertical.padBefore : 0,
    padLeft: isZeroPadded ? horizontal.padBefore : 0,
    isPadded: isZeroPadded && vertical.padBefore + vertical.padAfter + horizontal.padBefore + horizontal.padAfter > 0,
  };
}

function shapeConstants(geometry: ConvGeometry, hasBias: boolean) {
  return { ...geometry, hasBias };
}
