/** Maxima and averages over windows, global ones among them, in float64. Knows no activations. */
import { inputOf, type Float64Layer, type LayerCall } from './float64-layer.ts';
import { cellsOf, visitTaps, windowOf } from './float64-window.ts';

const channelsOf = ({ layer }: LayerCall): number => layer.inputShape.at(-1) ?? 0;

/** Per output value, the index of the first largest input value of its window. */
function firstMaxima(call: LayerCall, inputs: Float64Array): Int32Array {
  const [window, channels] = [windowOf(call.layer), channelsOf(call)];
  const chosen = new Int32Array(cellsOf(window, call.examples).outputs * channels).fill(-1);
  visitTaps(window, call.examples, (outputCell, inputCell) => {
    for (let c = 0; c < channels; c++) {
      const best = chosen[outputCell * channels + c]!;
      const candidate = inputCell * channels + c;
      if (best < 0 || inputs[candidate]! > inputs[best]!) chosen[outputCell * channels + c] = candidate;
    }
  });
  return chosen;
}

/** The first of equal maxima in row-major order gets the gradient, as in TensorFlow's max pooling. */
export const maxPooling: Float64Layer = (call) => {
  const inputs = inputOf(call);
  const chosen = firstMaxima(call, inputs);
  return {
    outputs: Float64Array.from(chosen, (at) => inputs[at]!),
    backward(outputsGrad) {
      const inputsGrad = new Float64Array(inputs.length);
      chosen.forEach((at, i) => (inputsGrad[at]! += outputsGrad[i]!));
      return { inputs: [inputsGrad] };
    },
  };
};

/** The maximum of a whole image; equal maxima share its gradient, as in TensorFlow's reduction. */
export const globalMaxPooling: Float64Layer = (call) => {
  const inputs = inputOf(call);
  const channels = channelsOf(call);
  const cells = inputs.length / call.examples;
  const placeOf = (i: number) => Math.floor(i / cells) * channels + (i % channels);
  const outputs = new Float64Array(call.examples * channels).fill(-Infinity);
  inputs.forEach((value, i) => (outputs[placeOf(i)] = Math.max(outputs[placeOf(i)]!, value)));
  const sharers = new Float64Array(outputs.length);
  inputs.forEach((value, i) => (sharers[placeOf(i)]! += value === outputs[placeOf(i)]! ? 1 : 0));
  return {
    outputs,
    backward: (outputsGrad) => {
      const shareOf = (i: number) => outputsGrad[placeOf(i)]! / sharers[placeOf(i)]!;
      return { inputs: [inputs.map((value, i) => (value === outputs[placeOf(i)]! ? shareOf(i) : 0))] };
    },
  };
};

/** Cells of the input inside each window: the divisor of the average (Keras 3 does not count padding). */
function cellsInside(call: LayerCall): Float64Array {
  const window = windowOf(call.layer);
  const counts = new Float64Array(cellsOf(window, call.examples).outputs);
  visitTaps(window, call.examples, (outputCell) => counts[outputCell]!++);
  return counts;
}

/** The mean of the cells that lie inside. */
export const averagePooling: Float64Layer = (call) => {
  const [inputs, channels, window] = [inputOf(call), channelsOf(call), windowOf(call.layer)];
  const counts = cellsInside(call);
  const outputs = new Float64Array(counts.length * channels);
  const visit = (visitor: (output: number, input: number, share: number) => void) =>
    visitTaps(window, call.examples, (outputCell, inputCell) => {
      for (let c = 0; c < channels; c++)
        visitor(outputCell * channels + c, inputCell * channels + c, 1 / counts[outputCell]!);
    });
  visit((output, input, share) => (outputs[output]! += inputs[input]! * share));
  return {
    outputs,
    backward(outputsGrad) {
      const inputsGrad = new Float64Array(inputs.length);
      visit((output, input, share) => (inputsGrad[input]! += outputsGrad[output]! * share));
      return { inputs: [inputsGrad] };
    },
  };
};
