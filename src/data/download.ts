/** Downloads one file, and gives up early on silence, on a web page in its place, and on too many bytes. */
import { DataError, cancelledError } from './data-error.ts';
import { describeFirstBytes, isGzip, isIdx, isWebPage } from './first-bytes.ts';

/** How long a server may stay silent. */
export interface Patience {
  /** Until the first byte of the content. */
  readonly firstByteMs: number;
  /** Between two pieces of the content. */
  readonly stallMs: number;
}

export interface DownloadRequest {
  readonly fetch: typeof fetch;
  readonly url: string;
  /** Who is asked, in a person's words: `this site`. */
  readonly place: string;
  /** The file's name, for messages. */
  readonly file: string;
  /** More than this is not read. */
  readonly largestBytes: number;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  /** `announcedBytes` is undefined when the server does not say, or says it of a compressed transfer. */
  onBytes(loadedBytes: number, isCompressed: boolean, announcedBytes: number | undefined): void;
}

/**
 * The file's bytes as they arrived, gzipped or not.
 * @throws DataError `unreachable`, `httpStatus`, `timedOut`, `notData` or `tooLarge`; `AbortError` when cancelled.
 */
export async function download(request: DownloadRequest): Promise<Uint8Array<ArrayBuffer>> {
  const guard = new SilenceGuard(request);
  // Called without `request` before it: the platform's fetch insists on its own `this`.
  const { fetch: send, file, patience, url } = request;
  const deadlineMs = performance.now() + patience.firstByteMs;
  try {
    const response = await guard.await(patience.firstByteMs, send(url, { signal: guard.signal }));
    if (!response.ok) throw refusal(request, 'httpStatus', `did not give ${file}`, `status=${response.status}`);
    return await readBody(request, guard, response, deadlineMs);
  } finally {
    guard.close();
  }
}

async function readBody(
  request: DownloadRequest,
  guard: SilenceGuard,
  response: Response,
  deadlineMs: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const announcedBytes = announcedLength(response);
  const pieces: Uint8Array[] = [];
  let loadedBytes = 0;
  let head: Uint8Array = new Uint8Array(0);
  while (reader !== undefined) {
    const patienceMs = loadedBytes === 0 ? deadlineMs - performance.now() : request.patience.stallMs;
    const { done, value } = await guard.await(patienceMs, reader.read());
    if (done) break;
    pieces.push(value);
    loadedBytes += value.length;
    if (head.length < 4) {
      head = concatenate(pieces, loadedBytes);
      if (head.length >= 4) requireData(request, head);
    }
    if (loadedBytes > request.largestBytes) {
      throw refusal(request, 'tooLarge', `sent more than ${request.file} can hold`, `bytes>${request.largestBytes}`);
    }
    request.onBytes(loadedBytes, isGzip(head), announcedBytes);
  }
  if (head.length < 4) requireData(request, head);
  return concatenate(pieces, loadedBytes);
}

/** Content-Length counts the bytes of the transfer; with a Content-Encoding those are not the bytes that come out. */
function announcedLength({ headers }: Response): number | undefined {
  const length = Number(headers.get('content-length') ?? Number.NaN);
  return Number.isSafeInteger(length) && length > 0 && !headers.has('content-encoding') ? length : undefined;
}

/** A static host with a single-page fallback answers 200 and a page for every address: only the bytes tell. */
function requireData(request: DownloadRequest, head: Uint8Array): void {
  if (isGzip(head) || isIdx(head)) return;
  const rule = isWebPage(head) ? `answered with a web page instead of ${request.file}` : `did not send ${request.file}`;
  throw refusal(request, 'notData', rule, `first bytes ${describeFirstBytes(head)}`);
}

function refusal(
  { place }: DownloadRequest,
  code: 'httpStatus' | 'notData' | 'tooLarge' | 'timedOut' | 'unreachable',
  rule: string,
  received: string,
): DataError {
  return new DataError(code, `${place} ${rule}. Received ${received}.`);
}

function concatenate(pieces: readonly Uint8Array[], totalBytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(totalBytes);
  let start = 0;
  for (const piece of pieces) {
    whole.set(piece, start);
    start += piece.length;
  }
  return whole;
}

/** Turns silence and cancelling into rejections, even under a fetch that heeds no signal. */
class SilenceGuard {
  private readonly inner = new AbortController();
  private readonly cancelled: Promise<never>;
  private stopListening = (): void => undefined;

  constructor(private readonly request: DownloadRequest) {
    const { signal } = request;
    this.cancelled = new Promise<never>((_, reject) => {
      const onAbort = (): void => reject(cancelledError());
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort);
      this.stopListening = () => signal.removeEventListener('abort', onAbort);
    });
    this.cancelled.catch(() => undefined);
  }

  /** Aborted by `close`. */
  get signal(): AbortSignal {
    return this.inner.signal;
  }

  /** The outcome of `step`, unless nothing comes for `patienceMs` or the load is cancelled. */
  async await<T>(patienceMs: number, step: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_, reject) => {
      const seconds = Math.max(0.1, patienceMs / 1000).toFixed(1);
      const late = refusal(this.request, 'timedOut', 'was silent for too long', `nothing for ${seconds} s`);
      timer = setTimeout(() => reject(late), patienceMs);
    });
    const heard = step.catch((error: unknown) => {
      const cause = error instanceof Error ? error.message : String(error);
      throw refusal(this.request, 'unreachable', 'could not be reached, or the connection broke', `error="${cause}"`);
    });
    try {
      return await Promise.race([this.cancelled, silence, heard]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets go of the connection and of the caller's signal. */
  close(): void {
    this.stopListening();
    this.inner.abort();
  }
}
