/** TensorFlow.js on WebGL. */
import '@tensorflow/tfjs-backend-webgl';
import type { Job, Trainer } from '../page/trainer.ts';
import { openTfjs } from './tfjs.ts';

/** The network on the webgl backend. */
export const open = (job: Job): Promise<Trainer> => openTfjs('webgl', job);
