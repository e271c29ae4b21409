/** Getting a device, describing its adapter in words, and knowing when it is gone. */
import type { AdapterDescription, EngineOptions } from '../contract.ts';
import { EngineError } from '../error.ts';

/** Devices known to be lost or destroyed: a dead device answers most calls as if it were healthy. */
const goneDevices = new WeakSet<GPUDevice>();

export function isDeviceGone(device: GPUDevice): boolean {
  return goneDevices.has(device);
}

export interface OpenedDevice {
  readonly device: GPUDevice;
  readonly adapter: AdapterDescription;
  readonly isOwned: boolean;
}

/** The device given, or a new one. @throws EngineError `noWebGPU`, `noAdapter`. */
export async function openDevice(options: EngineOptions): Promise<OpenedDevice> {
  const { device, adapter, isOwned } = options.device
    ? { device: options.device, adapter: options.device.adapterInfo, isOwned: false }
    : await requestDevice(options);
  void device.lost.then(() => goneDevices.add(device));
  return { device, adapter: describe(adapter, device.features), isOwned };
}

/** Taken where there are: half precision for networks that ask for it, quads for kernels that gain by them, a clock for profiles. */
const wantedFeatures: readonly GPUFeatureName[] = ['shader-f16', 'subgroups', 'timestamp-query'];

async function requestDevice(options: EngineOptions) {
  const gpu = options.gpu ?? (typeof navigator === 'undefined' ? undefined : navigator.gpu);
  if (!gpu)
    throw new EngineError('noWebGPU', 'gpu: this browser must support WebGPU. Received navigator.gpu=undefined.');
  const adapter = await gpu.requestAdapter(options.powerPreference && { powerPreference: options.powerPreference });
  if (!adapter) throw new EngineError('noAdapter', 'gpu: WebGPU must find a graphics adapter. Received adapter=null.');
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  try {
    const device = await adapter.requestDevice({
      label: 'receptive',
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
      requiredFeatures: wantedFeatures.filter((feature) => adapter.features.has(feature)),
    });
    return { device, adapter: adapter.info, isOwned: true };
  } catch (error) {
    throw new EngineError('noAdapter', `gpu: the adapter must give a device. Received ${String(error)}`);
  }
}

/** Fields are missing on some browsers, whatever the types say. */
function describe(info: Partial<GPUAdapterInfo> | undefined, features: GPUSupportedFeatures): AdapterDescription {
  const vendor = info?.vendor ?? '';
  const architecture = info?.architecture ?? '';
  const description = info?.description ?? '';
  const words = `${vendor} ${architecture} ${description} ${info?.device ?? ''}`.toLowerCase();
  const isSoftware = info?.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|warp|basic render/.test(words);
  return { vendor, architecture, description, isSoftware, hasFloat16: features.has('shader-f16') };
}

/** Destroys a device of our own; its loss is then not an accident. */
export function closeDevice(device: GPUDevice): void {
  goneDevices.add(device);
  device.destroy();
}
