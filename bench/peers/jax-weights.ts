/** Our initial weights in the order that jax-js computes in: kernels and flattened images with channels first. */
import type { ResolvedLayer, ResolvedModel } from '../../src/engine/model/resolved.ts';
import type { Weight } from '../page/trainer.ts';

/** Numbers with their axes turned: `order[i]` says which of the old axes becomes axis i. */
function turned({ data, shape }: Weight, order: readonly number[]): Weight['data'] {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  return data.map((_, cell) => {
    let rest = cell;
    let source = 0;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const size = sizes[axis] ?? 1;
      source += (rest % size) * (steps[axis] ?? 1);
      rest = Math.floor(rest / size);
    }
    return data[source] ?? NaN;
  });
}

/** The image in front of a dense layer's flatten, or undefined where it reads plain units. */
function flattenedShape(model: ResolvedModel, { inputs }: ResolvedLayer): readonly number[] | undefined {
  const before = model.layers.find(({ name }) => name === inputs[0]);
  return before?.type === 'flatten' ? before.inputShapes[0] : undefined;
}

/** A weight for jax-js: out × in × height × width kernels, dense rows by channel, row and column. */
export function channelsFirst(model: ResolvedModel, weight: Weight): Weight {
  const layer = model.layers.find(({ weights }) => weights.some(({ name }) => name === weight.name));
  if (layer?.type === 'conv2d' && weight.shape.length === 4) {
    const [height = 0, width = 0, inputs = 0, outputs = 0] = weight.shape;
    return { name: weight.name, shape: [outputs, inputs, height, width], data: turned(weight, [3, 2, 0, 1]) };
  }
  const image = layer?.type === 'dense' && weight.shape.length === 2 ? flattenedShape(model, layer) : undefined;
  if (!image) return weight;
  const units = weight.shape[1] ?? 0;
  return { ...weight, data: turned({ ...weight, shape: [...image, units] }, [2, 0, 1, 3]) };
}
