/** Which data sets a network can be fed with. Binds nothing. */
import { EngineError } from '../error.ts';
import type { Shape } from '../model/resolved.ts';
import type { GpuDataset } from './dataset.ts';

/** @throws EngineError `badArgument` when the examples, their classes or their rows of targets do not fit the network. */
export function assertFeeds(data: GpuDataset, inputShape: Shape, outputs: number): void {
  const { exampleShape, classes } = data;
  const isOfShape =
    exampleShape.length === inputShape.length && exampleShape.every((size, axis) => size === inputShape[axis]);
  if (!isOfShape)
    throw refuse(`examples must be [${inputShape.join(', ')}]. Received shape=[${exampleShape.join(', ')}].`);
  if (classes > outputs) {
    throw refuse(`classes must be at most the network's outputs, ${outputs}. Received classes=${classes}.`);
  }
  if (data.targetRows && classes !== outputs) {
    throw refuse(`rows of targets must be as wide as the network’s outputs, ${outputs}. Received classes=${classes}.`);
  }
}

function refuse(message: string): EngineError {
  return new EngineError('badArgument', `dataset: ${message}`);
}
