/** Reads the IDX format of MNIST's files (yann.lecun.com/exdb/mnist): unsigned bytes, one or three dimensions. */
import { DataError } from './data-error.ts';
import { describeFirstBytes, isIdx } from './first-bytes.ts';

/** Nothing larger is read or allocated; MNIST's largest file has 45 MiB. */
export const largestIdxBytes = 64 * 2 ** 20;

const largestLabel = 9;

export interface IdxHeader {
  readonly kind: 'images' | 'labels';
  /** `[count]` or `[count, height, width]`. */
  readonly dimensions: readonly number[];
  readonly headerBytes: number;
  /** Header and payload. */
  readonly totalBytes: number;
}

export interface IdxFile {
  readonly header: IdxHeader;
  /** A copy of the payload. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Like `5,000 images of 28×28`. */
export function describeIdx({ kind, dimensions }: IdxHeader): string {
  const [count = 0, ...size] = dimensions;
  return `${count.toLocaleString('en')} ${kind}${size.length > 0 ? ` of ${size.join('×')}` : ''}`;
}

/**
 * Reads the header at the start of `head`; undefined while too few bytes are there to tell.
 * @throws DataError `notIdx` or `tooLarge`.
 */
export function readIdxHeader(head: Uint8Array): IdxHeader | undefined {
  if (head.length < 4) return undefined;
  if (!isIdx(head)) {
    throw new DataError(
      'notIdx',
      `not an IDX file: starts with ${describeFirstBytes(head)}; expected 00 00 08 03 (images) or 00 00 08 01 (labels)`,
    );
  }
  const rank = head[3] ?? 0;
  const headerBytes = 4 + 4 * rank;
  if (head.length < headerBytes) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, headerBytes);
  const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const totalBytes = headerBytes + dimensions.reduce((product, size) => product * size, 1);
  const header: IdxHeader = { kind: rank === 1 ? 'labels' : 'images', dimensions, headerBytes, totalBytes };
  if (totalBytes === headerBytes) throw new DataError('notIdx', `an IDX file without content: ${describeIdx(header)}`);
  if (totalBytes > largestIdxBytes) {
    throw new DataError(
      'tooLarge',
      `an IDX file that announces ${describeIdx(header)}; at most ${largestIdxBytes / 2 ** 20} MiB are read`,
    );
  }
  return header;
}

/**
 * Parses a whole file: magic, dimensions that multiply to the payload's size, labels 0…9.
 * @throws DataError `notIdx`, `tooLarge`, `truncated`, `wrongLength` or `badLabel`.
 */
export function parseIdx(bytes: Uint8Array): IdxFile {
  const header = requireWholeIdx(bytes);
  const payload = new Uint8Array(bytes.subarray(header.headerBytes));
  if (header.kind === 'labels') {
    const at = payload.findIndex((label) => label > largestLabel);
    if (at >= 0) {
      throw new DataError('badLabel', `labels must be 0…9. Received label=${payload[at]} at example ${at}`);
    }
  }
  return { header, payload };
}

/**
 * The header of a file whose length is what the header says.
 * @throws DataError as {@link parseIdx}, except `badLabel`.
 */
export function requireWholeIdx(bytes: Uint8Array): IdxHeader {
  const header = readIdxHeader(bytes);
  if (header === undefined) {
    throw new DataError('truncated', `cut short: only ${bytes.length} bytes, fewer than an IDX header has`);
  }
  if (bytes.length !== header.totalBytes) {
    const isShort = bytes.length < header.totalBytes;
    throw new DataError(
      isShort ? 'truncated' : 'wrongLength',
      `${isShort ? 'cut short' : 'too long'}: ${describeIdx(header)} take ${header.totalBytes.toLocaleString('en')} ` +
        `bytes, the file has ${bytes.length.toLocaleString('en')}`,
    );
  }
  return header;
}
