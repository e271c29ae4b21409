/** TensorFlow.js on WebGPU. */
import '@tensorflow/tfjs-backend-webgpu';
import type { Job, Trainer } from '../page/trainer.ts';
import { openTfjs } from './tfjs.ts';

/** The network on the webgpu backend. */
export const open = (job: Job): Promise<Trainer> => openTfjs('webgpu', job);
