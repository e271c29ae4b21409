/** Climbs, step by step, towards the input that excites one unit of the network most. Knows no page and holds no rule of a step. */
import type { Network } from '../engine/index.ts';
import { cellsBehind } from '../engine/model/cell-field.ts';
import { inputName } from '../engine/model/layer-names.ts';
import { allOf, type TensorCells } from '../engine/model/tensor-cells.ts';
import { onlyCell } from '../engine/shape/cell-mask.ts';
import { cellCount, imageSizes } from '../engine/shape/cells.ts';
import type { Climb } from './climb-messages.ts';
import type { Feature, Surroundings } from './feature.ts';
import { startPicture, stepUphill } from './gradient-ascent.ts';
import type { Request } from './protocol.ts';
import { UnitGradient, type UnitAim } from './unit-gradient.ts';

/** By then the picture hardly changes any more. */
const plannedSteps = 48;
const stepsPerReport = 3;
/** A faster climb could not be watched, and would leave training less of its GPU. */
const leastStepMs = 30;

/** One climb at a time, with the network's weights as they are when it starts. */
export class Climber implements Feature {
  #gradient: UnitGradient | undefined;
  #climb: Climb | undefined;
  #isVisible = true;
  /** Wakes the climb that waits for the page to be seen. */
  #wake: (() => void) | undefined;

  constructor(private readonly surroundings: Pick<Surroundings, 'engine' | 'network' | 'report'>) {}

  perform(request: Request): Promise<void> | undefined {
    switch (request.type) {
      case 'climb': {
        const { type: _type, ...climb } = request;
        this.#climb = climb;
        this.#wake?.();
        return this.#perform(climb);
      }
      case 'stopClimb':
        this.#abandon();
        return Promise.resolve();
      case 'setVisible':
        this.#isVisible = request.isVisible;
        if (request.isVisible) this.#wake?.();
        return undefined;
      default:
        return undefined;
    }
  }

  show(_network: Network): void {
    this.#abandon();
    this.#gradient?.dispose();
    this.#gradient = undefined;
  }

  #abandon(): void {
    this.#climb = undefined;
    this.#wake?.();
  }

  async #perform(climb: Climb): Promise<void> {
    const { engine, network } = this.surroundings;
    if (!engine || !network?.model.layers.some(({ name }) => name === climb.aim.layer)) return;
    this.#gradient ??= new UnitGradient(engine, network);
    try {
      await this.#climbWith(this.#gradient, network, climb);
    } catch (error) {
      // Of a network that has been replaced, or a climb that was broken off, nothing is wanted any more.
      if (this.#climb === climb) throw error;
    } finally {
      if (this.#climb === climb) this.#climb = undefined;
    }
  }

  async #climbWith(gradient: UnitGradient, { model }: Network, climb: Climb): Promise<void> {
    const { id, aim, isSmooth } = climb;
    const rule = { reach: reachOf(model, aim), isSmooth };
    const shape = imageSizes(model.inputShape);
    let pixels = startPicture(cellCount(shape), climb.seed);
    let before = NaN;
    for (let steps = 0; ; steps++) {
      const startMs = performance.now();
      const found = await gradient.of(aim, pixels, 'sum', steps === 0 ? 'present' : 'former');
      if (this.#climb !== climb) return;
      const [value = NaN] = found.values;
      if (steps === 0) before = value;
      const next = steps < plannedSteps ? stepUphill(pixels, found.gradients, shape, rule) : undefined;
      if (!next || steps % stepsPerReport === 0)
        this.surroundings.report({
          type: 'climbed',
          ...{ id, steps, planned: plannedSteps, before, value, pixels, isOver: !next },
        });
      if (!next) return;
      pixels = next;
      await this.#rest(startMs + leastStepMs - performance.now());
      if (this.#climb !== climb) return;
    }
  }

  /** Until the time is over and the page is seen, or there is another climb or none. */
  async #rest(waitMs: number): Promise<void> {
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (!this.#isVisible && this.#climb) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
  }
}

/** The rows and columns of the input that a unit, or any cell of its map, sees. */
function reachOf(model: Network['model'], aim: UnitAim): Pick<TensorCells, 'rows' | 'columns'> {
  const shape = model.layers.find(({ name }) => name === aim.layer)?.outputShape ?? [];
  const [height, width, channels] = imageSizes(shape);
  const cells: TensorCells =
    aim.row === undefined
      ? { ...allOf(shape), channels: onlyCell(channels, aim.channel) }
      : {
          rows: onlyCell(height, aim.row),
          columns: onlyCell(width, aim.column),
          channels: onlyCell(channels, aim.channel),
        };
  return cellsBehind(model, aim.layer, cells).get(inputName) ?? { rows: new Uint8Array(), columns: new Uint8Array() };
}
