/** Whether the network on screen is tuned, as the person wants it; and what the page is told of it. */
import type { CompileOptions, Network } from '../engine/index.ts';
import type { Feature } from './feature.ts';
import type { Report, Request } from './protocol.ts';

export class TuningSwitch implements Feature {
  #network: Network | undefined;

  constructor(
    private isOn: boolean,
    private readonly report: (report: Report) => void,
  ) {}

  /** How the next network is to be compiled. */
  get options(): Pick<CompileOptions, 'tuning' | 'onTuning'> {
    return { tuning: this.#mode, onTuning: () => this.#tell() };
  }

  /** Another network is on screen. */
  show(network: Network): void {
    this.#network = network;
    // The person may have decided otherwise while it was compiled.
    if (network.tuning.mode !== this.#mode) void network.tuning.setMode(this.#mode);
    this.#tell();
  }

  /** Requests about tuning; others are left alone. */
  perform(request: Request): Promise<void> | undefined {
    if (request.type === 'forgetTuning') return this.#forget();
    return request.type === 'setTuning' ? this.#switch(request.isOn) : undefined;
  }

  async #forget(): Promise<void> {
    await this.#network?.tuning.forget();
  }

  async #switch(isOn: boolean): Promise<void> {
    this.isOn = isOn;
    await this.#network?.tuning.setMode(this.#mode);
  }

  get #mode(): 'auto' | 'off' {
    return this.isOn ? 'auto' : 'off';
  }

  /** Of the network on screen, whichever has changed. */
  #tell(): void {
    if (this.#network) this.report({ type: 'tuning', kernels: this.#network.tuning.kernels });
  }
}
