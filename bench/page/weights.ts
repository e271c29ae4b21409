/** Weights on their way between two pages: as base64, since pages exchange JSON. */
import type { Weight } from './trainer.ts';

/** A weight as JSON. */
export interface PackedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  /** Little-endian float32 in base64. */
  readonly base64: string;
}

const pieceBytes = 8192;

/** The weight as JSON. */
export function packWeight({ name, shape, data }: Weight): PackedWeight {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    String.fromCharCode(...bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes)),
  );
  return { name, shape, base64: btoa(pieces.join('')) };
}

/** The weight from JSON. */
export function unpackWeight({ name, shape, base64 }: PackedWeight): Weight {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return { name, shape, data: new Float32Array(bytes.buffer) };
}
