/** What the page asks of a trainer, whoever made it. Types only. */
import type { ModelConfig } from '../../src/engine/model/config.ts';
import type { ResolvedModel } from '../../src/engine/model/resolved.ts';

/** A weight by its name in Receptive: `conv2d_1/kernel`, height × width × inputs × outputs. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** Real images in the order of the file, the same for every trainer. */
export interface Digits {
  /** Bytes 0…255, channels last. */
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
  /** `[examples, height, width, channels]`. */
  readonly shape: readonly [number, number, number, number];
}

/** One batch for trainers that take floats. */
export interface Batch {
  /** 0…1, channels last. */
  readonly images: Float32Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** What is to be trained. */
export interface Job {
  readonly config: ModelConfig;
  readonly model: ResolvedModel;
  readonly batchSize: number;
  readonly digits: Digits;
  /** The initial weights that all trainers begin with; undefined for the one that they are taken from. */
  readonly weights: readonly Weight[] | undefined;
  /** Batch `index` of the digits; past the end it begins again. */
  batch(index: number): Batch;
}

/** A network ready to be trained. */
export interface Trainer {
  /** In what the work differs from the others', in sentences. */
  readonly notes: readonly string[];
  /**
   * Trains on the first `count` batches, as fast as the library lets one, and resolves with the last step's loss when all
   * of it has been computed.
   */
  train(count: number): Promise<number>;
  /** Probabilities for `[examples, height, width, channels]` floats. */
  predict(images: Float32Array<ArrayBuffer>): Promise<Float32Array>;
  /** The numbers of the first convolution's kernel, in any order. */
  firstKernel(): Promise<Float32Array>;
  /** Finds out the fastest ways on this device, where the library has more than one; nothing is trained meanwhile. */
  tune?(): Promise<void>;
  /** Every weight; only the trainer that the others' are taken from has it. */
  weights?(): Promise<readonly Weight[]>;
  /** GPU bytes and buffers by the trainer's own account. */
  ledger?(): { readonly bytes: number; readonly buffers: number };
}
