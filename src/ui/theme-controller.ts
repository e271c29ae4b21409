/** Renders its host anew when the page's colours change, for those who paint with them. Knows no colour. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Listens for as long as its host is connected. */
export class ThemeController implements ReactiveController {
  readonly #darkness = matchMedia('(prefers-color-scheme: dark)');

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#darkness.addEventListener('change', this.#onTheme);
    document.addEventListener('theme-change', this.#onTheme);
  }

  hostDisconnected(): void {
    this.#darkness.removeEventListener('change', this.#onTheme);
    document.removeEventListener('theme-change', this.#onTheme);
  }

  #onTheme = (): void => {
    this.host.requestUpdate();
  };
}
