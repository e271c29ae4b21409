/** The one error type the engine throws, with a code that survives the way through a worker. */
import type { EngineErrorCode } from './contract.ts';

/** Message form: `<layer or place>: <rule>. Received <name>=<value>.` */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    message: string,
  ) {
    super(message);
  }
}
