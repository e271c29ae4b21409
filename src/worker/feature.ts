/** What the parts of a session that look at the network, or change it, are given and give. Types only. */
import type { Engine, ModelConfig, Network } from '../engine/index.ts';
import type { DataRoom } from './data-room.ts';
import type { Hyperparameters, Report, Request } from './protocol.ts';
import type { TrainingLoop } from './training-loop.ts';

/** The session as its features see it; every value is the present one. */
export interface Surroundings {
  /** Undefined before the GPU is there and while it is lost. */
  readonly engine: Engine | undefined;
  /** The network on screen. */
  readonly network: Network | undefined;
  readonly config: ModelConfig;
  readonly hyperparameters: Hyperparameters;
  readonly data: DataRoom;
  /** Undefined before the first step. */
  readonly loop: TrainingLoop | undefined;
  /** The chosen image, `[height, width, channels]`, 0…1; undefined before there is one. */
  readonly pixels: Float32Array<ArrayBuffer> | undefined;
  report(report: Report): void;
  /** What the maps show has changed. */
  paint(): void;
  /** Performs work that no request awaits; a failure is told to the page. */
  attempt(work: () => Promise<void>): void;
}

/** One part of the session with requests of its own. */
export interface Feature {
  /** Performs a request of its own; undefined for the others. */
  perform(request: Request): Promise<void> | undefined;
  /** Another network is on screen; the one before is about to be disposed. */
  show?(network: Network): void;
  /** Sees every report on its way to the page. */
  follow?(report: Report): void;
  /** A frame has been drawn: the inspection pass holds the chosen image's tensors with the weights of now. */
  painted?(): void;
}
