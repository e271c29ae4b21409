/** Holds the state, runs the reducer and hands the requests that follow to whoever sends them. Knows no DOM. */
import type { Request } from '../worker/protocol.ts';
import type { Message } from './intent.ts';
import { initialState, reduce } from './reduce.ts';
import { requestsFor } from './requests.ts';
import type { PlaygroundState } from './state.ts';

/** A place to subscribe to: Lit's controllers do, and so may anything else. */
export class PlaygroundStore {
  #state: PlaygroundState = initialState();
  readonly #listeners = new Set<() => void>();
  readonly #send: (request: Request) => void;

  constructor(send: (request: Request) => void) {
    this.#send = send;
  }

  get state(): PlaygroundState {
    return this.#state;
  }

  /** Reduces, sends what follows, then tells the listeners when anything changed. */
  dispatch(message: Message): void {
    const before = this.#state;
    this.#state = reduce(before, message);
    for (const request of requestsFor(message, before, this.#state)) this.#send(request);
    if (this.#state !== before) for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` after every change; returns the way to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
