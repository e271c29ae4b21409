/** jax-js on WebGPU. */
import type { Job, Trainer } from '../page/trainer.ts';
import { openJax } from './jax.ts';

/** The network on the webgpu device. */
export const open = (job: Job): Promise<Trainer> => openJax('webgpu', job);
