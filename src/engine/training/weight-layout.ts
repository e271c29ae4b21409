/** Where each weight lies in the array of all weights, and the parts of its gradient in theirs. Pure arithmetic. */
import { EngineError } from '../error.ts';
import { show } from '../model/field-reader.ts';
import type { ResolvedModel, WeightSpec } from '../model/resolved.ts';

/** Weights per block of weight-gradient.wgsl. */
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
}

export class WeightLayout {
  readonly sections: ReadonlyMap<string, Section>;
  /** Numbers in the weights array, the gaps between sections included. */
  readonly count: number;
  /** Numbers in the gradient parts array. */
  readonly partsCount: number;

  /** @param partsOf in how many parts the gradient of a weight is summed; 0 where it has none. */
  constructor(model: ResolvedModel, partsOf: (weight: string) => number) {
    const sections = new Map<string, Section>();
    let offset = 0;
    let partsOffset = 0;
    for (const spec of model.layers.flatMap(({ weights }) => weights)) {
      const length = spec.shape.reduce((product, size) => product * size, 1);
      const stride = Math.ceil(length / sectionAlignment) * sectionAlignment;
      const parts = partsOf(spec.name);
      sections.set(spec.name, { spec, offset, length, stride, parts, partsOffset });
      offset += stride;
      partsOffset += stride * parts;
    }
    this.sections = sections;
    this.count = offset;
    this.partsCount = partsOffset;
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
