/** Receptive, used as its README shows. */
import { createEngine, type Tensor } from '../../src/engine/index.ts';
import type { Job, Trainer } from '../page/trainer.ts';

/** Compiles the network with RMSprop at Keras's defaults. */
export async function open({ config, batchSize, digits }: Job): Promise<Trainer> {
  const failures: string[] = [];
  const engine = await createEngine({ onError: (message) => failures.push(message) });
  const network = await engine.compile(config, { batchSize, optimizer: { type: 'rmsprop' } });
  const data = engine.upload({ ...digits, classes: 10 });
  // Whole batches only, as for the others.
  const examples = data.take(Math.floor(data.size / batchSize) * batchSize);
  const firstWeights = await network.getWeights();
  const kernelName = firstWeights[0]?.name;
  return {
    notes: [],
    tune: async () => {
      await network.tuning.setMode('auto');
      await network.tuning.measure();
    },
    train: async (count) => {
      let loss = NaN;
      const epochs = Math.ceil((count * batchSize) / examples.size);
      const onSteps = (steps: readonly { readonly loss: number }[]) => {
        loss = steps.at(-1)?.loss ?? NaN;
      };
      const run = network.fit(examples, { epochs, maxSteps: count, shuffle: false, callbacks: { onSteps } });
      const { outcome } = await run.finished;
      if (outcome === 'nonFinite' || failures.length > 0) throw new Error(`fit: ${outcome}. ${failures.join(' ')}`);
      return loss;
    },
    predict: (images) => network.predict(images),
    firstKernel: async () => {
      const isFirst = ({ name }: Tensor & { readonly name: string }) => name === kernelName;
      return (await network.getWeights()).find(isFirst)?.data ?? new Float32Array();
    },
    weights: () => Promise.resolve(firstWeights),
    ledger: () => engine.ledger,
  };
}
