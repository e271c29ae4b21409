/** Counts what a GPU device is asked to create, by wrapping its methods on the one object. Runs in a page. */

const creators = [
  'createBuffer',
  'createTexture',
  'createSampler',
  'createBindGroup',
  'createBindGroupLayout',
  'createPipelineLayout',
  'createShaderModule',
  'createComputePipeline',
  'createComputePipelineAsync',
  'createRenderPipeline',
  'createRenderPipelineAsync',
  'createQuerySet',
] as const;

/** Counters by method name, until `stop` takes the wrappers off. */
export function countCreations(device: GPUDevice): {
  readonly now: () => Record<string, number>;
  readonly total: () => number;
  readonly stop: () => void;
} {
  const counts = new Map<string, number>(creators.map((name) => [name, 0]));
  for (const name of creators) {
    const original: unknown = Reflect.get(device, name);
    if (typeof original !== 'function')
      throw new Error(`countCreations: a device can ${name}. Received ${typeof original}.`);
    Object.defineProperty(device, name, {
      configurable: true,
      value: (...given: unknown[]): unknown => {
        counts.set(name, (counts.get(name) ?? 0) + 1);
        return Reflect.apply(original, device, given);
      },
    });
  }
  return {
    now: () => Object.fromEntries(counts),
    total: () => [...counts.values()].reduce((a, b) => a + b, 0),
    stop: () => creators.forEach((name) => Reflect.deleteProperty(device, name)),
  };
}
