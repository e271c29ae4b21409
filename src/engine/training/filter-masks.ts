/** Masks of single filters: which do not learn, and which are held at zero while their numbers are put by. */
import { EngineError } from '../error.ts';
import { bindKernel, encodeDispatches, type BoundDispatch } from '../gpu/dispatch.ts';
import { wholeBuffer, type BufferSlice } from '../gpu/kernel.ts';
import { workgroupSizeFor, type Target } from '../layers/op.ts';
import type { GraphContext } from './graph.ts';
import type { Section, WeightLayout } from './weight-layout.ts';
import type { WeightStore } from './weight-store.ts';
import { filterFlags, unmaskedFlags } from './weight-tables.ts';

/** Values of a mask, one per filter. */
const maskValues = { frozen: 0, normal: 1, zeroed: 2 } as const;

/** The flags in force, and the numbers of the filters that they hold at zero. */
export interface HeldFilters {
  readonly flags: Uint32Array<ArrayBuffer>;
  /** Laid out like the weights. */
  readonly putBy: BufferSlice;
}

export class FilterMasks {
  /** What was asked for, and what the weights on the GPU look like. */
  readonly #wanted: Uint32Array<ArrayBuffer>;
  readonly #enforced: Uint32Array<ArrayBuffer>;
  #ready: Promise<void> | undefined;
  #enforcement:
    { readonly dispatch: BoundDispatch; readonly formerFlags: BufferSlice; readonly putBy: BufferSlice } | undefined;

  constructor(
    private readonly context: GraphContext,
    private readonly store: WeightStore,
    private readonly target: Target,
  ) {
    this.#wanted = unmaskedFlags(store.layout);
    this.#enforced = this.#wanted.slice();
  }

  /** Undefined while no filter is held at zero. */
  get held(): HeldFilters | undefined {
    if (!this.#enforcement || !this.#enforced.includes(filterFlags.zeroed)) return undefined;
    return { flags: this.#enforced.slice(), putBy: this.#enforcement.putBy };
  }

  /** Compiles what masks need; nothing is made before the first one. */
  prepare(): Promise<void> {
    this.#ready ??= this.#bind();
    return this.#ready;
  }

  /** Notes a mask, for `enforce`; none frees all filters. @throws EngineError `badArgument`. */
  set(name: string, mask: Uint8Array | undefined): void {
    const section = this.store.layout.section(name);
    if (mask) checkMask(section, mask);
    const { spec, firstFlag, filters } = section;
    for (let filter = 0; filter < filters; filter++) {
      const value = mask?.[filter] ?? maskValues.normal;
      const isFrozen = value === maskValues.frozen || !spec.isTrainable;
      this.#wanted[firstFlag + filter] =
        value === maskValues.zeroed ? filterFlags.zeroed : isFrozen ? filterFlags.frozen : filterFlags.learning;
    }
  }

  /** The numbers of these weights were written anew: filters held at zero take them for the ones to put by. */
  renew(names: readonly string[]): void {
    for (const name of names) {
      const { firstFlag, filters } = this.store.layout.section(name);
      this.#enforced.fill(filterFlags.learning, firstFlag, firstFlag + filters);
    }
    this.enforce();
  }

  /** Brings weights and flags on the GPU up to what was asked for, once `prepare` is done. */
  enforce(): void {
    if (!this.#enforcement) return;
    const { device } = this.context;
    const { dispatch, formerFlags } = this.#enforcement;
    device.queue.writeBuffer(formerFlags.buffer, 0, this.#enforced);
    device.queue.writeBuffer(this.store.flags.buffer, 0, this.#wanted);
    const encoder = device.createCommandEncoder({ label: 'filter masks' });
    const pass = encoder.beginComputePass({ label: 'filter masks' });
    encodeDispatches(pass, [dispatch]);
    pass.end();
    device.queue.submit([encoder.finish()]);
    this.#enforced.set(this.#wanted);
  }

  async #bind(): Promise<void> {
    const { device, memory, pipelines } = this.context;
    const { blocks, sections, flags, weights, count } = this.store;
    const slice = (label: string, sizeBytes: number) => wholeBuffer(memory.storage(label, sizeBytes));
    const formerFlags = slice('former filter flags', this.#wanted.byteLength);
    const putBy = slice('weights put by', count * 4);
    const kernel = {
      label: 'filter masks',
      shader: 'filter-mask',
      entryPoint: 'enforce',
      constants: { weightCount: count },
      bindings: { blocks, sections, flags, formerFlags, weights, putBy },
      invocations: count,
      workgroupSize: workgroupSizeFor(this.target),
    };
    const compiled = await pipelines.compile(kernel);
    const dispatch = bindKernel(device, kernel, compiled, ({ label }) => {
      throw new EngineError('internal', `filter masks: bind no planned tensor. Received ${label}.`);
    });
    this.#enforcement = { dispatch, formerFlags, putBy };
  }
}

/** Gives filters that were held at zero their numbers back, in a copy of the weights. */
export function unmask(
  { sections }: WeightLayout,
  flags: Uint32Array,
  weights: Float32Array<ArrayBuffer>,
  putBy: Float32Array<ArrayBuffer>,
): void {
  for (const { offset, length, filters, inner, firstFlag } of sections.values()) {
    for (let place = 0; place < length; place++) {
      const filter = Math.floor(place / inner) % filters;
      if (flags[firstFlag + filter] === filterFlags.zeroed) weights[offset + place] = putBy[offset + place] ?? 0;
    }
  }
}

function checkMask({ spec, filters }: Section, mask: Uint8Array): void {
  const highest = maskValues.zeroed;
  if (mask.length === filters && mask.every((value) => value <= highest)) return;
  const shown = [...mask.slice(0, 8)].join(', ');
  throw new EngineError(
    'badArgument',
    `${spec.name}: a filter mask must hold ${filters} numbers: 0 frozen, 1 normal, 2 zeroed. Received mask=[${shown}], mask.length=${mask.length}.`,
  );
}
