/** From bytes of any origin to the verified, uncompressed content of one of the four files. Knows no network. */
import { DataError, throwIfCancelled } from './data-error.ts';
import type { DataFileName } from './dataset-types.ts';
import { isGzip } from './first-bytes.ts';
import { inflateGzip } from './gzip.ts';
import { readIdxHeader, requireWholeIdx } from './idx.ts';
import type { IdxHeader } from './idx.ts';
import { mnistFiles, mnistSha256 } from './mnist-files.ts';

export interface OpenedFile {
  readonly header: IdxHeader;
  /** Header and payload, uncompressed. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Opens an IDX file, gzipped or not, of any size up to the parser's limit, or of exactly `expectedBytes`.
 * @throws DataError as the parser and `inflateGzip`; `AbortError` when cancelled.
 */
export async function openIdxFile(
  raw: Uint8Array<ArrayBuffer>,
  expectedBytes?: number,
  signal?: AbortSignal,
): Promise<OpenedFile> {
  const measure = (head: Uint8Array): number | undefined => {
    const totalBytes = readIdxHeader(head)?.totalBytes;
    if (totalBytes !== undefined && expectedBytes !== undefined && totalBytes !== expectedBytes) {
      throw new DataError(
        'wrongLength',
        `another file: holds ${totalBytes.toLocaleString('en')} bytes, expected ${expectedBytes.toLocaleString('en')}`,
      );
    }
    return totalBytes;
  };
  if (!isGzip(raw)) measure(raw);
  const bytes = isGzip(raw) ? await inflateGzip(raw, measure, signal) : raw;
  const header = requireWholeIdx(bytes);
  const sha256 = await sha256Hex(bytes);
  throwIfCancelled(signal);
  return { header, bytes, sha256 };
}

/**
 * Opens `raw` as the file `name` and checks its hash.
 * @throws DataError as {@link openIdxFile}, or `wrongHash`; `AbortError` when cancelled.
 */
export async function openMnistFile(
  name: DataFileName,
  raw: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes, sha256 } = await openIdxFile(raw, mnistFiles[name].sizeBytes, signal);
  if (sha256 !== mnistSha256[name]) {
    throw new DataError(
      'wrongHash',
      `not MNIST's ${mnistFiles[name].title}: SHA-256 must be ${mnistSha256[name].slice(0, 8)}…. ` +
        `Received ${sha256.slice(0, 8)}…`,
    );
  }
  return bytes;
}
