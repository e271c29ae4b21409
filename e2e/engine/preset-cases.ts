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

/** A preset, what it is documented with, and what it takes to learn one small batch. */
export interface PresetCase {
  readonly preset: ModelConfig;
  readonly params: number;
  readonly training: { readonly batchSize: number; readonly steps: number; readonly learningRate: number };
}

const light = { batchSize: 8, steps: 12, learningRate: 2e-3 };
const heavy = { batchSize: 4, steps: 10, learningRate: 1e-3 };

/** Quickly trained on a CPU. */
export const lightPresets: readonly PresetCase[] = [
  { preset: lectureModel, params: 93_322, training: light },
  { preset: lectureWithoutPoolingModel, params: 2_038_922, training: light },
  { preset: denseOnlyModel, params: 93_322, training: light },
  { preset: lecturePatternModel, params: 24_442, training: light },
  { preset: leNet5Model, params: 61_706, training: light },
];

/** Of millions of multiplications a picture. Two dropouts of a half make AlexNet learn slowly. */
export const heavyPresets: readonly PresetCase[] = [
  { preset: smallVggModel, params: 550_570, training: heavy },
  { preset: smallResNetModel, params: 78_714, training: heavy },
  { preset: alexNet32Model, params: 1_790_154, training: { ...heavy, steps: 48, learningRate: 5e-4 } },
];

/** The preset as somebody has it who got it as a file; that it still is a model is for the engine to check. */
export function throughJson(preset: ModelConfig): ModelConfig {
  return JSON.parse(JSON.stringify(preset)) as ModelConfig;
}
