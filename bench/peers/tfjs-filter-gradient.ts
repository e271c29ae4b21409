/**
 * The gradient by a convolution's kernel, which TensorFlow.js's wasm backend lacks, put together from that backend's own
 * kernels: the windows as rows of a matrix, times the gradient of the outputs. Without it the backend cannot train.
 */
import {
  backend_util,
  BatchMatMul,
  Concat,
  Conv2DBackpropFilter,
  getKernel,
  PadV2,
  registerKernel,
  StridedSlice,
  Transpose,
} from '@tensorflow/tfjs-core';
import type { KernelConfig, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';

const backendName = 'wasm';

type Geometry = ReturnType<typeof backend_util.computeConv2DInfo>;

/** Calls kernels of the backend and frees what they made on the way. */
class Scratch {
  readonly #made: TensorInfo[] = [];

  constructor(private readonly backend: object) {}

  run(
    kernelName: string,
    given: Readonly<Record<string, TensorInfo>> | readonly TensorInfo[],
    attrs: NamedAttrMap,
  ): TensorInfo {
    // `Concat` takes a list where the types know only names.
    const inputs = given as NamedTensorInfoMap;
    const answer = getKernel(kernelName, backendName).kernelFunc({ inputs, backend: this.backend, attrs });
    const [made] = Array.isArray(answer) ? answer : [answer];
    if (!made) throw new Error(`TensorFlow.js: ${kernelName} gives a tensor. Received [].`);
    this.#made.push(made);
    return made;
  }

  concat(parts: readonly TensorInfo[]): TensorInfo {
    return this.run(Concat, parts, { axis: 0 });
  }

  /** Everything but `kept`. */
  freeAllBut(kept: TensorInfo): void {
    const dispose: unknown = Reflect.get(this.backend, 'disposeData');
    if (typeof dispose !== 'function') throw new Error('TensorFlow.js: a backend frees data. Received no disposeData.');
    for (const { dataId } of this.#made) {
      if (dataId !== kept.dataId) Reflect.apply(dispose, this.backend, [dataId]);
    }
  }
}

const reshaped = ({ dataId, dtype }: TensorInfo, shape: number[]): TensorInfo => ({ dataId, dtype, shape });

/** `[channels, examples, height, width]` of the padded inputs. */
function padded(scratch: Scratch, x: TensorInfo, { padInfo }: Geometry): TensorInfo {
  const { top, bottom, left, right } = padInfo;
  const isPadded = top + bottom + left + right > 0;
  const paddings = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  const whole = isPadded ? scratch.run(PadV2, { x }, { paddings, constantValue: 0 }) : x;
  return scratch.run(Transpose, { x: whole }, { perm: [3, 0, 1, 2] });
}

/** What the kernel's cell in row `row` and column `column` sees, for every output. */
function seenBy(scratch: Scratch, x: TensorInfo, geometry: Geometry, row: number, column: number): TensorInfo {
  const { inChannels, batchSize, outHeight, outWidth, strideHeight, strideWidth } = geometry;
  return scratch.run(
    StridedSlice,
    { x },
    {
      begin: [0, 0, row, column],
      end: [inChannels, batchSize, row + (outHeight - 1) * strideHeight + 1, column + (outWidth - 1) * strideWidth + 1],
      strides: [1, 1, strideHeight, strideWidth],
      beginMask: 0,
      endMask: 0,
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 0,
    },
  );
}

function filterGradient(scratch: Scratch, x: TensorInfo, dy: TensorInfo, geometry: Geometry): TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels, batchSize, outHeight, outWidth } = geometry;
  const cells = batchSize * outHeight * outWidth;
  const source = padded(scratch, x, geometry);
  const seen = Array.from({ length: filterHeight * filterWidth }, (_, cell) =>
    seenBy(scratch, source, geometry, Math.floor(cell / filterWidth), cell % filterWidth),
  );
  const rows = filterHeight * filterWidth * inChannels;
  const windows = reshaped(scratch.concat(seen), [1, rows, cells]);
  const gradients = reshaped(dy, [1, cells, outChannels]);
  const product = scratch.run(BatchMatMul, { a: windows, b: gradients }, { transposeA: false, transposeB: false });
  return reshaped(product, [filterHeight, filterWidth, inChannels, outChannels]);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

const kernelFunc: KernelConfig['kernelFunc'] = ({ inputs, backend, attrs }) => {
  const [x, dy] = [inputs['x'], inputs['dy']];
  const { filterShape, strides, pad: padding } = attrs ?? {};
  const pad = (['same', 'valid'] as const).find((name) => name === padding);
  if (!x || !dy || !pad || !isNumbers(filterShape) || !isNumbers(strides)) {
    throw new Error(`filter gradient: is composed for same and valid windows. Received ${JSON.stringify(attrs)}.`);
  }
  const [height = 0, width = 0, inputs3 = 0, filters = 0] = filterShape;
  const [n = 0, h = 0, w = 0, c = 0] = x.shape;
  const [down = 1, across = 1] = strides;
  const kernelShape: [number, number, number, number] = [height, width, inputs3, filters];
  const geometry = backend_util.computeConv2DInfo([n, h, w, c], kernelShape, [down, across], 1, pad);
  const scratch = new Scratch(backend);
  const gradient = filterGradient(scratch, x, dy, geometry);
  scratch.freeAllBut(gradient);
  return gradient;
};

/** Gives the wasm backend the kernel. */
export function registerFilterGradient(): void {
  registerKernel({ kernelName: Conv2DBackpropFilter, backendName, kernelFunc });
}
