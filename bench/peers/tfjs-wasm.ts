/** TensorFlow.js on WebAssembly with SIMD and one thread for each core. */
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { Job, Trainer } from '../page/trainer.ts';
import { registerFilterGradient } from './tfjs-filter-gradient.ts';
import { openTfjs } from './tfjs.ts';

/** The network on the wasm backend. */
export async function open(job: Job): Promise<Trainer> {
  registerFilterGradient();
  setThreadsCount(navigator.hardwareConcurrency);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
  });
  const trainer = await openTfjs('wasm', job);
  return {
    ...trainer,
    notes: [
      'the gradient by a convolution’s kernel, which the library lacks on this backend, is composed of the backend’s own kernels',
      // Version 4.22 has been seen to stay at one: github.com/tensorflow/tfjs/issues/8513.
      `asked for ${navigator.hardwareConcurrency} threads, the library says it has ${getThreadsCount()}`,
    ],
  };
}
