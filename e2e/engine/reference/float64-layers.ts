/**
 * Convolution, pooling and dense layers, forward and backward, as plain float64 loops over one list of (output cell,
 * input cell, tap) triples. Written to be read, not to be fast; knows no activations and no networks.
 */
import { countOf, type ReferenceLayer, type ReferenceWindow } from './reference-plan.ts';

/** Cells are numbered over the batch, row by row: (example · height + row) · width + column. */
type TapVisitor = (outputCell: number, inputCell: number, tap: number) => void;

/** Every tap of every window position that lands on an input cell, in row-major order of the window. */
function visitTaps(window: ReferenceWindow, examples: number, visit: TapVisitor): void {
  const { vertical, horizontal, isReplicated } = window;
  const inside = (at: number, size: number) => (isReplicated ? Math.min(Math.max(at, 0), size - 1) : at);
  for (let example = 0; example < examples; example++)
    for (let row = 0; row < vertical.output; row++)
      for (let column = 0; column < horizontal.output; column++) {
        const outputCell = (example * vertical.output + row) * horizontal.output + column;
        for (let tapRow = 0; tapRow < vertical.kernel; tapRow++)
          for (let tapColumn = 0; tapColumn < horizontal.kernel; tapColumn++) {
            const y = inside(row * vertical.stride - vertical.before + tapRow * vertical.dilation, vertical.input);
            const x = inside(
              column * horizontal.stride - horizontal.before + tapColumn * horizontal.dilation,
              horizontal.input,
            );
            if (y < 0 || y >= vertical.input || x < 0 || x >= horizontal.input) continue;
            const inputCell = (example * vertical.input + y) * horizontal.input + x;
            visit(outputCell, inputCell, tapRow * horizontal.kernel + tapColumn);
          }
      }
}

/** Gradients of one layer; weights in the order of `ReferenceLayer.weights`. */
export interface LayerGradients {
  readonly inputs: Float64Array;
  readonly weights: readonly Float64Array[];
}

type Forward = (
  layer: ReferenceLayer,
  examples: number,
  inputs: Float64Array,
  weights: readonly Float64Array[],
) => Float64Array;
type Backward = (
  layer: ReferenceLayer,
  examples: number,
  inputs: Float64Array,
  weights: readonly Float64Array[],
  outputsGrad: Float64Array,
) => LayerGradients;

const windowOf = (layer: ReferenceLayer): ReferenceWindow => {
  if (!layer.window) throw new Error(`${layer.name}: has a sliding window. Received type=${layer.config.type}.`);
  return layer.window;
};

const filledWithBias = (length: number, bias: Float64Array | undefined): Float64Array =>
  Float64Array.from({ length }, (_, i) => (bias ? bias[i % bias.length]! : 0));

/** The bias is added to every output cell, so its gradient is the sum over all of them. */
function biasGradOf(outputsGrad: Float64Array, channels: number): Float64Array {
  const grad = new Float64Array(channels);
  outputsGrad.forEach((value, i) => (grad[i % channels]! += value));
  return grad;
}

const channelsOf = (layer: ReferenceLayer) => [layer.inputShape.at(-1) ?? 0, layer.outputShape.at(-1) ?? 0] as const;

const conv2dForward: Forward = (layer, examples, inputs, [kernel = new Float64Array(), bias]) => {
  const [inputChannels, filters] = channelsOf(layer);
  const outputs = filledWithBias(examples * countOf(layer.outputShape), bias);
  visitTaps(windowOf(layer), examples, (outputCell, inputCell, tap) => {
    for (let c = 0; c < inputChannels; c++)
      for (let f = 0; f < filters; f++)
        outputs[outputCell * filters + f]! +=
          inputs[inputCell * inputChannels + c]! * kernel[(tap * inputChannels + c) * filters + f]!;
  });
  return outputs;
};

const conv2dBackward: Backward = (layer, examples, inputs, [kernel = new Float64Array(), bias], outputsGrad) => {
  const [inputChannels, filters] = channelsOf(layer);
  const inputsGrad = new Float64Array(examples * countOf(layer.inputShape));
  const kernelGrad = new Float64Array(kernel.length);
  visitTaps(windowOf(layer), examples, (outputCell, inputCell, tap) => {
    for (let c = 0; c < inputChannels; c++) {
      const input = inputs[inputCell * inputChannels + c]!;
      const kernelRow = (tap * inputChannels + c) * filters;
      let sum = 0;
      for (let f = 0; f < filters; f++) {
        const grad = outputsGrad[outputCell * filters + f]!;
        sum += grad * kernel[kernelRow + f]!;
        kernelGrad[kernelRow + f]! += grad * input;
      }
      inputsGrad[inputCell * inputChannels + c]! += sum;
    }
  });
  return { inputs: inputsGrad, weights: bias ? [kernelGrad, biasGradOf(outputsGrad, filters)] : [kernelGrad] };
};

/** Per output value, the index of the first largest input value of its window. */
function firstMaxima(layer: ReferenceLayer, examples: number, inputs: Float64Array): Int32Array {
  const [channels] = channelsOf(layer);
  const chosen = new Int32Array(examples * countOf(layer.outputShape)).fill(-1);
  visitTaps(windowOf(layer), examples, (outputCell, inputCell) => {
    for (let c = 0; c < channels; c++) {
      const best = chosen[outputCell * channels + c]!;
      const candidate = inputCell * channels + c;
      if (best < 0 || inputs[candidate]! > inputs[best]!) chosen[outputCell * channels + c] = candidate;
    }
  });
  return chosen;
}

const maxPoolForward: Forward = (layer, examples, inputs) =>
  Float64Array.from(firstMaxima(layer, examples, inputs), (chosen) => inputs[chosen]!);

const maxPoolBackward: Backward = (layer, examples, inputs, _weights, outputsGrad) => {
  const inputsGrad = new Float64Array(inputs.length);
  firstMaxima(layer, examples, inputs).forEach((chosen, i) => (inputsGrad[chosen]! += outputsGrad[i]!));
  return { inputs: inputsGrad, weights: [] };
};

/** Cells of the input inside each window: the divisor of the average (Keras 3 does not count padding). */
function cellsInside(layer: ReferenceLayer, examples: number): Float64Array {
  const [channels] = channelsOf(layer);
  const counts = new Float64Array((examples * countOf(layer.outputShape)) / channels);
  visitTaps(windowOf(layer), examples, (outputCell) => counts[outputCell]!++);
  return counts;
}

const averagePoolForward: Forward = (layer, examples, inputs) => {
  const [channels] = channelsOf(layer);
  const counts = cellsInside(layer, examples);
  const outputs = new Float64Array(counts.length * channels);
  visitTaps(windowOf(layer), examples, (outputCell, inputCell) => {
    for (let c = 0; c < channels; c++)
      outputs[outputCell * channels + c]! += inputs[inputCell * channels + c]! / counts[outputCell]!;
  });
  return outputs;
};

const averagePoolBackward: Backward = (layer, examples, inputs, _weights, outputsGrad) => {
  const [channels] = channelsOf(layer);
  const counts = cellsInside(layer, examples);
  const inputsGrad = new Float64Array(inputs.length);
  visitTaps(windowOf(layer), examples, (outputCell, inputCell) => {
    for (let c = 0; c < channels; c++)
      inputsGrad[inputCell * channels + c]! += outputsGrad[outputCell * channels + c]! / counts[outputCell]!;
  });
  return { inputs: inputsGrad, weights: [] };
};

const denseForward: Forward = (layer, examples, inputs, [kernel = new Float64Array(), bias]) => {
  const [width, units] = channelsOf(layer);
  const outputs = filledWithBias(examples * units, bias);
  for (let example = 0; example < examples; example++)
    for (let i = 0; i < width; i++)
      for (let u = 0; u < units; u++)
        outputs[example * units + u]! += inputs[example * width + i]! * kernel[i * units + u]!;
  return outputs;
};

const denseBackward: Backward = (layer, examples, inputs, [kernel = new Float64Array(), bias], outputsGrad) => {
  const [width, units] = channelsOf(layer);
  const inputsGrad = new Float64Array(inputs.length);
  const kernelGrad = new Float64Array(kernel.length);
  for (let example = 0; example < examples; example++)
    for (let i = 0; i < width; i++)
      for (let u = 0; u < units; u++) {
        const grad = outputsGrad[example * units + u]!;
        inputsGrad[example * width + i]! += grad * kernel[i * units + u]!;
        kernelGrad[i * units + u]! += grad * inputs[example * width + i]!;
      }
  return { inputs: inputsGrad, weights: bias ? [kernelGrad, biasGradOf(outputsGrad, units)] : [kernelGrad] };
};

const unchangedForward: Forward = (_layer, _examples, inputs) => inputs;
const unchangedBackward: Backward = (_layer, _examples, _inputs, _weights, outputsGrad) => ({
  inputs: outputsGrad,
  weights: [],
});

/** Both directions of every layer type, before its activation. */
export const float64Layers: Record<
  ReferenceLayer['config']['type'],
  { readonly forward: Forward; readonly backward: Backward }
> = {
  conv2d: { forward: conv2dForward, backward: conv2dBackward },
  maxPooling2d: { forward: maxPoolForward, backward: maxPoolBackward },
  averagePooling2d: { forward: averagePoolForward, backward: averagePoolBackward },
  dense: { forward: denseForward, backward: denseBackward },
  flatten: { forward: unchangedForward, backward: unchangedBackward },
  activation: { forward: unchangedForward, backward: unchangedBackward },
};
