/** Bytes in and out of the engine's page: base64 in, hashes out. */
import type { NamedTensor } from '../../src/engine/index.ts';

/** The bytes of a base64 text. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** SHA-256 over every weight's name and bits: equal only when all are bitwise equal. */
export async function sha256OfWeights(weights: readonly NamedTensor[]): Promise<string> {
  const parts = weights.flatMap(({ name, data }) => [new TextEncoder().encode(name), data]);
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
