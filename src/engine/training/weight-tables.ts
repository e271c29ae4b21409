/** The tables of weight-sections.wgsl, by which kernels over all weights find a number's section, gradient and filter. */
import { blockSize, type WeightLayout } from './weight-layout.ts';

/** 32-bit words of the structs `Block` and `Section`. */
export const blockWords = 4;
export const sectionWords = 8;

/** What may be done to the filter of a number; the words of the array of flags. */
export const filterFlags = { frozen: 0, learning: 1, zeroed: 2 } as const;

/** `Block` for every block. */
export function blockTable({ count, sections }: WeightLayout): Int32Array<ArrayBuffer> {
  const table = new Int32Array((count / blockSize) * blockWords);
  [...sections.values()].forEach(({ offset, stride, parts, partsOffset }, index) => {
    for (let block = 0; block < stride / blockSize; block++) {
      table.set([partsOffset + block * blockSize, stride, parts, index], (offset / blockSize + block) * blockWords);
    }
  });
  return table;
}

/** `Section` for every section. */
export function sectionTable({ sections }: WeightLayout): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(sections.size * sectionWords * 4));
  [...sections.values()].forEach(({ spec, offset, stride, firstFlag, filters, inner }, index) => {
    const start = index * sectionWords * 4;
    const words = [offset / blockSize, stride / blockSize, firstFlag, filters, inner];
    words.forEach((value, word) => view.setInt32(start + 4 * word, value, true));
    const { l1 = 0, l2 = 0 } = spec.regularizer ?? {};
    [l1, l2].forEach((value, word) => view.setFloat32(start + 20 + 4 * word, value, true));
  });
  return view.buffer;
}

/** The flags when there are no masks: frozen weights do not learn. */
export function unmaskedFlags({ sections, flagCount }: WeightLayout): Uint32Array<ArrayBuffer> {
  const flags = new Uint32Array(flagCount);
  for (const { spec, firstFlag, filters } of sections.values()) {
    flags.fill(spec.isTrainable ? filterFlags.learning : filterFlags.frozen, firstFlag, firstFlag + filters);
  }
  return flags;
}
