/** Runs in the engine's page: gradients of single cells beside finite differences of the network's own activations. */
import type { Engine, ModelConfig, Network } from '../../src/engine/index.ts';
import type { CellAddress } from '../../src/engine/model/cell-address.ts';
import { cellCount } from '../../src/engine/shape/cells.ts';
import { UnitGradient, type UnitPart } from '../../src/worker/unit-gradient.ts';
import { randomFloats, seededUniform } from './reference/seeded-random.ts';
import { startWeights } from './reference/start-weights.ts';

const weightSeed = 31;
const imageSeed = 32;

/** One number of an image, the cell's gradient by it, and the slope that is measured. */
export interface Slope {
  readonly pixel: number;
  readonly gradient: number;
  readonly measured: number;
}

/** What was found for one cell. */
export interface UnitFindings {
  /** The cell's value for each image, as asked and as the network's activations have it. */
  readonly values: readonly (readonly [asked: number, known: number])[];
  /** By every `every`-th number of the first image. */
  readonly slopes: readonly Slope[];
  /** Of all images, in order. */
  readonly gradients: readonly number[];
}

interface Question {
  readonly model: ModelConfig;
  readonly cell: CellAddress;
  readonly part?: UnitPart;
  readonly images?: number;
  /** Distance of the finite difference. */
  readonly reach: number;
  readonly every: number;
}

async function valueOf(network: Network, image: Float32Array<ArrayBuffer>, cell: CellAddress): Promise<number> {
  const { shape, data } = await network.activations(image, cell.layer);
  const [, , width = 1, channels = 1] = shape;
  const place = shape.length === 4 ? (cell.row * width + cell.column) * channels + cell.channel : cell.channel;
  return data[place] ?? NaN;
}

/** Asks for a cell's gradient and measures it. */
export async function findUnitGradient(engine: Engine, question: Question): Promise<UnitFindings> {
  const { model, cell, part, images: count = 1, reach, every } = question;
  const network = await engine.compile(model, { batchSize: 3, optimizer: { type: 'sgd' } });
  network.setWeights(startWeights(model, weightSeed));
  const size = cellCount(model.inputShape);
  const images = randomFloats(count * size, seededUniform(imageSeed));
  const unit = new UnitGradient(engine, network);
  const { values, gradients } = await unit.of(cell, images, part);
  const known: [number, number][] = [];
  for (const [index, asked] of values.entries())
    known.push([asked, await valueOf(network, images.slice(index * size, (index + 1) * size), cell)]);
  const slopes: Slope[] = [];
  for (let pixel = 0; pixel < size; pixel += every) {
    const moved = (by: number): Promise<number> => {
      const image = images.slice(0, size);
      image[pixel] = (image[pixel] ?? 0) + by;
      return valueOf(network, image, cell);
    };
    const measured = ((await moved(reach)) - (await moved(-reach))) / (2 * reach);
    slopes.push({ pixel, gradient: gradients[pixel] ?? NaN, measured });
  }
  unit.dispose();
  network.dispose();
  return { values: known, slopes, gradients: [...gradients] };
}

/** Whether later answers follow the network's weights, and whether copies are given back. */
export async function followUnitGradient(
  engine: Engine,
  model: ModelConfig,
  cells: readonly CellAddress[],
): Promise<{ readonly values: readonly (readonly [number, number])[]; readonly bytesLeft: number }> {
  const network = await engine.compile(model, { batchSize: 2, optimizer: { type: 'sgd' } });
  const bytesBefore = engine.ledger.bytes;
  const unit = new UnitGradient(engine, network);
  const image = randomFloats(cellCount(model.inputShape), seededUniform(imageSeed));
  const values: [number, number][] = [];
  for (const seed of [1, 2]) {
    network.setWeights(startWeights(model, seed));
    for (const cell of cells) {
      const { values: asked } = await unit.of(cell, image);
      values.push([asked[0] ?? NaN, await valueOf(network, image, cell)]);
    }
  }
  unit.dispose();
  // What was under way when it was disposed ends in the next turn.
  await new Promise((resolve) => setTimeout(resolve));
  const bytesLeft = engine.ledger.bytes - bytesBefore;
  network.dispose();
  return { values, bytesLeft };
}
