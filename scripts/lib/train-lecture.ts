/** The lecture's training run, in a page: five epochs of RMSprop on the 60,000 images, tested after each. */
import { createEngine, lectureModel, type EpochLogs, type Precision } from '../../src/engine/index.ts';
import { writeSafetensors } from '../../src/interop/safetensors.ts';

const imageHeaderBytes = 16;
const labelHeaderBytes = 8;

async function payload(name: string, headerBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`/mnist-files/${name}.gz`);
  if (!response.body) throw new Error(`mnist: ${name}.gz must be served. Received ${response.status}.`);
  const inflated = response.body.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(inflated).arrayBuffer()).slice(headerBytes);
}

/** Trains, reports each epoch on the console, and gives the weights as a safetensors file in base64. */
export async function trainLecture(epochs: number, seed: number, precision: Precision): Promise<string> {
  const failures: string[] = [];
  const engine = await createEngine({ onError: (message) => failures.push(message) });
  const { vendor, architecture, description } = engine.adapter;
  console.log(
    `adapter: ${[vendor, architecture, description].filter(Boolean).join(' ')}; seed ${seed}; batch size 64; ${precision}`,
  );
  const options = { batchSize: 64, optimizer: { type: 'rmsprop' }, seed, precision } as const;
  const network = await engine.compile(lectureModel, options);
  const upload = async (prefix: string, size: number) =>
    engine.upload({
      images: await payload(`${prefix}-images-idx3-ubyte`, imageHeaderBytes),
      labels: await payload(`${prefix}-labels-idx1-ubyte`, labelHeaderBytes),
      shape: [size, 28, 28, 1],
      classes: 10,
    });
  const train = await upload('train', 60_000);
  const test = await upload('t10k', 10_000);
  const startMs = performance.now();
  const onEpochEnd = ({ epoch, loss, accuracy, valLoss = NaN, valAccuracy = NaN }: EpochLogs) => {
    const minutes = ((performance.now() - startMs) / 60_000).toFixed(1);
    console.log(
      `epoch ${epoch + 1}: loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}; test loss ${valLoss.toFixed(4)}, test accuracy ${valAccuracy.toFixed(4)} (${minutes} min)`,
    );
  };
  const { outcome } = await network.fit(train, { epochs, validation: test, callbacks: { onEpochEnd } }).finished;
  if (outcome !== 'finished' || failures.length > 0) throw new Error(`training: ${outcome}. ${failures.join(' ')}`);
  const file = writeSafetensors(await network.getWeights(), {
    model: 'lecture-cnn',
    epochs: String(epochs),
    seed: String(seed),
  });
  engine.dispose();
  return toBase64(file);
}

function toBase64(bytes: Uint8Array): string {
  const pieces = Array.from({ length: Math.ceil(bytes.length / 8192) }, (_, index) =>
    String.fromCharCode(...bytes.subarray(index * 8192, (index + 1) * 8192)),
  );
  return btoa(pieces.join(''));
}
