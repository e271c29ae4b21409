/** Batch normalization on the GPU: which kernels run in which mode, on which tiles. The mathematics stands in its shader. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedBatchNormalization } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { laneCountFor, normalizationTile, summedParts } from './normalization-tiles.ts';
import {
  activationConstants,
  workgroupSizeFor,
  type BackwardMemory,
  type InputGradientMemory,
  type Op,
  type OpMemory,
  type Target,
  type Value,
  type WeightGradientMemory,
} from './op.ts';
import { tileCount } from './tiles.ts';

/** Numbers of the shader's `Statistics` and `GradientSums`, per channel. */
const statisticsNumbers = 6;
const gradientSumsNumbers = 4;

type Grid = Pick<Kernel, 'invocations'> & Partial<Pick<Kernel, 'constants' | 'workgroupSize'>>;

export function batchNormalizationOp(layer: ResolvedBatchNormalization, source: Value, result: Value): Op {
  return new BatchNormalization(layer, source, result);
}

class BatchNormalization implements Op {
  readonly layer: string;
  readonly sources: readonly Value[];
  readonly isModeDependent: boolean;
  readonly weightGradient?: NonNullable<Op['weightGradient']>;
  readonly #channels: number;
  readonly #positions: number;

  constructor(
    private readonly config: ResolvedBatchNormalization,
    source: Value,
    readonly result: Value,
  ) {
    this.layer = config.name;
    this.sources = [source];
    this.isModeDependent = config.isTrainable;
    this.#channels = source.shape.at(-1) ?? 1;
    this.#positions = cellCount(source.shape) / this.#channels;
    const names = [...(config.scale ? [this.#nameOf('gamma')] : []), ...(config.center ? [this.#nameOf('beta')] : [])];
    if (names.length > 0) {
      this.weightGradient = { names, parts: () => 1, kernels: (memory) => [this.#weightGradient(memory)] };
    }
  }

  forward(memory: OpMemory): readonly Kernel[] {
    const { inputs, outputs, state } = memory;
    const statistics = this.#statistics(memory);
    const found = { statistics, ...this.#scaleAndCenter(memory) };
    const normalize = this.#kernel(memory, 'normalize', { inputs, known: statistics, outputs }, this.#perRow(memory));
    if (this.#isFixed(memory)) {
      const moving = {
        fixedMean: memory.master(this.#nameOf('moving_mean')),
        fixedVariance: memory.master(this.#nameOf('moving_variance')),
      };
      return [this.#kernel(memory, 'fixedMoments', { ...moving, ...found }, this.#perChannel), normalize];
    }
    const partSums = this.#parts(memory, 'moment parts');
    const merged = { inputs, state, summedParts: partSums, ...found };
    return [
      this.#kernel(memory, 'momentParts', { inputs, state, partSums }, this.#perPart(memory)),
      this.#kernel(memory, 'mergeMoments', merged, this.#groupPerChannel(memory)),
      normalize,
    ];
  }

  updateState(memory: OpMemory): readonly Kernel[] {
    if (this.#isFixed(memory)) return [];
    const bindings = {
      known: this.#statistics(memory),
      movingMean: memory.master(this.#nameOf('moving_mean')),
      movingVariance: memory.master(this.#nameOf('moving_variance')),
    };
    return [this.#kernel(memory, 'moveStatistics', bindings, this.#perChannel)];
  }

  reduceGradient(memory: BackwardMemory): readonly Kernel[] {
    const { inputs, outputsGrad, state } = memory;
    const partSums = this.#parts(memory, 'gradient parts');
    const isFixed = this.#isFixed(memory);
    const common = { known: this.#statistics(memory), ...(!isFixed && { state }) };
    const added = { ...common, summedParts: partSums, gradientSums: this.#gradientSums(memory) };
    const parts = { ...common, inputs, outputsGrad, partSums };
    return [
      this.#kernel(memory, 'gradientParts', parts, { ...this.#perPart(memory), constants: { isFixed } }),
      this.#kernel(memory, 'addGradients', added, { ...this.#groupPerChannel(memory), constants: { isFixed } }),
    ];
  }

  inputGradient(memory: InputGradientMemory): readonly Kernel[] {
    const { inputs, outputsGrad, inputsGrad, inputActivation, state } = memory;
    const common = { outputsGrad, inputsGrad, known: this.#statistics(memory) };
    const grid = { ...this.#perRow(memory), constants: activationConstants(inputActivation) };
    if (this.#isFixed(memory)) {
      const bindings = { ...common, ...(inputActivation.name !== 'linear' && { inputs }) };
      return [this.#kernel(memory, 'fixedInputGradient', bindings, grid)];
    }
    const bindings = { ...common, inputs, sums: this.#gradientSums(memory), state };
    return [this.#kernel(memory, 'inputGradient', bindings, grid)];
  }

  #weightGradient(memory: WeightGradientMemory): Kernel {
    const { scale, center } = this.config;
    const bindings = {
      sums: this.#gradientSums(memory),
      ...(scale && { gammaGrad: memory.gradParts(this.#nameOf('gamma')).slice }),
      ...(center && { betaGrad: memory.gradParts(this.#nameOf('beta')).slice }),
    };
    return this.#kernel(memory, 'weightGradient', bindings, this.#perChannel);
  }

  /** Inference, and layers that are not trained, normalize by the moving statistics. */
  #isFixed({ mode }: OpMemory): boolean {
    return mode === 'inference' || !this.config.isTrainable;
  }

  #nameOf(weight: string): string {
    return `${this.layer}/${weight}`;
  }

  #scaleAndCenter(memory: OpMemory) {
    return {
      ...(this.config.scale && { gamma: memory.master(this.#nameOf('gamma')) }),
      ...(this.config.center && { beta: memory.master(this.#nameOf('beta')) }),
    };
  }

  #statistics(memory: OpMemory) {
    return memory.table('statistics', this.#channels * statisticsNumbers);
  }

  #gradientSums(memory: OpMemory) {
    return memory.table('gradient sums', this.#channels * gradientSumsNumbers);
  }

  #parts(memory: OpMemory, label: string) {
    return memory.table(label, this.#tile(memory.target).parts * this.#channels * 2);
  }

  #tile(target: Target) {
    const tile = normalizationTile(target, this.#channels);
    return { ...tile, parts: summedParts(target, this.#channels, tile.channelsPerInvocation, this.#positions) };
  }

  get #perChannel(): Grid {
    return { invocations: this.#channels };
  }

  /** A workgroup that merges the parts of a channel. */
  #groupPerChannel({ target }: OpMemory): Grid {
    const workgroupSize = laneCountFor(target);
    return { invocations: this.#channels * workgroupSize, workgroupSize };
  }

  #perPart({ target }: OpMemory): Grid {
    const { parts, channelsPerInvocation } = this.#tile(target);
    return { invocations: parts * tileCount(this.#channels, channelsPerInvocation) };
  }

  #perRow({ target }: OpMemory): Grid {
    const { rowsPerInvocation, channelsPerInvocation } = this.#tile(target);
    const blocks = tileCount(target.batchSize * this.#positions, rowsPerInvocation);
    return { invocations: blocks * tileCount(this.#channels, channelsPerInvocation) };
  }

  #kernel(memory: OpMemory, entryPoint: string, bindings: Kernel['bindings'], grid: Grid): Kernel {
    const { epsilon, momentum, scale, center } = this.config;
    return {
      label: `${this.layer} ${entryPoint}`,
      shader: 'batch-normalization',
      entryPoint,
      bindings: { batch: memory.batch, ...bindings },
      workgroupSize: workgroupSizeFor(memory.target),
      ...grid,
      constants: {
        channels: this.#channels,
        positions: this.#positions,
        ...this.#tile(memory.target),
        epsilon,
        momentum,
        arrivingShare: 1 - momentum,
        hasGamma: scale,
        hasBeta: center,
        ...grid.constants,
      },
    };
  }
}
