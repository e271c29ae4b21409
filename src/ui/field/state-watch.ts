/** Ties a component to its part of the page's state, past everything in between that does not show it. */
import type { LitElement, ReactiveController } from 'lit';
import type { PlaygroundState } from '../../app/state.ts';
import type { PlaygroundStore } from '../../app/store.ts';

type Listener = (state: PlaygroundState) => void;

/** Asks the page around for the state of now and of every change until `signal` ends. */
export class WatchStateEvent extends Event {
  static readonly type = 'watch-state';
  constructor(
    readonly listener: Listener,
    readonly signal: AbortSignal,
  ) {
    super(WatchStateEvent.type, { bubbles: true, composed: true });
  }
}

/** Answers those who watch from within `host`. */
export function serveState(host: HTMLElement, store: PlaygroundStore): void {
  host.addEventListener(WatchStateEvent.type, (event) => {
    if (!(event instanceof WatchStateEvent)) return;
    const { listener, signal } = event;
    listener(store.state);
    signal.addEventListener(
      'abort',
      store.subscribe(() => listener(store.state)),
    );
  });
}

/** Renders its host when its own part of the state has changed, and only then; without a page around, there is none. */
export class StateWatch<Part> implements ReactiveController {
  #part: Part | undefined;
  #state: PlaygroundState | undefined;
  #ending: AbortController | undefined;

  /** @param select may read the host's properties; what it gives is compared by its JSON unless said otherwise. */
  constructor(
    private readonly host: LitElement,
    private readonly select: (state: PlaygroundState) => Part,
    private readonly isSame: (a: Part, b: Part) => boolean = isSameJson,
  ) {
    host.addController(this);
  }

  /** What `select` makes of the state; undefined before the first. */
  get part(): Part | undefined {
    return this.#part;
  }

  hostConnected(): void {
    this.#ending = new AbortController();
    this.host.dispatchEvent(new WatchStateEvent((state) => this.#take(state), this.#ending.signal));
  }

  hostDisconnected(): void {
    this.#ending?.abort();
  }

  /** The host's own properties, which are set by now, have their say in what it selects. */
  hostUpdate(): void {
    if (this.#state) this.#part = this.select(this.#state);
  }

  #take(state: PlaygroundState): void {
    this.#state = state;
    if (!this.host.hasUpdated) return;
    const part = this.select(state);
    if (this.#part !== undefined && this.isSame(part, this.#part)) return;
    this.#part = part;
    this.host.requestUpdate();
  }
}

function isSameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
