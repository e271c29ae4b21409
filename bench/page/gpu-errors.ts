/** Hears every error that WebGPU raises and nobody catches, on every device that the page is given. */
import { listen } from './wrap.ts';

const errors: string[] = [];

/** Begins to listen; it must stand before the trainer is loaded. */
export function watchGpuErrors(): void {
  listen(
    GPUAdapter.prototype,
    'requestDevice',
    () => undefined,
    (_, __, answer) => {
      void Promise.resolve(answer).then(
        (device) => {
          if (device instanceof GPUDevice) hear(device);
        },
        () => undefined,
      );
    },
  );
}

function hear(device: GPUDevice): void {
  device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  void device.lost.then(({ reason, message }) => {
    if (reason !== 'destroyed') errors.push(`device lost: ${message}`);
  });
}

/** What was heard so far. */
export function gpuErrors(): readonly string[] {
  return errors;
}
