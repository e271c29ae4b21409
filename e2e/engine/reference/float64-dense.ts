/** Dense layers: rows of numbers times a matrix, in float64. Knows no activations. */
import { addBias, inputOf, weightOf, withBiasGradient, type Float64Layer } from './float64-layer.ts';

/** Every run of terms y[row, o] += x[row, i] · k[i, o] over o, for so many rows. */
function visitRuns(
  rows: number,
  inputs: number,
  outputs: number,
  visit: (y: number, x: number, k: number) => void,
): void {
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < inputs; i++) visit(row * outputs, row * inputs + i, i * outputs);
}

/** The three products of rows x, a matrix k `[inputs, outputs]` and rows y. */
export function rowsTimes(inputs: number, outputs: number) {
  return {
    /** x, k → y. */
    outputs(x: Float64Array, k: Float64Array): Float64Array {
      const y = new Float64Array((x.length / inputs) * outputs);
      visitRuns(x.length / inputs, inputs, outputs, (to, from, at) => {
        for (let o = 0; o < outputs; o++) y[to + o]! += x[from]! * k[at + o]!;
      });
      return y;
    },
    /** ∂y, k → ∂x. */
    inputsGrad(dy: Float64Array, k: Float64Array): Float64Array {
      const dx = new Float64Array((dy.length / outputs) * inputs);
      visitRuns(dy.length / outputs, inputs, outputs, (from, to, at) => {
        for (let o = 0; o < outputs; o++) dx[to]! += dy[from + o]! * k[at + o]!;
      });
      return dx;
    },
    /** ∂y, x → ∂k. */
    kernelGrad(dy: Float64Array, x: Float64Array): Float64Array {
      const dk = new Float64Array(inputs * outputs);
      visitRuns(dy.length / outputs, inputs, outputs, (from, at, to) => {
        for (let o = 0; o < outputs; o++) dk[to + o]! += dy[from + o]! * x[at]!;
      });
      return dk;
    },
  };
}

/** Over the last axis, as Keras's. */
export const dense: Float64Layer = (call) => {
  const { layer, weights } = call;
  const [x, kernel] = [inputOf(call), weightOf(call, 'kernel')];
  const products = rowsTimes(layer.inputShape.at(-1) ?? 0, layer.outputShape.at(-1) ?? 0);
  return {
    outputs: addBias(products.outputs(x, kernel), weights.get('bias')),
    backward: (dy) => ({
      inputs: [products.inputsGrad(dy, kernel)],
      weights: withBiasGradient(call, dy, [['kernel', products.kernelGrad(dy, x)]]),
    }),
  };
};
