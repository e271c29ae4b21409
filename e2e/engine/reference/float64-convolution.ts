/**
 * Convolutions in plain float64 loops: in groups, by depth, separable and transposed. Written to be read, not to be
 * fast; knows no activations.
 */
import { addBias, configOf, inputOf, weightOf, withBiasGradient, type Float64Layer } from './float64-layer.ts';
import { rowsTimes } from './float64-dense.ts';
import { cellsOf, visitTaps, windowOf } from './float64-window.ts';
import type { ReferenceWindow } from './reference-window.ts';

/** The three products of a convolution's inputs x, kernel k and outputs y. */
interface Products {
  /** x, k → y. */
  outputs(x: Float64Array, k: Float64Array): Float64Array;
  /** ∂y, k → ∂x. */
  inputsGrad(dy: Float64Array, k: Float64Array): Float64Array;
  /** ∂y, x → ∂k. */
  kernelGrad(dy: Float64Array, x: Float64Array): Float64Array;
}

/**
 * Where a run of products stands: y[output + i] += x[input] · k[kernel + i] for i < length. Runs, so that the innermost
 * loop calls nothing.
 */
type RunVisitor = (output: number, input: number, kernel: number, length: number) => void;

function productsOver(
  sizes: { readonly outputs: number; readonly inputs: number; readonly kernel: number },
  visit: (visitor: RunVisitor) => void,
): Products {
  return {
    outputs(x, k) {
      const y = new Float64Array(sizes.outputs);
      visit((output, input, kernel, length) => {
        for (let i = 0; i < length; i++) y[output + i]! += x[input]! * k[kernel + i]!;
      });
      return y;
    },
    inputsGrad(dy, k) {
      const dx = new Float64Array(sizes.inputs);
      visit((output, input, kernel, length) => {
        let sum = 0;
        for (let i = 0; i < length; i++) sum += dy[output + i]! * k[kernel + i]!;
        dx[input]! += sum;
      });
      return dx;
    },
    kernelGrad(dy, x) {
      const dk = new Float64Array(sizes.kernel);
      visit((output, input, kernel, length) => {
        for (let i = 0; i < length; i++) dk[kernel + i]! += dy[output + i]! * x[input]!;
      });
      return dk;
    },
  };
}

interface Channels {
  readonly inputs: number;
  readonly outputs: number;
  readonly groups: number;
}

/** Kernel `[taps, inputs / groups, outputs]`: filter f of group g sees the channels of group g. */
function grouped(window: ReferenceWindow, examples: number, channels: Channels): Products {
  const { inputs, outputs, groups } = channels;
  const [seen, filters] = [inputs / groups, outputs / groups];
  const cells = cellsOf(window, examples);
  const taps = window.vertical.kernel * window.horizontal.kernel;
  const sizes = { outputs: cells.outputs * outputs, inputs: cells.inputs * inputs, kernel: taps * seen * outputs };
  return productsOver(sizes, (visitor) =>
    visitTaps(window, examples, (outputCell, inputCell, tap) => {
      for (let group = 0; group < groups; group++)
        for (let c = 0; c < seen; c++)
          visitor(
            outputCell * outputs + group * filters,
            inputCell * inputs + group * seen + c,
            (tap * seen + c) * outputs + group * filters,
            filters,
          );
    }),
  );
}

/** Kernel `[taps, channels, multiplier]`: output channel c · multiplier + m is filter m of channel c. */
function byDepth(window: ReferenceWindow, examples: number, channels: number, multiplier: number): Products {
  const cells = cellsOf(window, examples);
  const taps = window.vertical.kernel * window.horizontal.kernel;
  const outputs = channels * multiplier;
  const sizes = { outputs: cells.outputs * outputs, inputs: cells.inputs * channels, kernel: taps * outputs };
  return productsOver(sizes, (visitor) =>
    visitTaps(window, examples, (outputCell, inputCell, tap) => {
      for (let c = 0; c < channels; c++)
        visitor(
          outputCell * outputs + c * multiplier,
          inputCell * channels + c,
          (tap * channels + c) * multiplier,
          multiplier,
        );
    }),
  );
}

/** Convolution, with groups. */
export const conv2d: Float64Layer = (call) => {
  const { layer, examples, weights } = call;
  const { filters, groups = 1 } = configOf(call, 'conv2d');
  const [x, kernel] = [inputOf(call), weightOf(call, 'kernel')];
  const channels = { inputs: layer.inputShape.at(-1) ?? 0, outputs: filters, groups };
  const products = grouped(windowOf(layer), examples, channels);
  return {
    outputs: addBias(products.outputs(x, kernel), weights.get('bias')),
    backward: (dy) => ({
      inputs: [products.inputsGrad(dy, kernel)],
      weights: withBiasGradient(call, dy, [['kernel', products.kernelGrad(dy, x)]]),
    }),
  };
};

/** Every input channel on its own. */
export const depthwiseConv2d: Float64Layer = (call) => {
  const { layer, examples, weights } = call;
  const { depthMultiplier = 1 } = configOf(call, 'depthwiseConv2d');
  const [x, kernel] = [inputOf(call), weightOf(call, 'kernel')];
  const products = byDepth(windowOf(layer), examples, layer.inputShape.at(-1) ?? 0, depthMultiplier);
  return {
    outputs: addBias(products.outputs(x, kernel), weights.get('bias')),
    backward: (dy) => ({
      inputs: [products.inputsGrad(dy, kernel)],
      weights: withBiasGradient(call, dy, [['kernel', products.kernelGrad(dy, x)]]),
    }),
  };
};

/** By depth, then cell by cell over the channels. */
export const separableConv2d: Float64Layer = (call) => {
  const { layer, examples, weights } = call;
  const { depthMultiplier = 1, filters } = configOf(call, 'separableConv2d');
  const x = inputOf(call);
  const [depthwise, pointwise] = [weightOf(call, 'depthwise_kernel'), weightOf(call, 'pointwise_kernel')];
  const channels = layer.inputShape.at(-1) ?? 0;
  const inDepth = byDepth(windowOf(layer), examples, channels, depthMultiplier);
  const across = rowsTimes(channels * depthMultiplier, filters);
  const middle = inDepth.outputs(x, depthwise);
  return {
    outputs: addBias(across.outputs(middle, pointwise), weights.get('bias')),
    backward(dy) {
      const middleGrad = across.inputsGrad(dy, pointwise);
      return {
        inputs: [inDepth.inputsGrad(middleGrad, depthwise)],
        weights: withBiasGradient(call, dy, [
          ['depthwise_kernel', inDepth.kernelGrad(middleGrad, x)],
          ['pointwise_kernel', across.kernelGrad(dy, middle)],
        ]),
      };
    },
  };
};

/** A convolution from this layer's outputs to its inputs, turned round: its input gradient is the forward pass. */
export const conv2dTranspose: Float64Layer = (call) => {
  const { layer, examples, weights } = call;
  const { filters } = configOf(call, 'conv2dTranspose');
  const [x, kernel] = [inputOf(call), weightOf(call, 'kernel')];
  const channels = { inputs: filters, outputs: layer.inputShape.at(-1) ?? 0, groups: 1 };
  const products = grouped(windowOf(layer), examples, channels);
  return {
    outputs: addBias(products.inputsGrad(x, kernel), weights.get('bias')),
    backward: (dy) => ({
      inputs: [products.outputs(dy, kernel)],
      weights: withBiasGradient(call, dy, [['kernel', products.kernelGrad(x, dy)]]),
    }),
  };
};
