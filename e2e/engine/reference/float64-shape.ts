/** Layers that only move numbers: padding, upsampling, flattening, joining. Knows no activations. */
import { configOf, inputOf, type Float64Layer, type LayerCall } from './float64-layer.ts';
import { concatenatedAxis, countOf, padsOf } from './reference-plan.ts';
import { pairOf } from './reference-window.ts';

/** What one position of an output axis is made of: positions of the input axis and their shares. */
type Mixture = readonly { readonly cell: number; readonly share: number }[];

/** Every output is a mixture of inputs, by rows and by columns; its gradient goes back by the same shares. */
function resampled(call: LayerCall, rows: readonly Mixture[], columns: readonly Mixture[]) {
  const inputs = inputOf(call);
  const [height = 0, width = 0, channels = 0] = call.layer.inputShape;
  const visit = (visitor: (output: number, input: number, share: number) => void) => {
    for (let example = 0; example < call.examples; example++)
      rows.forEach((fromRows, row) =>
        columns.forEach((fromColumns, column) => {
          const outputCell = (example * rows.length + row) * columns.length + column;
          for (const y of fromRows)
            for (const x of fromColumns) {
              const inputCell = (example * height + y.cell) * width + x.cell;
              for (let c = 0; c < channels; c++)
                visitor(outputCell * channels + c, inputCell * channels + c, y.share * x.share);
            }
        }),
      );
  };
  const outputs = new Float64Array(call.examples * rows.length * columns.length * channels);
  visit((output, input, share) => (outputs[output]! += inputs[input]! * share));
  return {
    outputs,
    backward(outputsGrad: Float64Array) {
      const inputsGrad = new Float64Array(inputs.length);
      visit((output, input, share) => (inputsGrad[input]! += outputsGrad[output]! * share));
      return { inputs: [inputsGrad] };
    },
  };
}

/** The input cell that a padded position repeats; undefined for zero. */
function repeatedCell(at: number, size: number, mode: 'zero' | 'reflect' | 'replicate'): number | undefined {
  if (at >= 0 && at < size) return at;
  if (mode === 'zero') return undefined;
  if (mode === 'replicate') return at < 0 ? 0 : size - 1;
  return at < 0 ? -at : 2 * (size - 1) - at;
}

/** Zeros, the nearest border cell, or the image mirrored without repeating its border. */
export const padding2d: Float64Layer = (call) => {
  const config = configOf(call, 'zeroPadding2d', 'padding2d');
  const mode = config.type === 'zeroPadding2d' ? 'zero' : config.mode;
  const [rows, columns] = padsOf(config).map(([before, after], axis) => {
    const size = call.layer.inputShape[axis] ?? 0;
    return Array.from({ length: before + size + after }, (_, i): Mixture => {
      const cell = repeatedCell(i - before, size, mode);
      return cell === undefined ? [] : [{ cell, share: 1 }];
    });
  });
  return resampled(call, rows ?? [], columns ?? []);
};

/** TensorFlow's half-pixel centres: cell o lies at (o + ½) / factor − ½ of the input, held inside its borders. */
function betweenCentres(output: number, factor: number, size: number): Mixture {
  const at = (output + 0.5) / factor - 0.5;
  const lower = Math.floor(at);
  const share = at - lower;
  return [
    { cell: Math.max(lower, 0), share: 1 - share },
    { cell: Math.min(lower + 1, size - 1), share },
  ];
}

/** Every cell repeated, or lines drawn between the cells' centres. */
export const upSampling2d: Float64Layer = (call) => {
  const { size = 2, interpolation = 'nearest' } = configOf(call, 'upSampling2d');
  const [rows, columns] = pairOf(size).map((factor, axis) => {
    const cells = call.layer.inputShape[axis] ?? 0;
    return Array.from({ length: cells * factor }, (_, i): Mixture =>
      interpolation === 'nearest' ? [{ cell: Math.floor(i / factor), share: 1 }] : betweenCentres(i, factor, cells),
    );
  });
  return resampled(call, rows ?? [], columns ?? []);
};

/** The same numbers under another shape, or before an activation. */
export const unchanged: Float64Layer = (call) => ({
  outputs: inputOf(call),
  backward: (outputsGrad) => ({ inputs: [outputsGrad] }),
});

/** The sum of all sources. */
export const add: Float64Layer = ({ inputs }) => ({
  outputs: inputs.reduce((sum, values) => sum.map((value, i) => value + values[i]!)),
  backward: (outputsGrad) => ({ inputs: inputs.map(() => outputsGrad) }),
});

/** One source after another along an axis: pieces of every source, in turns. */
export const concatenate: Float64Layer = (call) => {
  const { layer, inputs } = call;
  const axis = concatenatedAxis(configOf(call, 'concatenate').axis, layer.outputShape.length);
  const pieces = layer.inputShapes.map((shape) => countOf(shape.slice(axis)));
  const turn = pieces.reduce((sum, piece) => sum + piece, 0);
  const starts = pieces.map((_, source) => pieces.slice(0, source).reduce((sum, piece) => sum + piece, 0));
  /** Where number `i` of source `source` stands in the outputs. */
  const placeOf = (source: number, i: number) =>
    Math.floor(i / pieces[source]!) * turn + starts[source]! + (i % pieces[source]!);
  const outputs = new Float64Array(inputs.reduce((sum, { length }) => sum + length, 0));
  inputs.forEach((values, source) => values.forEach((value, i) => (outputs[placeOf(source, i)] = value)));
  return {
    outputs,
    backward: (outputsGrad) => ({
      inputs: inputs.map((values, source) => values.map((_, i) => outputsGrad[placeOf(source, i)]!)),
    }),
  };
};
