/**
 * Runs in the engine's page: what the worker tells of saliency and of climbs, beside the same networks with linear sums at the layer in
 * question, which are asked for nothing but outputs.
 */
import type { Engine, LayerConfig, ModelConfig, Network } from '../../src/engine/index.ts';
import { Climber } from '../../src/worker/climber.ts';
import { startPicture, stepUphill } from '../../src/worker/gradient-ascent.ts';
import type { Climb, ClimbProgress, Report, Saliency } from '../../src/worker/protocol.ts';
import { SaliencyWatcher } from '../../src/worker/saliency.ts';
import { randomFloats, seededUniform } from './reference/seeded-random.ts';
import { startWeights } from './reference/start-weights.ts';

type Floats = Float32Array<ArrayBuffer>;

const weightSeed = 41;
const imageSeed = 42;
const reach = 0.05;

const cellsOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

async function compiled(engine: Engine, model: ModelConfig, batchSize = 1): Promise<Network> {
  // No loss is asked for; this one takes outputs that are no probabilities, too.
  const options = { batchSize, optimizer: { type: 'sgd' }, loss: 'meanSquaredError' } as const;
  const network = await engine.compile(model, options);
  network.setWeights(startWeights(model, weightSeed));
  return network;
}

/** The model with the sums of a layer as its outputs, the layers behind it as they are. */
function withSums(model: ModelConfig, layer: string): ModelConfig {
  const linear = (each: LayerConfig): LayerConfig =>
    each.name === layer && 'activation' in each ? { ...each, activation: 'linear' } : each;
  return { ...model, layers: model.layers.map(linear) };
}

/** What the worker told of the saliency of a unit of the last layer, and the slopes of its score, channel by channel. */
export interface SaliencyFindings {
  readonly told: Omit<Saliency, 'image' | 'gradient' | 'product'> & Record<'image' | 'gradient' | 'product', number[]>;
  readonly score: number;
  readonly image: readonly number[];
  readonly slopes: readonly number[];
}

/** Asks the worker's feature, and measures. The last layer is called `answer`. */
export async function findSaliency(engine: Engine, model: ModelConfig, unit: number): Promise<SaliencyFindings> {
  const network = await compiled(engine, model);
  const cells = cellsOf(model.inputShape);
  const pixels = randomFloats(cells, seededUniform(imageSeed)).map(Math.abs);
  const told = await new Promise<Saliency>((resolve, reject) => {
    const report = (message: Report): void => {
      if (message.type === 'saliencyTraced') resolve(message);
    };
    const attempt = (work: () => Promise<void>): void => void work().catch(reject);
    void new SaliencyWatcher({ engine, network, pixels, report, attempt }).perform({ type: 'traceSaliency', unit });
  });
  const moved = new Float32Array((2 * cells + 1) * cells);
  for (let image = 0; image <= 2 * cells; image++) {
    moved.set(pixels, image * cells);
    const place = image * cells + (image % cells);
    if (image < 2 * cells) moved[place] = (moved[place] ?? 0) + (image < cells ? reach : -reach);
  }
  const plain = await compiled(engine, withSums(model, 'answer'), 32);
  const outputs = await plain.predict(moved);
  const classes = outputs.length / (2 * cells + 1);
  const scoreOf = (image: number): number => outputs[image * classes + unit] ?? NaN;
  plain.dispose();
  network.dispose();
  const { image, gradient, product, ...rest } = told;
  return {
    told: { ...rest, image: [...image], gradient: [...gradient], product: [...product] },
    score: scoreOf(2 * cells),
    image: [...pixels],
    slopes: Array.from({ length: cells }, (_, cell) => (scoreOf(cell) - scoreOf(cells + cell)) / (2 * reach)),
  };
}

/** The last report of a climb, how many there were, and what the network itself makes of its picture and of its start. */
export interface ClimbFindings {
  readonly last: Omit<ClimbProgress, 'pixels'> & { readonly pixels: number[] };
  readonly reports: number;
  /** The layer's sums for the first and the last picture: cells of the channel that is climbed for. */
  readonly sums: readonly [before: readonly number[], after: readonly number[]];
  /** The same for a picture that took as many steps in directions of chance. */
  readonly astray: readonly number[];
  readonly bytesLeft: number;
}

/** Climbs as the worker does, to the end or, with `reportsUntilStop`, until it is told to stop. */
export async function climbOnce(
  engine: Engine,
  model: ModelConfig,
  climb: Climb,
  reportsUntilStop = Infinity,
): Promise<ClimbFindings> {
  const network = await compiled(engine, model);
  const bytesBefore = engine.ledger.bytes;
  const reports: ClimbProgress[] = [];
  const report = (message: Report): void => {
    if (message.type !== 'climbed') return;
    reports.push(message);
    if (reports.length === reportsUntilStop) void climber.perform({ type: 'stopClimb' });
  };
  const climber = new Climber({ engine, network, report });
  await climber.perform({ type: 'climb', ...climb });
  climber.show(network);
  await new Promise((resolve) => setTimeout(resolve));
  const bytesLeft = engine.ledger.bytes - bytesBefore;
  const last = reports.at(-1);
  if (!last) throw new Error('climb: it must be told of. Received no report.');
  const plain = await compiled(engine, withSums(model, climb.aim.layer));
  const sumsOf = async (picture: Floats): Promise<readonly number[]> => {
    const { shape, data } = await plain.activations(picture, climb.aim.layer);
    const channels = shape.at(-1) ?? 1;
    return [...data].filter((_, place) => place % channels === climb.aim.channel);
  };
  const start = startPicture(cellsOf(model.inputShape), climb.seed);
  const sums = [await sumsOf(start), await sumsOf(last.pixels)] as const;
  const astray = await sumsOf(strayed(start, model, last.steps));
  plain.dispose();
  network.dispose();
  return { last: { ...last, pixels: [...last.pixels] }, reports: reports.length, sums, astray, bytesLeft };
}

/** As many steps of the same rule, but along noise. */
function strayed(start: Floats, { inputShape }: ModelConfig, steps: number): Floats {
  const [height, width] = inputShape;
  const reach = { rows: new Uint8Array(height).fill(1), columns: new Uint8Array(width).fill(1) };
  const next = seededUniform(imageSeed);
  return Array.from({ length: steps }).reduce<Floats>(
    (picture) =>
      stepUphill(picture, randomFloats(picture.length, next), inputShape, { reach, isSmooth: true }) ?? picture,
    start,
  );
}
