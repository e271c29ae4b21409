/** The numbers behind the cell that is looked at, read after a frame or when asked, and never while nothing is looked at. */
import type { Network, ResolvedLayer } from '../engine/index.ts';
import { cellReads, planeBox, type CellReads } from './cell-reads.ts';
import type { CellNumbers, ExplainRequest } from './explain-messages.ts';
import type { Feature, Surroundings } from './feature.ts';
import { NumberGatherer, type BoundGather, type GatherRequest } from './number-gatherer.ts';
import type { Report, Request } from './protocol.ts';

/** Least time between two reads while the network trains: numbers that change faster cannot be read, and cost. */
const trainingPauseMs = 250;

interface Reading {
  readonly network: Network;
  readonly wanted: ExplainRequest;
  readonly bound: BoundGather;
  /** The numbers, in the order of the boxes, as the page gets them. */
  assemble(boxes: readonly Float32Array<ArrayBuffer>[]): CellNumbers;
}

export class CellReader implements Feature {
  #wanted: ExplainRequest | undefined;
  #gatherer: NumberGatherer | undefined;
  #reading: Reading | undefined;
  #isReading = false;
  #isDue = false;
  #isTraining = false;
  #lastMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly surroundings: Surroundings) {}

  perform(request: Request): Promise<void> | undefined {
    if (request.type !== 'explainCell') return undefined;
    this.#wanted = request.cell ? request : undefined;
    this.#reading = undefined;
    if (!this.#wanted) this.#cancel();
    return this.#wanted ? this.#read() : Promise.resolve();
  }

  show(): void {
    this.#reading = undefined;
  }

  follow(report: Report): void {
    if (report.type === 'phase') this.#isTraining = report.phase === 'training';
  }

  painted(): void {
    if (!this.#wanted || this.#timer !== undefined) return;
    const waitMs = this.#isTraining ? Math.max(0, this.#lastMs + trainingPauseMs - performance.now()) : 0;
    const read = (): void => {
      this.#timer = undefined;
      this.surroundings.attempt(() => this.#read());
    };
    if (waitMs === 0) read();
    else this.#timer = setTimeout(read, waitMs);
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
  }

  /** Reads once; what is asked for meanwhile is read next. */
  async #read(): Promise<void> {
    if (this.#isReading) {
      this.#isDue = true;
      return;
    }
    this.#isReading = true;
    this.#isDue = false;
    this.#lastMs = performance.now();
    try {
      await this.#readNow();
    } finally {
      this.#isReading = false;
    }
    if (this.#hasMoreDue()) await this.#read();
  }

  #hasMoreDue(): boolean {
    return this.#isDue && this.#wanted !== undefined;
  }

  async #readNow(): Promise<void> {
    const reading = this.#prepared();
    if (!reading || !this.#gatherer) return;
    // Training goes on between a frame and this: the pass is run again, so that values and weights are of one moment.
    const encodePass = (encoder: GPUCommandEncoder): void => reading.network.inspection.encode(encoder);
    const boxes = await this.#gatherer.read(reading.bound, encodePass);
    if (this.#wanted !== reading.wanted || this.surroundings.network !== reading.network) return;
    this.surroundings.report({ type: 'cellExplained', ...reading.assemble(boxes) });
  }

  /** What has to be read, bound to the network on screen. */
  #prepared(): Reading | undefined {
    const { network, engine } = this.surroundings;
    const wanted = this.#wanted;
    if (!network || !engine || !wanted?.cell) return undefined;
    if (this.#gatherer?.device !== engine.device) {
      this.#gatherer = new NumberGatherer(engine.device);
      this.#reading = undefined;
    }
    if (this.#reading?.network === network) return this.#reading;
    const reads = cellReads(network.model, wanted.cell);
    this.#reading = reads && bindReading(this.#gatherer, network, wanted, wanted.cell, reads);
    return this.#reading;
  }
}

function bindReading(
  gatherer: NumberGatherer,
  network: Network,
  wanted: ExplainRequest,
  cell: NonNullable<ExplainRequest['cell']>,
  reads: CellReads,
): Reading {
  const requests: GatherRequest[] = [];
  const request = (tensor: GatherRequest['tensor'], box: GatherRequest['box'] | undefined): number | undefined =>
    box && requests.push({ tensor, box }) - 1;
  const layer = network.model.layers.find(({ name }) => name === cell.layer);
  const outputsOf = (name: string) => network.inspection.outputs(name);
  const own = cell.layer === '' ? network.inspection.input : outputsOf(cell.layer);
  const outputs = request(own, reads.outputs);
  const inputs = reads.inputs.map((box, index) => box && request(outputsOf(layer?.inputs[index] ?? 'input'), box));
  const weights = Object.entries(reads.weights).map(
    ([name, box]) => [name, request(network.weight(`${cell.layer}/${name}`), box)] as const,
  );
  const inputPlane = hasPlane(layer, wanted.inputPlane) ? wanted.inputPlane : undefined;
  const planes = layer &&
    inputPlane !== undefined && {
      channel: inputPlane,
      input: request(outputsOf(layer.inputs[0] ?? 'input'), planeBox(layer.inputShapes[0] ?? [], inputPlane)),
      outputs: request(own, planeBox(layer.outputShape, cell.channel)),
    };
  return {
    network,
    wanted,
    bound: gatherer.bind(requests),
    assemble: (boxes) => {
      const at = (index: number | undefined) => (index === undefined ? undefined : boxes[index]) ?? new Float32Array();
      return {
        cell,
        step: network.stepCount,
        outputs: at(outputs),
        inputs: inputs.map(at),
        weights: Object.fromEntries(weights.map(([name, index]) => [name, at(index)])),
        hasAllChannels: reads.hasAllChannels,
        ...(planes && { planes: { channel: planes.channel, input: at(planes.input), outputs: at(planes.outputs) } }),
      };
    },
  };
}

/** Whether the layer reads such a plane and writes planes itself. */
function hasPlane(layer: ResolvedLayer | undefined, channel: number | undefined): boolean {
  const [shape = []] = layer?.inputShapes ?? [];
  return channel !== undefined && shape.length === 3 && channel < (shape[2] ?? 0) && layer?.outputShape.length === 3;
}
