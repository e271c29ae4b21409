/** The public face of the engine: trains CNNs on WebGPU, in a page, a worker or Node. Everything else is private. */
export type * from './contract.ts';
export type * from './model/config.ts';
export type * from './model/training-config.ts';
export type * from './model/issue.ts';
export type * from './model/resolved.ts';
export { EngineError } from './error.ts';
export { mapForReading } from './gpu/readback.ts';
export * from './model/presets.ts';
export { checkModel, resolveModel, type Resolution } from './model/resolve.ts';
export { createEngine } from './training/engine.ts';
export { createMemoryTuningStore } from './training/tuning/memory-tuning-store.ts';
