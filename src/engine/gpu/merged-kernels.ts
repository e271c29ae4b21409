/**
 * Puts kernels that need not wait for each other into one dispatch. Goes by what they are bound to and how their shaders
 * declare it; knows nothing of layers. The text of a merged kernel is made by wgsl/merge.ts.
 */
import { waysOf } from './kernel-ways.ts';
import {
  isSlice,
  workgroupsOf,
  type BufferSlice,
  type Kernel,
  type KernelCandidate,
  type PlannedTensor,
} from './kernel.ts';
import { pickBindings, readBindings, type BindingDeclaration } from './wgsl/bindings.ts';
import { mergedEntryPoint } from './wgsl/merge.ts';

/** Storage buffers that WebGPU promises to every kernel. */
const maxStorageBuffers = 8;

export interface MergeOptions {
  /** A shader's text behind the files it needs. */
  readonly sourceOf: (shader: string) => string;
  /** False for kernels that are to stay alone. */
  readonly isMergeable: (kernel: Kernel) => boolean;
  /** The ways chosen for kernels, by their keys. */
  readonly choices: ReadonlyMap<string, string>;
}

/**
 * The same work in fewer dispatches: each kernel runs as early as what it reads and writes allows, and together with others
 * where one dispatch can hold them.
 */
export function mergeIndependent(kernels: readonly Kernel[], options: MergeOptions): readonly Kernel[] {
  const groups: Kernel[][] = [];
  const uses = new Map(kernels.map((kernel) => [kernel, usesOf(kernel, options)]));
  const usesIn = (group: readonly Kernel[]) => group.flatMap((kernel) => uses.get(kernel) ?? []);
  for (const kernel of kernels) {
    const own = uses.get(kernel) ?? [];
    const last = groups.findLastIndex((group) => usesIn(group).some((other) => own.some((use) => collide(use, other))));
    const found = groups.find((group, index) => index > last && canHold(group, kernel, options));
    if (found) found.push(kernel);
    else groups.push([kernel]);
  }
  return groups.flatMap((group) => (group.length > 1 ? [mergeKernels(group, options)] : group));
}

interface Use {
  readonly declaration: BindingDeclaration;
  readonly resource: PlannedTensor | BufferSlice;
}

function usesOf(kernel: Kernel, { sourceOf }: MergeOptions): Use[] {
  const file = `${kernel.shader}.wgsl`;
  const declarations = readBindings(sourceOf(kernel.shader), file);
  return Object.entries(kernel.bindings).flatMap(([name, resource]) => {
    const [declaration] = pickBindings(declarations, [name], file);
    return declaration ? [{ declaration, resource }] : [];
  });
}

/** True where the order of the two matters, and where one dispatch could not be bound to both. */
function collide(a: Use, b: Use): boolean {
  const writes = [a, b].filter(({ declaration }) => declaration.type === 'storage').length;
  if (writes === 0) return false;
  if (!isSlice(a.resource) || !isSlice(b.resource)) return a.resource === b.resource;
  if (a.resource.buffer !== b.resource.buffer) return false;
  return writes === 1 || overlap(a.resource, b.resource);
}

function overlap(a: BufferSlice, b: BufferSlice): boolean {
  return a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

/** Whether the group's dispatch can be one of the kernel as well. */
function canHold(group: readonly Kernel[], kernel: Kernel, options: MergeOptions): boolean {
  const all = [...group, kernel];
  if (!all.every(options.isMergeable) || all.some(({ workgroupSize }) => workgroupSize !== kernel.workgroupSize))
    return false;
  return isBindable(all, options);
}

/** Whether one dispatch has the buffers and the workgroup memory that all need; each keeps to the limits for itself. */
function isBindable(kernels: readonly Kernel[], options: MergeOptions): boolean {
  const withMemory = kernels.filter(({ shader }) => options.sourceOf(shader).includes('var<workgroup>'));
  return withMemory.length <= 1 && storageCount(layOut(kernels, options)) <= maxStorageBuffers;
}

/** A binding of the dispatch. */
interface SharedUse extends Use {
  readonly name: string;
  readonly element: Kernel['element'];
}

interface MergedLayout {
  readonly uses: readonly SharedUse[];
  /** Of each kernel: its own names to those of the dispatch. */
  readonly names: readonly Readonly<Record<string, string>>[];
}

function storageCount({ uses }: MergedLayout): number {
  return uses.filter(({ declaration }) => declaration.type !== 'uniform').length;
}

/** Kernels share a binding where they hold the same memory to be the same thing. */
function layOut(kernels: readonly Kernel[], options: MergeOptions): MergedLayout {
  const uses: SharedUse[] = [];
  const names = kernels.map((kernel, index) => {
    const entries = usesOf(kernel, options).map((use) => {
      const { element } = kernel;
      const shared = uses.find((other) => isSameUse(other, { ...use, element }));
      const name = shared?.name ?? `${use.declaration.name}_of${index + 1}`;
      if (!shared) uses.push({ ...use, name, element });
      return [use.declaration.name, name] as const;
    });
    return Object.fromEntries(entries);
  });
  return { uses, names };
}

/** Types that mean the same in every shader. */
const commonType = /^array<(element|f32|i32|u32|vec[234][fiu])>$/;

function isSameUse(a: Omit<SharedUse, 'name'>, b: Omit<SharedUse, 'name'>): boolean {
  const { type, holds } = a.declaration;
  const isSameType = b.declaration.type === type && b.declaration.holds === holds && a.element === b.element;
  return isSameType && commonType.test(holds) && isSameResource(a.resource, b.resource);
}

function isSameResource(a: PlannedTensor | BufferSlice, b: PlannedTensor | BufferSlice): boolean {
  if (!isSlice(a) || !isSlice(b)) return a === b;
  return a.buffer === b.buffer && a.offset === b.offset && a.size === b.size;
}

/** One kernel for all; where they can go several ways, so can it. */
function mergeKernels(kernels: readonly Kernel[], options: MergeOptions): Kernel {
  const merged = dispatchOf(kernels, options);
  const tunings = kernels.flatMap(({ tuning }) => tuning ?? []);
  if (tunings.length === 0) return merged;
  const key = kernels.map(({ label, tuning }) => tuning?.key ?? label).join(' + ');
  const candidates = () => mergedWays(kernels, options);
  const defaultChoice = kernels.map(({ tuning }) => tuning?.choice ?? '').join(' + ');
  const wanted = options.choices.get(key) ?? defaultChoice;
  const chosen = wanted === defaultChoice ? undefined : candidates().find(({ choice }) => choice === wanted);
  const { kernel = merged, choice = defaultChoice } = chosen ?? {};
  return { ...kernel, tuning: { key, choice, candidates } };
}

/** All as they are, then each of the ways of one with the others as they are. */
function mergedWays(kernels: readonly Kernel[], options: MergeOptions): readonly KernelCandidate[] {
  const choices = kernels.map(({ tuning }) => tuning?.choice ?? '');
  const own = { choice: choices.join(' + '), kernel: dispatchOf(kernels, options) };
  const others = kernels.flatMap((kernel, index) =>
    waysOf(kernel)
      .filter((way) => way.choice !== choices[index] && way.kernel.workgroupSize === kernel.workgroupSize)
      .filter((way) => isBindable(kernels.with(index, way.kernel), options))
      .map((way) => ({
        choice: choices.with(index, way.choice).join(' + '),
        kernel: dispatchOf(kernels.with(index, way.kernel), options),
      })),
  );
  return [own, ...others];
}

function dispatchOf(kernels: readonly Kernel[], options: MergeOptions): Kernel {
  const { uses, names } = layOut(kernels, options);
  const workgroupSize = kernels[0]?.workgroupSize ?? 1;
  const workgroups = kernels.reduce((sum, kernel) => sum + workgroupsOf(kernel), 0);
  return {
    label: kernels.map(({ label }) => label).join(' + '),
    shader: kernels.map(({ shader }) => shader).join('+'),
    entryPoint: mergedEntryPoint,
    constants: {},
    bindings: Object.fromEntries(uses.map(({ name, resource }) => [name, resource])),
    invocations: workgroups * workgroupSize,
    workgroupSize,
    parts: kernels.map((kernel, index) => ({ kernel, names: names[index] ?? {} })),
  };
}
