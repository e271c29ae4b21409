/** The kernels over all weights of a network: gradients, norms, penalties, the optimizer's update, constraints. */
import { wholeBuffer, type BufferSlice, type Kernel } from '../gpu/kernel.ts';
import type { GpuMemory } from '../gpu/memory.ts';
import { workgroupSizeFor, type Target } from '../layers/op.ts';
import type { Constraint } from '../model/resolved.ts';
import { hyperparameterBytes, type ResolvedOptimizer } from './optimizers.ts';
import type { WeightSums } from './step-kernels.ts';
import type { Section } from './weight-layout.ts';
import type { WeightStore } from './weight-store.ts';

/** Places of the shader's own shape; weights with fewer axes have sizes of 1 before theirs. */
const constraintAxes = 4;
const constraintCodes = { unitNorm: 0, maxNorm: 1, minMaxNorm: 2 } as const;
/** Of optimizer.wgsl. */
const weightsPerInvocation = 4;
const optimizerWorkgroupSize = 64;

export class WeightKernels {
  readonly hyperparameters: BufferSlice;
  /** The gradients, laid out like the weights; written when they are clipped by a norm, and by `gradients`. */
  readonly gradientValues: BufferSlice;
  /** What each weight's regularizer adds to the loss, where there are any. */
  readonly penaltySums: WeightSums | undefined;
  readonly #blockSums: BufferSlice;
  readonly #squareSums: BufferSlice;

  constructor(
    memory: GpuMemory,
    private readonly store: WeightStore,
    private readonly target: Target,
  ) {
    const { layout, count } = store;
    const slice = (label: string, numbers: number) => wholeBuffer(memory.storage(label, numbers * 4));
    this.hyperparameters = wholeBuffer(memory.uniform('hyperparameters', hyperparameterBytes));
    this.gradientValues = slice('gradients', count);
    this.#blockSums = slice('sums of blocks', layout.blockCount);
    this.#squareSums = slice('squared norms', layout.sections.size + 1);
    const sectionCount = layout.sections.size;
    if (store.hasRegularizers) this.penaltySums = { slice: slice('penalties', sectionCount), count: sectionCount };
  }

  /**
   * One step of all weights that learn, and their constraints.
   * @param isSelective heeds the filters' flags.
   */
  update(optimizer: ResolvedOptimizer, isSelective: boolean, state: BufferSlice): readonly Kernel[] {
    const { kind } = optimizer.clipping;
    const isByNorm = kind === 'norm' || kind === 'globalNorm';
    // Whether a gradient has overflowed is known only when all are added up.
    const isSummedFirst = isByNorm || this.#isScaled;
    const { weights, slots } = this.store;
    const { constants, bindings } = this.#gradientSource(isSelective);
    const rule = this.#weightKernel(
      optimizer.entryPoint,
      {
        ...optimizer.constants,
        ...(isSummedFirst ? { isSelective, sectionCount: this.store.layout.sections.size } : constants),
        ...(this.#isScaled && { isScaled: true }),
        hasWeightDecay: optimizer.weightDecay > 0,
        isClippedByNorm: kind === 'norm',
        isClippedByGlobalNorm: kind === 'globalNorm',
        isClippedByValue: kind === 'value',
      },
      {
        ...(isSummedFirst
          ? { ...this.#clippedSource(kind, isSelective), gradients: this.gradientValues, squareSums: this.#squareSums }
          : bindings),
        ...{ weights, slots, state, hyperparameters: this.hyperparameters },
      },
    );
    const needsTotal = kind === 'globalNorm' || this.#isScaled;
    const sums = isSummedFirst ? [this.#gather(isSelective, state), ...this.#norms(needsTotal)] : [];
    return [...sums, rule, ...this.#constraints(isSelective)];
  }

  /** Adds up the gradients' parts for whoever wants to read them, frozen weights' too. */
  gradients(state: BufferSlice): readonly Kernel[] {
    return [this.#gather(false, state)];
  }

  /** Refreshes the copy in half precision, where there is one. */
  cast(): readonly Kernel[] {
    const { halves, weights, count } = this.store;
    if (!halves) return [];
    return [
      {
        label: 'weights cast',
        shader: 'weight-cast',
        entryPoint: 'toHalf',
        constants: { weightCount: count },
        bindings: { weights, halves },
        invocations: count,
        workgroupSize: workgroupSizeFor(this.target),
        element: 'f16',
      },
    ];
  }

  /** Numbers by which step-finish.wgsl knows whether a gradient has overflowed, in half precision. */
  get overflow(): WeightSums | undefined {
    return this.#isScaled ? { slice: this.#squareSums, count: this.store.layout.sections.size } : undefined;
  }

  /** True in half precision, where the loss is scaled. */
  get #isScaled(): boolean {
    return this.target.element === 'f16';
  }

  /** What the regularizers add to the loss, into `penaltySums`; nothing where there are none. */
  penalties(): readonly Kernel[] {
    if (!this.penaltySums) return [];
    const { blocks, sections, weights } = this.store;
    return [
      this.#blockKernel('penalties', { blocks, sections, weights, blockSums: this.#blockSums }),
      this.#sectionKernel(this.penaltySums.slice),
    ];
  }

  /** What every kernel needs that adds up a gradient's parts. */
  #gradientSource(isSelective: boolean) {
    const { blocks, gradParts, sections, flags, hasRegularizers } = this.store;
    return {
      constants: { isSelective, hasRegularizers },
      bindings: {
        ...{ blocks, gradParts },
        ...((isSelective || hasRegularizers) && { sections }),
        ...(isSelective && { flags }),
      },
    };
  }

  /** What is left of it when the gradient has been added up before. */
  #clippedSource(kind: ResolvedOptimizer['clipping']['kind'], isSelective: boolean) {
    const { blocks, sections, flags } = this.store;
    return { ...((isSelective || kind === 'norm') && { blocks }), ...(isSelective && { sections, flags }) };
  }

  #gather(isSelective: boolean, state: BufferSlice): Kernel {
    const { constants, bindings } = this.#gradientSource(isSelective);
    const { weights } = this.store;
    const scaled = this.#isScaled ? { constants: { isScaled: true }, bindings: { state } } : {};
    return this.#weightKernel(
      'gather',
      { ...constants, ...scaled.constants },
      { ...bindings, ...scaled.bindings, weights, gradients: this.gradientValues },
    );
  }

  #norms(isGlobal: boolean): readonly Kernel[] {
    const squares = this.#blockKernel('squares', { gradients: this.gradientValues, blockSums: this.#blockSums });
    const perWeight = this.#sectionKernel(this.#squareSums);
    if (!isGlobal) return [squares, perWeight];
    const { workgroupSize, constants } = perWeight;
    const total: Kernel = {
      ...{ label: 'weights total', shader: 'weight-sums', entryPoint: 'total', constants },
      bindings: { sectionSums: this.#squareSums },
      ...{ invocations: workgroupSize, workgroupSize },
    };
    return [squares, perWeight, total];
  }

  #constraints(isSelective: boolean): readonly Kernel[] {
    return [...this.store.layout.sections.values()].flatMap((section) => {
      const { constraint, isTrainable } = section.spec;
      return constraint && isTrainable ? [this.#constraint(section, constraint, isSelective)] : [];
    });
  }

  #constraint(section: Section, constraint: Constraint, isSelective: boolean): Kernel {
    const { spec, firstFlag, filters, inner, length } = section;
    const isNorm = constraint.type !== 'nonNeg';
    const missing = constraintAxes - spec.shape.length;
    const axes = isNorm ? constraint.axes.map((axis) => axis + missing) : [];
    const sizes = [...Array.from({ length: missing }, () => 1), ...spec.shape];
    const members = axes.reduce((product, axis) => product * (sizes[axis] ?? 1), 1);
    const workgroupSize = workgroupSizeFor(this.target);
    return {
      label: `${spec.name} constraint`,
      shader: 'weight-constraint',
      entryPoint: isNorm ? 'scale' : 'nonNeg',
      constants: {
        ...Object.fromEntries(sizes.map((size, axis) => [`size${axis}`, size])),
        ...(isNorm && {
          ...Object.fromEntries(sizes.map((_, axis) => [`reduced${axis}`, axes.includes(axis) ? 1 : 0])),
          ...{ constraint: constraintCodes[constraint.type], rate: constraint.rate },
          ...{ minValue: constraint.minValue, maxValue: constraint.maxValue },
        }),
        ...(isSelective && { isSelective, firstFlag, filters, inner }),
      },
      bindings: { weight: this.store.master(spec.name), ...(isSelective && { flags: this.store.flags }) },
      invocations: isNorm ? (length / members) * workgroupSize : length,
      workgroupSize,
    };
  }

  #weightKernel(entryPoint: string, constants: Kernel['constants'], bindings: Kernel['bindings']): Kernel {
    return {
      label: `optimizer ${entryPoint}`,
      shader: 'optimizer',
      entryPoint,
      constants: { ...constants, weightCount: this.store.count },
      bindings,
      invocations: this.store.count / weightsPerInvocation,
      // Each has little to do: on a CPU, too, more would go into starting small workgroups.
      workgroupSize: optimizerWorkgroupSize,
    };
  }

  #blockKernel(entryPoint: 'squares' | 'penalties', bindings: Kernel['bindings']): Kernel {
    const { blockCount } = this.store.layout;
    return {
      label: `weights ${entryPoint}`,
      shader: 'weight-sums',
      entryPoint,
      constants: { blockCount },
      bindings,
      invocations: blockCount,
      workgroupSize: workgroupSizeFor(this.target),
    };
  }

  #sectionKernel(sectionSums: BufferSlice): Kernel {
    const sectionCount = this.store.layout.sections.size;
    const workgroupSize = workgroupSizeFor(this.target);
    return {
      label: 'weights sums',
      shader: 'weight-sums',
      entryPoint: 'sectionSum',
      constants: { sectionCount },
      bindings: { sections: this.store.sections, blockSums: this.#blockSums, sectionSums },
      invocations: sectionCount * workgroupSize,
      workgroupSize,
    };
  }
}
