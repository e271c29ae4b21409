/** Counts what the steps of a run ask of a device: dispatches by name, passes, submits, writes. Runs in a page. */
import type { Engine, ModelConfig, OptimizerConfig } from '../../src/engine/index.ts';
import { cellCount } from '../../src/engine/shape/cells.ts';

export interface CountOptions {
  readonly model: ModelConfig;
  readonly batchSize: number;
  readonly optimizer: OptimizerConfig;
  readonly steps: number;
}

/** The labels of what one step dispatches, in order; every step must be the same. */
export async function dispatchesOfStep(engine: Engine, options: CountOptions): Promise<readonly string[]> {
  const { model, batchSize, optimizer, steps } = options;
  const network = await engine.compile(model, { batchSize, optimizer });
  const cells = cellCount(model.inputShape);
  const examples = batchSize * steps;
  const data = engine.upload({
    images: new Uint8Array(examples * cells),
    labels: new Uint8Array(examples),
    shape: [examples, ...model.inputShape],
    classes: 2,
  });
  const labels: string[] = [];
  const { device } = engine;
  const create = device.createCommandEncoder.bind(device);
  const replaced = (given?: GPUCommandEncoderDescriptor) => {
    const encoder = create(given);
    const begin = encoder.beginComputePass.bind(encoder);
    encoder.beginComputePass = (descriptor) => {
      const pass = begin(descriptor);
      const [bind, dispatch] = [pass.setBindGroup.bind(pass), pass.dispatchWorkgroups.bind(pass)];
      let label = '';
      pass.setBindGroup = (index: number, group: GPUBindGroup | null) => {
        label = group?.label ?? '';
        bind(index, group);
      };
      pass.dispatchWorkgroups = (x, y) => {
        if (descriptor?.label === 'training steps') labels.push(label);
        dispatch(x, y);
      };
      return pass;
    };
    return encoder;
  };
  Object.defineProperty(device, 'createCommandEncoder', { configurable: true, value: replaced });
  try {
    await network.fit(data, { epochs: 1 }).finished;
  } finally {
    Reflect.deleteProperty(device, 'createCommandEncoder');
    network.dispose();
    data.dispose();
  }
  const perStep = labels.length / steps;
  const first = labels.slice(0, perStep);
  if (labels.some((label, index) => label !== first[index % perStep]))
    throw new Error(`dispatches: every step must be the same. Received ${labels.join(', ')}.`);
  return first;
}

/** A device that says it is a graphics card, whatever it is. */
export async function cardDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('device: WebGPU must find an adapter. Received adapter=null.');
  const device = await adapter.requestDevice();
  Object.defineProperty(device, 'adapterInfo', { value: { isFallbackAdapter: false } });
  return device;
}
