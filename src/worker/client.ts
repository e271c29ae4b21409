/** The page's end of the wire to the training worker: typed messages out, typed reports in. Interprets none of them. */
import type { Report, Request } from './protocol.ts';

/** Owns the worker; what can be transferred is transferred. */
export class TrainingClient {
  readonly #worker: Worker;

  constructor(onReport: (report: Report) => void) {
    this.#worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<readonly Report[]>) => data.forEach(onReport));
    this.#worker.addEventListener('error', (event) => {
      const reason = event.message || 'its script could not be loaded';
      onReport({ type: 'failed', code: 'internal', message: `worker: it stopped, ${reason}. Reload the page.` });
    });
  }

  send(request: Request): void {
    this.#worker.postMessage(request, transferablesOf(request));
  }

  /** Ends the worker and all it holds on the GPU. */
  dispose(): void {
    this.#worker.terminate();
  }
}

function transferablesOf(request: Request): Transferable[] {
  if (request.type === 'attachMap') return [request.canvas];
  if (request.type === 'dropFiles') return request.files.map(({ bytes }) => bytes);
  return [];
}
