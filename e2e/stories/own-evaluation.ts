/** The lecture's network with the weights that ship with the app, worked out in float64 on MNIST's first test images. No engine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readSafetensors } from '../../src/interop/safetensors.ts';
import { mnistFolder } from '../support/mnist.ts';

type Numbers = Float64Array<ArrayBuffer>;

interface Maps {
  readonly size: number;
  readonly channels: number;
  /** `[size, size, channels]`. */
  readonly values: Numbers;
}

const side = 28;

/** Weights by name, as the app ships them. */
export function shippedWeights(): Map<string, Numbers> {
  const bytes = readFileSync(join(import.meta.dirname, '../../public/weights/lecture-cnn.safetensors'));
  return new Map(
    readSafetensors(Uint8Array.from(bytes).buffer).map(({ name, data }) => [name, Float64Array.from(data)]),
  );
}

/** The weights with one filter of a convolution of `filters` filters at zero, its bias too. */
export function withoutFilter(
  weights: ReadonlyMap<string, Numbers>,
  layer: string,
  filters: number,
  filter: number,
): Map<string, Numbers> {
  const zeroed = (name: string): Numbers =>
    (weights.get(name) ?? new Float64Array()).map((value, place) => (place % filters === filter ? 0 : value));
  return new Map([
    ...weights,
    ...['kernel', 'bias'].map((part) => [`${layer}/${part}`, zeroed(`${layer}/${part}`)] as const),
  ]);
}

/** How many of the first `count` test images the network answers rightly. */
export function countRight(weights: ReadonlyMap<string, Numbers>, count: number): number {
  const file = (name: string): Buffer => gunzipSync(readFileSync(join(mnistFolder(), name)));
  const images = file('t10k-images-idx3-ubyte.gz').subarray(16);
  const labels = file('t10k-labels-idx1-ubyte.gz').subarray(8);
  let right = 0;
  for (let index = 0; index < count; index += 1) {
    const pixels = images.subarray(index * side * side, (index + 1) * side * side);
    const outputs = forward(
      weights,
      Float64Array.from(pixels, (byte) => byte / 255),
    );
    if (outputs.indexOf(Math.max(...outputs)) === labels[index]) right += 1;
  }
  return right;
}

function forward(weights: ReadonlyMap<string, Numbers>, values: Numbers): Numbers {
  const part = (name: string): Numbers => {
    const numbers = weights.get(name);
    if (!numbers) throw new Error(`weights: the file must have all of the lecture's. Received no ${name}.`);
    return numbers;
  };
  const convolved = (maps: Maps, layer: string): Maps => convolve(maps, part(`${layer}/kernel`), part(`${layer}/bias`));
  const first = pool(convolved({ size: side, channels: 1, values }, 'conv2d_1'));
  const last = convolved(pool(convolved(first, 'conv2d_2')), 'conv2d_3');
  const hidden = dense(last.values, part('dense_1/kernel'), part('dense_1/bias')).map((value) => Math.max(0, value));
  // Softmax keeps their order.
  return dense(hidden, part('dense_2/kernel'), part('dense_2/bias'));
}

/** 3×3, stride 1, no padding, ReLU. */
function convolve({ size, channels, values }: Maps, kernel: Numbers, bias: Numbers): Maps {
  const filters = bias.length;
  const outputSize = size - 2;
  const outputs = new Float64Array(outputSize * outputSize * filters);
  for (let y = 0; y < outputSize; y += 1)
    for (let x = 0; x < outputSize; x += 1) {
      const sums = Float64Array.from(bias);
      for (let tap = 0; tap < 9; tap += 1) {
        const from = ((y + Math.floor(tap / 3)) * size + x + (tap % 3)) * channels;
        for (let channel = 0; channel < channels; channel += 1) {
          const value = values[from + channel] ?? 0;
          const row = (tap * channels + channel) * filters;
          if (value !== 0) for (let f = 0; f < filters; f += 1) sums[f]! += value * kernel[row + f]!;
        }
      }
      outputs.set(
        sums.map((sum) => Math.max(0, sum)),
        (y * outputSize + x) * filters,
      );
    }
  return { size: outputSize, channels: filters, values: outputs };
}

/** The largest of 2×2; what is left over at the edge is dropped. */
function pool({ size, channels, values }: Maps): Maps {
  const outputSize = Math.floor(size / 2);
  const at = (y: number, x: number, channel: number): number => values[(y * size + x) * channels + channel] ?? 0;
  const outputs = Float64Array.from({ length: outputSize * outputSize * channels }, (_, place) => {
    const channel = place % channels;
    const x = 2 * (Math.floor(place / channels) % outputSize);
    const y = 2 * Math.floor(place / channels / outputSize);
    return Math.max(at(y, x, channel), at(y, x + 1, channel), at(y + 1, x, channel), at(y + 1, x + 1, channel));
  });
  return { size: outputSize, channels, values: outputs };
}

function dense(inputs: Numbers, kernel: Numbers, bias: Numbers): Numbers {
  const units = bias.length;
  return bias.map((start, unit) =>
    inputs.reduce((sum, value, place) => sum + value * (kernel[place * units + unit] ?? 0), start),
  );
}
