/** An engine on the adapter that was asked for, with what a measurement needs beside it. */
import { createEngine, type Engine } from '../../src/engine/index.ts';
import type { AdapterFacts } from '../results-file.ts';

/** The engine, and what it runs on. */
export interface OpenedEngine {
  readonly engine: Engine;
  readonly adapter: GPUAdapter;
  /** Errors that no call reported; what was measured with one is worth nothing. */
  readonly failures: string[];
}

/**
 * Opens the adapter that WebGPU thinks fastest: Dawn takes a discrete GPU before an integrated one before the processor.
 * @throws Error when there is none.
 */
export async function openEngine(gpu: GPU): Promise<OpenedEngine> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('bench: there must be a WebGPU adapter. Received adapter=null.');
  // The engine asks for its own features and limits, as in a page, but gets the adapter that is described in the result.
  gpu.requestAdapter = () => Promise.resolve(adapter);
  const failures: string[] = [];
  const engine = await createEngine({ gpu, onError: (message) => failures.push(message) });
  return { engine, adapter, failures };
}

/** The adapter's own words. */
export function describeAdapter({ info, features }: GPUAdapter): AdapterFacts {
  const { vendor, architecture, device, description } = info;
  return { vendor, architecture, device, description, features: [...features].sort() };
}
