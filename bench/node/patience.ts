/** Keeps the process quiet while it waits for a GPU that is the same processor. */

const pollMs = 1;

/**
 * Makes waiting cheap. While a promise of its is pending, Dawn's Node binding asks in a loop, by `setImmediate`, whether the
 * GPU is done, and so takes a whole core. A software adapter computes on those cores: with two of them it loses nearly
 * half of its speed to the asking. Asking once a millisecond costs a real GPU's run more than it gives, so this is for
 * software adapters only.
 */
export function waitQuietly(): void {
  const later = (callback: (...args: unknown[]) => void, ...args: unknown[]) => setTimeout(callback, pollMs, ...args);
  Reflect.set(globalThis, 'setImmediate', later);
}
