/** Recognises what a file is by its first bytes, never by its name. Reads no further than those. */

/** True for the two magic bytes of gzip (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** True for the magic of an IDX file of bytes with one dimension (labels) or three (images). */
export function isIdx(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 8 && (bytes[3] === 1 || bytes[3] === 3);
}

const signatures: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['a zip archive; unpack it and choose the files in it', [0x50, 0x4b, 0x03, 0x04]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
  ['a NumPy array', [0x93, 0x4e, 0x55, 0x4d]],
  ['a gzip file inside the gzip file', [0x1f, 0x8b]],
];

/** True when the bytes begin as a web page does. */
export function isWebPage(bytes: Uint8Array): boolean {
  return /^(\ufeff)?\s*<(!doctype|html|head|!--|\?xml)/i.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}

/** Like `3c 21 64 6f (a web page)`: the first four bytes, and what they are the beginning of when that is known. */
export function describeFirstBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing: the file is empty';
  const shown = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (isWebPage(bytes)) return `${shown} (a web page)`;
  const known = signatures.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte));
  return known === undefined ? shown : `${shown} (${known[0]})`;
}
