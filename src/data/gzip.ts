/** Inflates gzip with the platform's decoder, never past the size its content announces. Knows no file format. */
import { DataError, throwIfCancelled } from './data-error.ts';
import { isGzip } from './first-bytes.ts';

/** Small, because the decoder inflates a whole slice (up to 1032 times its size) before anyone can say stop. */
const sliceBytes = 4096;
const trailerBytes = 8;

/** Told what has come out so far, answers the whole size in bytes, or undefined while too little is there to tell. */
export type Measure = (head: Uint8Array) => number | undefined;

/**
 * Inflates one gzip member; `measure` bounds what is allocated, and what it throws is passed on.
 * @throws DataError `truncated`, `damaged` or `tooLarge`; `AbortError` when cancelled.
 */
export async function inflateGzip(
  bytes: Uint8Array<ArrayBuffer>,
  measure: Measure,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const sink = new MeasuredSink(measure);
  const decoder = new DecompressionStream('gzip');
  const reader: ReadableStreamDefaultReader<Uint8Array> = decoder.readable.getReader();
  const writer: WritableStreamDefaultWriter<BufferSource> = decoder.writable.getWriter();
  // A failure of the decoder reaches the reader; here it only ends the feeding.
  feedSlices(writer, bytes).catch(() => undefined);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      throwIfCancelled(signal);
      if (done) break;
      sink.write(value);
    }
  } catch (error) {
    if (error instanceof DataError || signal?.aborted) throw error;
    throw explainFailure(bytes, sink.announcedBytes);
  } finally {
    // Either may already be closed or failed; both are only told to let go.
    reader.cancel().catch(() => undefined);
    writer.abort().catch(() => undefined);
  }
  const inflated = sink.whole();
  // Some decoders ignore what follows the member; the length it recorded of itself (RFC 1952, ISIZE) tells.
  if (inflated === undefined || recordedBytes(bytes) !== inflated.length)
    throw explainFailure(bytes, sink.announcedBytes);
  return inflated;
}

async function feedSlices(writer: WritableStreamDefaultWriter<BufferSource>, bytes: Uint8Array<ArrayBuffer>) {
  for (let start = 0; start < bytes.length; start += sliceBytes) {
    await writer.write(bytes.subarray(start, start + sliceBytes));
  }
  await writer.close();
}

/** Collects what comes out; allocates once the whole size is known and refuses a byte more. */
class MeasuredSink {
  private receivedBytes = 0;
  private head = new Uint8Array(0);
  private output: Uint8Array<ArrayBuffer> | undefined;

  constructor(private readonly measure: Measure) {}

  /** Undefined while unknown. */
  get announcedBytes(): number | undefined {
    return this.output?.length;
  }

  write(chunk: Uint8Array): void {
    if (this.output === undefined) {
      const joined = new Uint8Array(this.head.length + chunk.length);
      joined.set(this.head);
      joined.set(chunk, this.head.length);
      const wholeBytes = this.measure(joined);
      this.head = joined;
      this.receivedBytes = joined.length;
      if (wholeBytes === undefined) return;
      this.refuseMoreThan(wholeBytes);
      this.output = new Uint8Array(wholeBytes);
      this.output.set(joined);
      return;
    }
    const start = this.receivedBytes;
    this.receivedBytes += chunk.length;
    this.refuseMoreThan(this.output.length);
    this.output.set(chunk, start);
  }

  whole(): Uint8Array<ArrayBuffer> | undefined {
    return this.receivedBytes === this.output?.length ? this.output : undefined;
  }

  private refuseMoreThan(wholeBytes: number): void {
    if (this.receivedBytes <= wholeBytes) return;
    throw new DataError(
      'tooLarge',
      `inflates to more than the ${wholeBytes.toLocaleString('en')} bytes that its own header announces`,
    );
  }
}

/** The last four bytes of a whole gzip file: the length of its content, modulo 2³². */
function recordedBytes(bytes: Uint8Array): number | undefined {
  if (bytes.length < trailerBytes) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}

/**
 * The decoders say only that something is wrong, and drop what had come out; the recorded length says whether the end
 * is there.
 */
function explainFailure(bytes: Uint8Array, announcedBytes: number | undefined): DataError {
  if (!isGzip(bytes)) return new DataError('damaged', 'not a gzip file: does not start with 1f 8b');
  if (announcedBytes === undefined) return new DataError('damaged', 'a gzip file that is damaged or cut short');
  return recordedBytes(bytes) === announcedBytes
    ? new DataError('damaged', 'a damaged gzip file: its content cannot be unpacked or does not fit its checksum')
    : new DataError('truncated', 'a gzip file that is cut short, or is followed by bytes that are not part of it');
}
