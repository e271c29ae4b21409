/** Trains a network on one fixed batch of pictures, real digits or generated coloured ones. Runs in a page. */
import type { DatasetSource, Engine, Ledger, ModelConfig } from '../../src/engine/index.ts';
import { seededUniform } from './reference/seeded-random.ts';

const classes = 10;

/** What the fixed batch did to the network and what was left of it. */
export interface BatchTraining {
  /** By the network's own summary. */
  readonly params: number;
  /** Of the batch. */
  readonly lossBefore: number;
  readonly lossAfter: number;
  /** After the network and its data were disposed of. */
  readonly ledger: Ledger;
}

/** Pictures of ten classes: each has a colour and a stripe of its own, and noise over both. */
export function colouredPictures(count: number, [height, width, channels]: ModelConfig['inputShape']): DatasetSource {
  const next = seededUniform(17);
  const labels = Uint8Array.from({ length: count }, (_, example) => example % classes);
  const images = Uint8Array.from({ length: count * height * width * channels }, (_, at) => {
    const cell = Math.floor(at / channels);
    const label = labels[Math.floor(cell / (height * width))] ?? 0;
    const row = Math.floor(cell / width) % height;
    const isStriped = (row + label) % (2 + (label % 3)) === 0;
    const colour = 30 + 190 * (((label >> (at % channels)) & 1) ^ (isStriped ? 1 : 0));
    return colour + 25 * next();
  });
  return { images, labels, shape: [count, height, width, channels], classes };
}

/** The batch of real digits where the network reads digits, of coloured pictures otherwise. */
function batchFor(config: ModelConfig, count: number, digits: Pick<DatasetSource, 'images' | 'labels'>): DatasetSource {
  const [height, width, channels] = config.inputShape;
  if (channels !== 1) return colouredPictures(count, config.inputShape);
  const images = digits.images.slice(0, count * height * width);
  return { images, labels: digits.labels.slice(0, count), shape: [count, height, width, channels], classes };
}

/**
 * A few steps of Adam on one batch. Its loss, before and after, is that of inference, without dropout; where there is batch
 * normalization, that of training: moving statistics need hundreds of steps.
 */
export async function trainOnBatch(
  engine: Engine,
  config: ModelConfig,
  digits: Pick<DatasetSource, 'images' | 'labels'>,
  options: { readonly batchSize: number; readonly steps: number; readonly learningRate: number },
): Promise<BatchTraining> {
  const { batchSize, steps, learningRate } = options;
  const source = batchFor(config, batchSize, digits);
  const network = await engine.compile(config, { batchSize, optimizer: { type: 'adam', learningRate } });
  const data = engine.upload(source);
  const pixels = Float32Array.from(source.images, (value) => value / 255);
  const isNormalized = config.layers.some(({ type }) => type === 'batchNormalization');
  const lossNow = async () =>
    (isNormalized ? await network.gradients(pixels, source.labels) : await network.evaluate(data)).loss;
  const lossBefore = await lossNow();
  await network.fit(data, { epochs: steps }).finished;
  const lossAfter = await lossNow();
  const params = network.summary().reduce((sum, layer) => sum + layer.params, 0);
  network.dispose();
  data.dispose();
  return { params, lossBefore, lossAfter, ledger: { ...engine.ledger } };
}
