/** Keras 3's initializers: the numbers a weight starts with, from the network's seed and the weight's place. */
import type { InitializerConfig } from '../model/config.ts';
import type { WeightSpec } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { orthogonalMatrix } from './orthogonal.ts';
import { RandomStream, randomStreams } from './random.ts';

/** Standard deviation of a unit normal truncated at ±2, by which Keras divides to keep the variance. */
const truncatedStddev = 0.87962566103423978;

type Scaling = {
  readonly scale: number;
  readonly mode: 'fanIn' | 'fanOut' | 'fanAvg';
  readonly distribution: 'uniform' | 'truncatedNormal' | 'untruncatedNormal';
};

const scalings: Readonly<Record<string, Scaling>> = {
  glorotUniform: { scale: 1, mode: 'fanAvg', distribution: 'uniform' },
  glorotNormal: { scale: 1, mode: 'fanAvg', distribution: 'truncatedNormal' },
  heUniform: { scale: 2, mode: 'fanIn', distribution: 'uniform' },
  heNormal: { scale: 2, mode: 'fanIn', distribution: 'truncatedNormal' },
  lecunUniform: { scale: 1, mode: 'fanIn', distribution: 'uniform' },
  lecunNormal: { scale: 1, mode: 'fanIn', distribution: 'truncatedNormal' },
};

/** The weight's initial numbers; `place` is its index among the network's weights. */
export function initialWeights(spec: WeightSpec, seed: number, place: number): Float32Array<ArrayBuffer> {
  const length = cellCount(spec.shape);
  const random = new RandomStream(seed, randomStreams.initializer, place);
  const initializer = spec.initializer;
  if (isOrthogonal(initializer)) {
    const gain = typeof initializer === 'object' ? (initializer.gain ?? 1) : 1;
    return orthogonalMatrix(spec.shape, random).map((value) => value * gain);
  }
  const draw = drawFor(initializer, spec, random);
  return Float32Array.from({ length }, draw);
}

function isOrthogonal(
  initializer: InitializerConfig,
): initializer is 'orthogonal' | { readonly type: 'orthogonal'; readonly gain?: number } {
  return initializer === 'orthogonal' || (typeof initializer === 'object' && initializer.type === 'orthogonal');
}

type Drawn = Exclude<InitializerConfig, 'orthogonal' | { readonly type: 'orthogonal' }>;

function drawFor(initializer: Drawn, spec: WeightSpec, random: RandomStream): () => number {
  if (typeof initializer === 'string') {
    const scaling = scalings[initializer];
    if (scaling) return drawScaled(scaling, spec, random);
    if (initializer === 'zeros') return () => 0;
    if (initializer === 'ones') return () => 1;
    return drawFor({ type: initializer as 'randomNormal' | 'randomUniform' | 'truncatedNormal' }, spec, random);
  }
  switch (initializer.type) {
    case 'constant':
      return () => initializer.value;
    case 'randomNormal':
      return () => (initializer.mean ?? 0) + (initializer.stddev ?? 0.05) * random.normal();
    case 'truncatedNormal':
      return () => (initializer.mean ?? 0) + (initializer.stddev ?? 0.05) * truncatedNormal(random);
    case 'randomUniform': {
      const { minval = -0.05, maxval = 0.05 } = initializer;
      return () => minval + (maxval - minval) * random.uniform();
    }
    case 'varianceScaling': {
      const { scale = 1, mode = 'fanIn', distribution = 'truncatedNormal' } = initializer;
      return drawScaled({ scale, mode, distribution }, spec, random);
    }
  }
}

function drawScaled(scaling: Scaling, spec: WeightSpec, random: RandomStream): () => number {
  const fan = { fanIn: spec.fanIn, fanOut: spec.fanOut, fanAvg: (spec.fanIn + spec.fanOut) / 2 }[scaling.mode];
  const variance = scaling.scale / Math.max(1, fan);
  if (scaling.distribution === 'uniform') {
    const limit = Math.sqrt(3 * variance);
    return () => limit * (2 * random.uniform() - 1);
  }
  if (scaling.distribution === 'untruncatedNormal') return () => Math.sqrt(variance) * random.normal();
  return () => (Math.sqrt(variance) / truncatedStddev) * truncatedNormal(random);
}

function truncatedNormal(random: RandomStream): number {
  let value = random.normal();
  while (Math.abs(value) > 2) value = random.normal();
  return value;
}
