/** Evaluation of a whole data set: forward only, metrics and confusion counted on the GPU. */
import type { Evaluation } from '../contract.ts';
import { readSlices } from '../gpu/readback.ts';
import type { GpuDataset } from './dataset.ts';
import { EpochMeans } from './epoch-means.ts';
import type { GraphContext } from './graph.ts';
import type { MetricsReader } from './metrics-reader.ts';
import { Pacer } from './pacer.ts';
import type { Trainer } from './trainer.ts';

/** Evaluates with the weights as they are; nothing may train meanwhile. */
export async function evaluateDataset(
  context: GraphContext,
  trainer: Trainer,
  reader: MetricsReader,
  data: GpuDataset,
  batchSize: number,
  signal: AbortSignal | undefined,
): Promise<Evaluation> {
  const { device, memory } = context;
  const [feed] = await Promise.all([trainer.feed(data), trainer.prepareForward(), trainer.prepareEvaluation()]);
  trainer.manualState.restart(data.size);
  const clearing = device.createCommandEncoder({ label: 'clear confusion' });
  clearing.clearBuffer(trainer.confusion.buffer);
  device.queue.submit([clearing.finish()]);
  const batches = Math.ceil(data.size / batchSize);
  const means = new EpochMeans();
  const pacer = new Pacer();
  let inFlight: Promise<void> = Promise.resolve();
  for (let done = 0; done < batches && !signal?.aborted;) {
    const count = Math.min(pacer.steps, batches - done);
    const encoder = device.createCommandEncoder({ label: 'evaluation' });
    const pass = encoder.beginComputePass({ label: 'evaluation' });
    for (let batch = 0; batch < count; batch++) trainer.encodeEvaluation(pass, feed);
    pass.end();
    const metrics = reader.encode(encoder, done, count);
    device.queue.submit([encoder.finish()]);
    const submittedMs = performance.now();
    const previous = inFlight;
    inFlight = metrics.read().then(async (filed) => {
      // Reads that are ready at once may come in either order, and sums depend on theirs.
      await previous;
      pacer.report(count, submittedMs, performance.now());
      for (const step of filed) means.add(step);
    });
    // When an earlier read fails, nobody comes to hear of this one.
    inFlight.catch(() => undefined);
    await previous;
    done += count;
  }
  await inFlight;
  if (signal?.aborted) throw new DOMException('evaluate: was cancelled.', 'AbortError');
  const { classes } = trainer;
  const [counts = new ArrayBuffer(0)] = await readSlices(device, memory, [
    { ...trainer.confusion, size: classes * classes * 4 },
  ]);
  return { ...means.take(), confusion: new Uint32Array(counts) };
}
