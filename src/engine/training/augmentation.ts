/** Training images moved at random: what is allowed, how each one is moved, and the kernel. Holds no state. */
import type { AugmentationConfig } from '../contract.ts';
import { EngineError } from '../error.ts';
import type { BufferSlice, Kernel, PlannedTensor } from '../gpu/kernel.ts';
import { workgroupSizeFor, type Target } from '../layers/op.ts';
import { FieldReader, isRecord, show } from '../model/field-reader.ts';
import type { ModelIssue } from '../model/issue.ts';
import type { Shape } from '../model/resolved.ts';
import { randomStreams, RandomStream } from './random.ts';

/** How far images are moved, with every default filled in. */
export interface ResolvedAugmentation {
  /** Whole cells along each axis, at most. */
  readonly shift: number;
  /** Degrees to either side, at most. */
  readonly rotation: number;
  /** 0.1: from 0.9 to 1.1 times as large. */
  readonly zoom: number;
  /** Standard deviation of what is added to the values, which are 0…1. */
  readonly noise: number;
  /** Mirrors every second image, left to right. */
  readonly flip: boolean;
}

const maxShift = 1024;
const maxZoom = 0.9;

const upTo = (limit: number) => ({
  rule: `a number from 0 to ${limit}`,
  isAllowed: (value: number) => value >= 0 && value <= limit,
});

/** The augmentation with its defaults, which change nothing, and what is wrong with its JSON. */
export function resolveAugmentation(config: unknown): {
  augmentation: ResolvedAugmentation;
  issues: readonly ModelIssue[];
} {
  const issues: ModelIssue[] = [];
  if (!isRecord(config)) {
    const message = `augmentation: must be an object. Received augmentation=${show(config)}.`;
    issues.push({ layer: 'augmentation', code: 'notAnObject', message });
  }
  const fields = new FieldReader('augmentation', isRecord(config) ? config : {}, issues);
  const number = (field: string, limit: number) => {
    const { rule, isAllowed } = upTo(limit);
    return fields.number(field, 0, rule, isAllowed);
  };
  const augmentation = {
    shift: fields.integer('shift', { min: 0, max: maxShift }, 0),
    rotation: number('rotation', 180),
    zoom: number('zoom', maxZoom),
    noise: number('noise', 10),
    flip: fields.boolean('flip', false),
  };
  fields.finish();
  return { augmentation, issues };
}

/** How one image is moved: mirrored, turned and zoomed about its middle, then shifted. */
export interface Motion {
  /** In columns and rows. */
  readonly shift: readonly [number, number];
  /** From the columns' axis towards the rows'. */
  readonly radians: number;
  readonly zoom: number;
  readonly isFlipped: boolean;
}

/** How the image at a place of the batch is moved in a step: the draws of augmentation.wgsl. */
export function motionOf(
  augmentation: ResolvedAugmentation,
  { seed, step, place }: { readonly seed: number; readonly step: number; readonly place: number },
): Motion {
  const random = new RandomStream(seed, randomStreams.augmentation, place, step);
  const places = 2 * augmentation.shift + 1;
  const wholeShift = () => Math.floor((random.integer() * places) / 2 ** 32) - augmentation.shift;
  const centred = () => 2 * random.uniform() - 1;
  const shift = [wholeShift(), wholeShift()] as const;
  const radians = (centred() * augmentation.rotation * Math.PI) / 180;
  const zoom = 1 + centred() * augmentation.zoom;
  const isFlipped = augmentation.flip && random.integer() >= 2 ** 31;
  return { shift, radians, zoom, isFlipped };
}

/** What the config asks for. @throws EngineError `badArgument` with the first issue. */
export function augmentationOf(config: AugmentationConfig | undefined): ResolvedAugmentation | undefined {
  if (config === undefined) return undefined;
  const { augmentation, issues } = resolveAugmentation(config);
  if (issues[0]) throw new EngineError('badArgument', issues[0].message);
  return augmentation;
}

const valuesPerInvocation = 16;

/** What the kernel reads and writes. */
export interface AugmentationTensors {
  readonly batch: BufferSlice;
  readonly images: BufferSlice;
  readonly state: BufferSlice;
  readonly inputs: PlannedTensor;
  /** Absent where examples come in their own order. */
  readonly permutation?: BufferSlice | undefined;
}

/** Writes the batch's images anew, moved; to be run behind the gather that fills the batch. */
export function augmentationKernel(
  augmentation: ResolvedAugmentation,
  inputShape: Shape,
  target: Target,
  { permutation, ...tensors }: AugmentationTensors,
): Kernel {
  const { shift, rotation, zoom, noise, flip } = augmentation;
  const [height = 1, width = 1, channels = 1] = inputShape;
  return {
    label: 'augment batch',
    shader: 'augmentation',
    entryPoint: 'augment',
    constants: {
      ...{ height, width, channels, valuesPerInvocation, shift },
      isShuffled: permutation !== undefined,
      hasRotation: rotation > 0,
      rotation: (rotation * Math.PI) / 180,
      hasZoom: zoom > 0,
      zoom,
      canFlip: flip,
      hasNoise: noise > 0,
      noise,
    },
    bindings: { ...tensors, ...(permutation && { permutation }) },
    invocations: target.batchSize * Math.ceil((height * width * channels) / valuesPerInvocation),
    workgroupSize: workgroupSizeFor(target),
    element: target.element,
  };
}
