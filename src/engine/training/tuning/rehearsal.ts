/** A pass forward and backward that changes nothing lasting, run as far as wanted, so that a kernel has real tensors to read. */
import type { BoundDispatch } from '../../gpu/dispatch.ts';
import { encodeElements, type Element } from '../../gpu/half.ts';
import type { BufferSlice, Kernel, PlannedTensor } from '../../gpu/kernel.ts';
import type { Graph } from '../graph.ts';

/** What the tuner needs of the network whose kernels it measures. */
export interface Rehearsal {
  /** In the order they run. */
  readonly kernels: readonly Kernel[];
  /** Compiles and binds all of them. */
  prepare(): Promise<void>;
  /** Writes a batch of made-up examples; nothing else may use the network's tensors until the end of the submit. */
  begin(): void;
  /** As they are bound now, one for each of `kernels`. */
  dispatches(): readonly BoundDispatch[];
  place(tensor: PlannedTensor): BufferSlice;
  /** Makes the network go another way from the next encoding on. */
  choose(key: string, choice: string): Promise<void>;
}

export interface RehearsalParts<Name extends string> {
  readonly device: GPUDevice;
  readonly graph: Graph<Name>;
  /** The groups to run, in order. */
  readonly groups: readonly Name[];
  readonly inputs: PlannedTensor;
  readonly targets: PlannedTensor;
  readonly element: Element;
  readonly batchSize: number;
  readonly classes: number;
  readonly inputCells: number;
  /** Makes the pass one over a whole batch. */
  startBatch(): void;
}

/** Rehearses a trainer's graph. */
export function rehearse<Name extends string>(parts: RehearsalParts<Name>): Rehearsal {
  const { device, graph, groups, batchSize, classes } = parts;
  const write = (tensor: PlannedTensor, bytes: Uint8Array<ArrayBuffer>) => {
    const { buffer, offset } = graph.place(tensor);
    device.queue.writeBuffer(buffer, offset, bytes);
  };
  return {
    kernels: groups.flatMap((name) => graph.kernels(name)),
    prepare: () => graph.prepare(groups),
    begin: () => {
      parts.startBatch();
      const draw = madeUpNumbers();
      const pixels = new Float32Array(batchSize * parts.inputCells).map(draw);
      const rows = new Float32Array(batchSize * classes);
      for (let example = 0; example < batchSize; example++) rows[example * classes + Math.floor(draw() * classes)] = 1;
      write(parts.inputs, encodeElements(pixels, parts.element));
      write(parts.targets, encodeElements(rows, 'f32'));
    },
    dispatches: () => groups.flatMap((name) => graph.group(name)),
    place: (tensor) => graph.place(tensor),
    choose: (key, choice) => graph.choose(key, choice),
  };
}

/** Numbers in [0, 1), always the same: a linear congruential generator, as they need be no more than different. */
function madeUpNumbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
