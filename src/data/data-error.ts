/** The one error type of the data layer, its message fit to be shown to a person; and the one way it says "cancelled". */

export type DataErrorCode =
  | 'notIdx'
  | 'tooLarge'
  | 'truncated'
  | 'damaged'
  | 'wrongLength'
  | 'badLabel'
  | 'wrongHash'
  | 'unreachable'
  | 'httpStatus'
  | 'timedOut'
  | 'notData'
  | 'badArgument';

/** Message form: `<place>: <rule>. Received <name>=<value>.` */
export class DataError extends Error {
  override readonly name = 'DataError';
  constructor(
    readonly code: DataErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The error of a cancelled load, whatever reason the signal carries. */
export function cancelledError(): DOMException {
  return new DOMException('Loading the data was cancelled.', 'AbortError');
}

/** @throws the `AbortError` of {@link cancelledError} when the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelledError();
}
