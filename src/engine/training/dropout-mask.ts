/** The masks of dropout.wgsl in plain numbers, for proofs and drawings: what is kept in a step. Pure arithmetic. */
import { randomStreams, RandomStream } from './random.ts';

/** What a mask is a function of. */
export interface DropoutMask {
  readonly seed: number;
  /** The layer's place in the model, from 0. */
  readonly layerIndex: number;
  /** Steps since the initial weights. */
  readonly step: number;
  readonly rate: number;
}

/** True where dropout keeps number i of a batch, for the first `count` numbers. */
export function keepMask({ seed, layerIndex, step, rate }: DropoutMask, count: number): boolean[] {
  const random = new RandomStream(seed, randomStreams.dropout, layerIndex, step);
  return Array.from({ length: count }, () => random.uniform() >= rate);
}

/** True where spatial dropout keeps map `c` of example `n`, at `[n * channels + c]`. */
export function keepMapMask(mask: DropoutMask, examples: number, channels: number): boolean[] {
  const mapPlaces = Math.ceil(channels / 4) * 4;
  return keepMask(mask, examples * mapPlaces).filter((_, place) => place % mapPlaces < channels);
}
