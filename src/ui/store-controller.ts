/** Ties a component's updates to the store. Knows nothing of what the state says. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PlaygroundState } from '../app/state.ts';
import type { PlaygroundStore } from '../app/store.ts';

/** Renders its host after every change of the state, for as long as the host is connected. */
export class StoreController implements ReactiveController {
  #unsubscribe: (() => void) | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly store: PlaygroundStore,
  ) {
    host.addController(this);
  }

  get state(): PlaygroundState {
    return this.store.state;
  }

  hostConnected(): void {
    this.#unsubscribe = this.store.subscribe(() => this.host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
  }
}
