/** jax-js on WebAssembly; it takes threads where the page is cross-origin isolated. */
import type { Job, Trainer } from '../page/trainer.ts';
import { openJax } from './jax.ts';

/** The network on the wasm device. */
export const open = (job: Job): Promise<Trainer> => openJax('wasm', job);
