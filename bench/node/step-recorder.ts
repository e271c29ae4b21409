/** Watches a device and writes down the dispatches of a training step, so that each can be run again by itself. */
import type { Encode } from './stopwatch.ts';

/** A dispatch as it was encoded. */
export interface RecordedDispatch {
  /** Its bind group's. */
  readonly label: string;
  /** What it is bound to, each buffer's bound part once; of the data set, the share of one batch. */
  readonly bytes: number;
  /** Encodes it once more. */
  readonly encode: Encode;
}

interface BoundGroup {
  readonly label: string;
  readonly parts: readonly { readonly buffer: GPUBuffer; readonly sizeBytes: number }[];
}

/** Labels of the buffers that hold something for every example of the data set, of which a step reads a batch's. */
const dataSetBuffers: readonly string[] = ['images', 'labels', 'permutation'];

/** Sees bind groups from the moment it is made; make it before anything is compiled. */
export class StepRecorder {
  readonly #groups = new WeakMap<GPUBindGroup, BoundGroup>();
  #recorded: RecordedDispatch[] | undefined;
  #share = 1;

  constructor(device: GPUDevice) {
    const createBindGroup = device.createBindGroup.bind(device);
    device.createBindGroup = (descriptor) => {
      const group = createBindGroup(descriptor);
      this.#groups.set(group, readGroup(descriptor));
      return group;
    };
    const createCommandEncoder = device.createCommandEncoder.bind(device);
    device.createCommandEncoder = (descriptor) => {
      const encoder = createCommandEncoder(descriptor);
      if (this.#recorded) this.#watchPasses(encoder);
      return encoder;
    };
  }

  /**
   * The dispatches that `run` encodes.
   * @param share of the data set's examples in a batch.
   */
  async record(share: number, run: () => Promise<unknown>): Promise<readonly RecordedDispatch[]> {
    const recorded: RecordedDispatch[] = [];
    [this.#recorded, this.#share] = [recorded, share];
    try {
      await run();
    } finally {
      this.#recorded = undefined;
    }
    return recorded;
  }

  #watchPasses(encoder: GPUCommandEncoder): void {
    const beginComputePass = encoder.beginComputePass.bind(encoder);
    encoder.beginComputePass = (descriptor) => {
      const pass = beginComputePass(descriptor);
      this.#watchPass(pass);
      return pass;
    };
  }

  #watchPass(pass: GPUComputePassEncoder): void {
    let pipeline: GPUComputePipeline | undefined;
    let group: GPUBindGroup | undefined;
    before(pass, 'setPipeline', ([next]) => {
      if (next instanceof GPUComputePipeline) pipeline = next;
    });
    before(pass, 'setBindGroup', ([place, next, ...offsets]) => {
      if (place !== 0 || offsets.length > 0 || !(next instanceof GPUBindGroup)) {
        throw new Error('recorder: a dispatch must have one bind group without dynamic offsets.');
      }
      group = next;
    });
    before(pass, 'dispatchWorkgroups', (counts) => {
      this.#recorded?.push(this.#dispatch(pipeline, group, counts.map(Number)));
    });
  }

  #dispatch(
    pipeline: GPUComputePipeline | undefined,
    group: GPUBindGroup | undefined,
    [x = 1, y = 1, z = 1]: readonly number[],
  ): RecordedDispatch {
    const bound = group && this.#groups.get(group);
    if (!pipeline || !bound) throw new Error('recorder: must be made before what it records is bound.');
    const shareOf = (buffer: GPUBuffer) => (dataSetBuffers.includes(buffer.label) ? this.#share : 1);
    return {
      label: bound.label,
      bytes: Math.round(bound.parts.reduce((sum, { buffer, sizeBytes }) => sum + sizeBytes * shareOf(buffer), 0)),
      encode: (pass) => {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(x, y, z);
      },
    };
  }
}

function readGroup({ label = '', entries }: GPUBindGroupDescriptor): BoundGroup {
  const parts = [...entries].flatMap(({ resource }) => {
    if (!('buffer' in resource)) return [];
    const { buffer, offset = 0, size = buffer.size - offset } = resource;
    return [{ buffer, sizeBytes: size }];
  });
  return { label, parts };
}

/** Has `look` told of every call of a method before it is made. */
function before<Target extends object>(
  target: Target,
  method: keyof Target & string,
  look: (words: readonly unknown[]) => void,
): void {
  const real: unknown = Reflect.get(target, method);
  if (typeof real !== 'function') throw new Error(`recorder: ${method} must be a method. Received ${typeof real}.`);
  Reflect.set(target, method, (...words: unknown[]) => {
    look(words);
    Reflect.apply(real, target, words);
  });
}
