/** What the parts of a run share. Types only. */
import type { Browser } from 'playwright';
import type { BuiltPeer } from './build.ts';
import type { BenchServer } from './server.ts';

/** A benchmark under way. */
export interface Bench {
  readonly browser: Browser;
  readonly server: BenchServer;
  readonly built: readonly BuiltPeer[];
  readonly rounds: number;
  readonly sliceMs: number;
  /** Whether a trainer with a tuner may use it before it is timed. */
  readonly isTuned: boolean;
  /** GFLOP/s of the register loop, taken once a round. */
  readonly ceiling: () => Promise<void>;
  readonly say: (line: string) => void;
}
