/** A part of the state with rules of its own: what it starts as, what changes it, what it asks of the worker. Types only. */
import type { Request } from '../worker/protocol.ts';
import type { Message } from './intent.ts';
import type { PlaygroundState } from './state.ts';

/** One feature's share of the page's state. Pure; performs nothing itself. */
export interface Slice<S> {
  readonly initial: S;
  /** The slice after `message`, the same object when nothing changed; `state` is the page's before this slice took part. */
  reduce(slice: S, message: Message, state: PlaygroundState): S;
  /** What the worker must be asked for after `message`, in order. */
  requests?(message: Message, before: PlaygroundState, after: PlaygroundState): readonly Request[];
}
