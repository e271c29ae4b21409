/** Where each weight lies in the array of all weights, and the parts of its gradient in theirs. Pure arithmetic. */
import { EngineError } from '../error.ts';
import { show } from '../model/field-reader.ts';
import type { ResolvedLayer, ResolvedModel, WeightSpec } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';

/** Weights per block of weight-sections.wgsl. */
export const blockSize = 64;
/** Sections start at multiples of 128 numbers, which are 256 bytes in half precision: each can be bound on its own. */
const sectionAlignment = 128;

export interface Section {
  readonly spec: WeightSpec;
  /** First number in the weights array. */
  readonly offset: number;
  readonly length: number;
  /** Length rounded up to the alignment: also the distance between two parts of the gradient. */
  readonly stride: number;
  /** In how many parts the gradient is summed; 0 for weights without one. */
  readonly parts: number;
  /** First number in the gradient parts array. */
  readonly partsOffset: number;
  /** Number i belongs to filter ⌊i / inner⌋ mod filters: all that make one output channel. */
  readonly filters: number;
  readonly inner: number;
  /** The first of its filters among those of all weights. */
  readonly firstFlag: number;
}

export class WeightLayout {
  readonly sections: ReadonlyMap<string, Section>;
  /** Numbers in the weights array, the gaps between sections included. */
  readonly count: number;
  /** Numbers in the gradient parts array. */
  readonly partsCount: number;
  /** Filters of all weights. */
  readonly flagCount: number;

  /** @param partsOf in how many parts the gradient of a weight is summed; 0 where it has none. */
  constructor(model: ResolvedModel, partsOf: (weight: string) => number) {
    const sections = new Map<string, Section>();
    let offset = 0;
    let partsOffset = 0;
    let firstFlag = 0;
    const specs = model.layers.flatMap((layer) => layer.weights.map((spec) => ({ layer, spec })));
    for (const { layer, spec } of specs) {
      const length = cellCount(spec.shape);
      const stride = Math.ceil(length / sectionAlignment) * sectionAlignment;
      const parts = partsOf(spec.name);
      const { filters, inner } = filtersOf(layer, spec);
      sections.set(spec.name, { spec, offset, length, stride, parts, partsOffset, filters, inner, firstFlag });
      offset += stride;
      partsOffset += stride * parts;
      firstFlag += filters;
    }
    this.sections = sections;
    this.count = offset;
    this.partsCount = partsOffset;
    this.flagCount = firstFlag;
  }

  get blockCount(): number {
    return this.count / blockSize;
  }

  get names(): readonly string[] {
    return [...this.sections.keys()];
  }

  /** @throws EngineError `badArgument` for a name that is none of the weights'. */
  section(name: string): Section {
    const section = this.sections.get(name);
    if (section) return section;
    throw new EngineError(
      'badArgument',
      `weights: name must be one of ${this.names.join(', ')}. Received name=${show(name)}.`,
    );
  }
}

/** A filter has the last axis in common, in depthwise kernels the last two. */
function filtersOf(layer: ResolvedLayer, { name, shape }: WeightSpec): { filters: number; inner: number } {
  const [beforeLast = 1, last = 1] = [shape.at(-2), shape.at(-1)];
  const isKernel = shape.length === 4;
  const isDepthwise =
    layer.type === 'depthwiseConv2d' || (layer.type === 'separableConv2d' && !name.endsWith('/pointwise_kernel'));
  if (isKernel && isDepthwise) return { filters: beforeLast * last, inner: 1 };
  // Its kernel is that of the convolution it transposes: the filters come before that one's.
  if (isKernel && layer.type === 'conv2dTranspose') return { filters: beforeLast, inner: last };
  return { filters: last, inner: 1 };
}
