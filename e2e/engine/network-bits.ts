/** The bits of all that random networks compute, to be compared between two ways of placing tensors. Runs in a page. */
import type { Engine, NamedTensor, Network } from '../../src/engine/index.ts';
import { cellCount } from '../../src/engine/shape/cells.ts';
import { randomInputs } from './network-around.ts';
import { sha256OfWeights } from './page-data.ts';
import { randomModel } from './random-model.ts';
import { randomBytes, seededUniform } from './reference/seeded-random.ts';

const batchSize = 4;
const examples = 10;
const steps = 4;

/** One random network. */
export interface NetworkBits {
  /** SHA-256 over its gradients, predictions, evaluation, activations and trained weights. */
  readonly hash: string;
  /** Whether the same question had the same answer, bit for bit, before and after other questions. */
  readonly isUndisturbed: boolean;
  /** GPU bytes of the network. */
  readonly bytes: number;
}

const tensor = (name: string, data: Float32Array<ArrayBuffer>): NamedTensor => ({ name, shape: [data.length], data });

async function gradientsOf(network: Network, inputs: Float32Array<ArrayBuffer>): Promise<NamedTensor[]> {
  const { loss, accuracy, weights, inputs: byInputs } = await network.gradients(inputs, Uint8Array.of(1, 0, 2));
  return [...weights, tensor('inputs', byInputs), tensor('metrics', Float32Array.of(loss, accuracy))];
}

async function bitsOf(engine: Engine, seed: number): Promise<NetworkBits> {
  const config = randomModel(seed);
  const before = engine.ledger.bytes;
  const network = await engine.compile(config, { batchSize, seed, optimizer: { type: 'sgd', learningRate: 0.05 } });
  const bytes = engine.ledger.bytes - before;
  const next = seededUniform(seed);
  const cells = cellCount(config.inputShape);
  const inputs = randomInputs(3 * cells, next);
  const labels = Uint8Array.from({ length: examples }, (_, at) => at % 3);
  const images = randomBytes(examples * cells, next);
  const data = engine.upload({ images, labels, shape: [examples, ...config.inputShape], classes: 3 });
  const first = [...(await gradientsOf(network, inputs)), tensor('outputs', await network.predict(inputs))];
  const { loss, confusion } = await network.evaluate(data);
  const seen: NamedTensor[] = [tensor('evaluated', Float32Array.of(loss, ...confusion))];
  for (const { name } of network.model.layers) seen.push(await named(network, inputs, name));
  const second = [...(await gradientsOf(network, inputs)), tensor('outputs', await network.predict(inputs))];
  await network.fit(data, { epochs: steps, maxSteps: steps }).finished;
  const trained = await network.getWeights();
  const isUndisturbed = (await sha256OfWeights(first)) === (await sha256OfWeights(second));
  network.dispose();
  data.dispose();
  return { hash: await sha256OfWeights([...first, ...seen, ...trained]), isUndisturbed, bytes };
}

async function named(network: Network, inputs: Float32Array<ArrayBuffer>, name: string): Promise<NamedTensor> {
  return { name, ...(await network.activations(inputs, name)) };
}

/** The bits of the random networks of the seeds `first` to `last`. */
export async function networkBits(engine: Engine, first: number, last: number): Promise<readonly NetworkBits[]> {
  const found: NetworkBits[] = [];
  for (let seed = first; seed <= last; seed++) found.push(await bitsOf(engine, seed));
  return found;
}
