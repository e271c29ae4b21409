/**
 * TensorFlow.js's gradient by a convolution's kernel takes its CPU backend half a second per image of the lecture's
 * network. Here the same sum is read as a convolution and given to TensorFlow.js's own, a hundred times as fast.
 */
import {
  Conv2D,
  Conv2DBackpropFilter,
  registerKernel,
  Transpose,
  unregisterKernel,
  getKernel,
} from '@tensorflow/tfjs-core';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';

/** The CPU backend's kernel of that name; the types promise one, and a misspelt name would give none. */
const cpuKernel = (name: string): KernelConfig => getKernel(name, 'cpu');

function single(result: TensorInfo | TensorInfo[]): TensorInfo {
  const [first] = Array.isArray(result) ? result : [result];
  if (!first) throw new Error('TensorFlow.js: a kernel gives a tensor. Received [].');
  return first;
}

/**
 * ∂L/∂k[a,b,c,f] = Σₙ,ᵧ,ₓ x[n,y+a,x+b,c]·g[n,y,x,f]: the convolution of x with channels as examples and examples as
 * channels, by g as its kernel. Only for `valid` windows of stride 1.
 */
const composedKernel: KernelConfig = {
  kernelName: Conv2DBackpropFilter,
  backendName: 'cpu',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const [x, dy] = [inputs['x'], inputs['dy']];
    if (!x || !dy || attrs?.['pad'] !== 'valid' || JSON.stringify(attrs['strides']) !== '[1,1]')
      throw new Error(`filter gradient: is composed for valid windows of stride 1. Received ${JSON.stringify(attrs)}.`);
    const turn = (tensor: TensorInfo, perm: number[]) =>
      single(cpuKernel(Transpose).kernelFunc({ inputs: { x: tensor }, backend, attrs: { perm } }));
    const convolved = cpuKernel(Conv2D).kernelFunc({
      inputs: { x: turn(x, [3, 1, 2, 0]), filter: turn(dy, [1, 2, 0, 3]) },
      backend,
      attrs: { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: [1, 1] },
    });
    return turn(single(convolved), [1, 2, 0, 3]);
  },
};

/** Runs `work` with the composed kernel in the place of TensorFlow.js's own. */
export async function withComposedFilterGradient<T>(work: () => Promise<T>): Promise<T> {
  const original = cpuKernel(Conv2DBackpropFilter);
  const put = (kernel: KernelConfig) => {
    unregisterKernel(Conv2DBackpropFilter, 'cpu');
    registerKernel(kernel);
  };
  put(composedKernel);
  try {
    return await work();
  } finally {
    put(original);
  }
}
