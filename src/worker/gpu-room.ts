/** The GPU for as long as the browser lends it: engine, painter and drawing loop, made anew after a loss. Knows no network. */
import { createEngine, type Engine, type Network } from '../engine/index.ts';
import { MapPainter } from './map-painter.ts';
import { type Cause, paceFor, PaintingLoop } from './painting-loop.ts';
import type { MapPalettes, Report, Request } from './protocol.ts';
import { browserTuningStore } from './tuning-store.ts';

/** When a lost GPU is asked for again; Chromium refuses a page whose GPU crashed twice for two minutes. */
const retryAfterMs = [200, 5_000, 30_000, 125_000];

export class GpuRoom {
  #engine: Engine | undefined;
  #painter: MapPainter | undefined;
  #painting: PaintingLoop | undefined;
  #isVisible = true;

  constructor(
    private palettes: MapPalettes,
    private readonly report: (report: Report) => void,
    private readonly onFrame: () => void,
    private readonly onLost: (message: string) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Undefined before `open` and while the GPU is lost. */
  get engine(): Engine | undefined {
    return this.#engine;
  }

  /** @throws EngineError `noWebGPU`, `noAdapter`. */
  async open(): Promise<void> {
    const onError = (message: string) => this.report({ type: 'failed', code: 'internal', message: `gpu: ${message}` });
    const tuning = { store: browserTuningStore(), runtime: navigator.userAgent };
    const engine = await createEngine({ onError, powerPreference: 'high-performance', tuning });
    this.#engine = engine;
    void engine.lost.then(({ message }) => {
      this.#engine = undefined;
      this.#painter?.setNetwork(undefined);
      this.onLost(message);
    });
    this.#painter = new MapPainter(engine.device, this.palettes);
    this.#painting = new PaintingLoop(
      this.#painter,
      paceFor(engine.adapter.isSoftware),
      ({ scales, probabilities }) => {
        this.report({ type: 'mapScales', scales });
        this.report({ type: 'prediction', probabilities });
        this.onFrame();
      },
      this.onFailure,
    );
    this.#painting.setVisible(this.#isVisible);
    this.report({ type: 'ready', adapter: engine.adapter });
  }

  /** Asks for a GPU again and again, ever more patiently; false when there is none to be had. */
  async reopen(): Promise<boolean> {
    for (const waitMs of retryAfterMs) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      try {
        await this.open();
        return true;
      } catch {
        // Not yet; the browser says no more than that.
      }
    }
    return false;
  }

  show(network: Network): void {
    this.#painter?.setNetwork(network);
    this.paint();
  }

  /** Something on screen has changed. */
  paint(cause: Cause = 'person'): void {
    this.#painting?.request(cause);
  }

  setTraining(isTraining: boolean): void {
    this.#painting?.setTraining(isTraining);
  }

  /** Requests about canvases and colours; others are left alone. */
  perform(request: Request): void {
    switch (request.type) {
      case 'attachMap':
        this.#painter?.attach(request.id, request.canvas, request.target, request.layout);
        break;
      case 'updateMap':
        this.#painter?.update(request.id, request.target, request.layout);
        break;
      case 'detachMap':
        this.#painter?.detach(request.id);
        break;
      case 'setPalettes':
        this.palettes = request.palettes;
        this.#painter?.setPalettes(request.palettes);
        break;
      case 'setVisible':
        this.#isVisible = request.isVisible;
        this.#painting?.setVisible(request.isVisible);
        break;
      default:
        return;
    }
    this.paint();
  }
}
