/** What a training run needs of its network: epochs begun in their order, steps encoded and counted. Keeps no time. */
import type { BoundDispatch } from '../gpu/dispatch.ts';
import type { ResolvedAugmentation } from './augmentation.ts';
import type { GpuDataset } from './dataset.ts';
import type { FitHost } from './fit.ts';
import type { MetricsReader } from './metrics-reader.ts';
import { shuffledIndices } from './random.ts';
import type { RunProgress } from './run-progress.ts';
import type { Trainer } from './trainer.ts';

/** The network's own parts, lent to its runs. */
export interface TrainingHostParts extends Pick<FitHost, 'device' | 'batchSize' | 'whenFree' | 'evaluate'> {
  readonly reader: MetricsReader;
  readonly trainer: Trainer;
  readonly progress: RunProgress;
  readonly seed: number;
  readonly augmentation: ResolvedAugmentation | undefined;
}

export class TrainingHost implements FitHost {
  readonly device: GPUDevice;
  readonly batchSize: number;
  readonly reader: MetricsReader;
  #batches: readonly BoundDispatch[] = [];

  constructor(private readonly parts: TrainingHostParts) {
    this.device = parts.device;
    this.batchSize = parts.batchSize;
    this.reader = parts.reader;
  }

  get stepCount(): number {
    return this.parts.progress.steps;
  }

  async beginEpoch(data: GpuDataset, isShuffled: boolean): Promise<number> {
    const { trainer, progress, seed, augmentation } = this.parts;
    const [feed] = await Promise.all([trainer.trainingFeed(data), trainer.prepareTraining()]);
    const moves = augmentation ? await trainer.augment(data, augmentation, isShuffled) : [];
    this.#batches = [...(isShuffled ? feed.shuffled : feed.ordered), ...moves];
    const { index, stepsDone } = progress.beginEpoch(data.size);
    trainer.startEpoch(data.size, stepsDone, isShuffled ? shuffledIndices(data.size, seed, index) : undefined);
    return stepsDone;
  }

  encodeSteps(encoder: GPUCommandEncoder, count: number): void {
    const { trainer, progress } = this.parts;
    const pass = encoder.beginComputePass({ label: 'training steps' });
    for (let step = 0; step < count; step++) trainer.encodeStep(pass, this.#batches);
    pass.end();
    progress.steps += count;
  }

  whenFree(): Promise<void> | undefined {
    return this.parts.whenFree();
  }

  evaluate(data: GpuDataset): Promise<{ loss: number; accuracy: number }> {
    return this.parts.evaluate(data);
  }
}
