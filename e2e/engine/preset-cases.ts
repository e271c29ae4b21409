/** The networks that come with Receptive, beside the parameters each is documented with. Pure. */
import type { ModelConfig } from '../../src/engine/model/config.ts';
import {
  alexNet32Model,
  denseOnlyModel,
  leNet5Model,
  lectureModel,
  lecturePatternModel,
  lectureWithoutPoolingModel,
  smallResNetModel,
  smallVggModel,
} from '../../src/engine/model/presets.ts';

/** A preset and its documented parameters. */
export interface PresetCase {
  readonly preset: ModelConfig;
  readonly params: number;
}

/** Quickly trained on a CPU. */
export const lightPresets: readonly PresetCase[] = [
  { preset: lectureModel, params: 93_322 },
  { preset: lectureWithoutPoolingModel, params: 2_038_922 },
  { preset: denseOnlyModel, params: 93_322 },
  { preset: lecturePatternModel, params: 24_442 },
  { preset: leNet5Model, params: 61_706 },
];

/** Of millions of multiplications a picture. */
export const heavyPresets: readonly PresetCase[] = [
  { preset: smallVggModel, params: 550_570 },
  { preset: smallResNetModel, params: 78_714 },
  { preset: alexNet32Model, params: 1_790_154 },
];
