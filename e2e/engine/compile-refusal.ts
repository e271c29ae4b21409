/** How the engine refuses to compile, and what that cost the GPU. Runs in a page. */
import { EngineError, type CompileOptions, type Engine, type ModelConfig } from '../../src/engine/index.ts';
import { countCreations } from './count-creations.ts';

/** An attempt to compile a network. */
export interface Refusal {
  /** Absent when the network was compiled. */
  readonly error?: { readonly code: string; readonly message: string };
  /** GPU objects that the attempt made. */
  readonly creations: number;
  /** What the ledger moved by. */
  readonly bytes: number;
  readonly buffers: number;
}

async function attempt(engine: Engine, config: ModelConfig, options: CompileOptions): Promise<Refusal['error']> {
  try {
    (await engine.compile(config, options)).dispose();
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { code: error.code, message: error.message };
  }
}

/** Compiles and, should that succeed, disposes at once. */
export async function refusalToCompile(engine: Engine, config: ModelConfig, options: CompileOptions): Promise<Refusal> {
  const before = { ...engine.ledger };
  const counts = countCreations(engine.device);
  const error = await attempt(engine, config, options);
  const creations = counts.total();
  counts.stop();
  const { bytes, buffers } = engine.ledger;
  return { ...(error && { error }), creations, bytes: bytes - before.bytes, buffers: buffers - before.buffers };
}
