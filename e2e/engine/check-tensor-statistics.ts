/** Runs in the engine's page: what the page is told of a layer seen large, computed on the GPU by the worker's own code. */
import type { ModelConfig } from '../../src/engine/index.ts';
import { cellCount } from '../../src/engine/shape/cells.ts';
import { TailNetwork } from '../../src/worker/tail-network.ts';
import { TensorStatistics } from '../../src/worker/tensor-statistics.ts';
import type { Histogram } from '../../src/worker/views-messages.ts';
import { randomFloats, seededUniform } from './reference/seeded-random.ts';

/** Histograms of tensors that hold these numbers. */
export async function histogramsOf(tensors: readonly (readonly number[])[]): Promise<readonly Histogram[]> {
  const { device } = proof.engine;
  const views = tensors.map((numbers) => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: 4 * numbers.length, usage });
    device.queue.writeBuffer(buffer, 0, Float32Array.from(numbers));
    return { buffer, offsetBytes: 0, sizeBytes: 4 * numbers.length, shape: [numbers.length] };
  });
  const histograms = await new TensorStatistics(device).histograms(views);
  for (const { buffer } of views) buffer.destroy();
  return histograms;
}

/** The largest magnitude of every map over random images: as noted on the GPU, and in the network's own activations. */
export async function largestBesideActivations(config: ModelConfig, layer: string, images: number) {
  const network = await proof.engine.compile(config, { batchSize: 4, optimizer: { type: 'sgd' }, seed: 3 });
  const cells = cellCount(config.inputShape);
  const pixels = randomFloats(images * cells, seededUniform(5));
  const statistics = new TensorStatistics(proof.engine.device);
  const largest = statistics.beginLargest(network.inspection.outputs(layer));
  for (let image = 0; image < images; image++) {
    const encoder = proof.engine.device.createCommandEncoder();
    network.inspection.setInput(pixels.slice(image * cells, (image + 1) * cells));
    network.inspection.encode(encoder);
    statistics.noteLargest(encoder, largest);
    proof.engine.device.queue.submit([encoder.finish()]);
  }
  const noted = [...(await statistics.endLargest(largest))];
  const { shape, data } = await network.activations(pixels, layer);
  network.dispose();
  const maps = shape.at(-1) ?? 1;
  const known = noted.map((_, map) =>
    data.reduce((most, value, index) => (index % maps === map ? Math.max(most, Math.abs(value)) : most), 0),
  );
  return { noted, known };
}

/** The gradient by the outputs of a layer that only passes its input on, and the gradient by that input. */
export async function tailBesideInputs(config: ModelConfig, layer: string) {
  const network = await proof.engine.compile(config, { batchSize: 4, optimizer: { type: 'sgd' }, seed: 3 });
  const cells = cellCount(config.inputShape);
  const pixels = randomFloats(cells, seededUniform(6));
  const tail = new TailNetwork();
  const byOutputs = await tail.gradient(proof.engine, network, { layer, pixels, label: 1 });
  const { inputs } = await network.gradients(pixels, Uint8Array.of(1));
  tail.dispose();
  network.dispose();
  return { byOutputs: byOutputs && { shape: byOutputs.shape, data: [...byOutputs.data] }, byInputs: [...inputs] };
}
