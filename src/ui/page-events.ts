/** How the page's own components say what a person wants, and how a canvas asks to be drawn by the worker. */
import type { Intent } from '../app/intent.ts';
import type { Request } from '../worker/protocol.ts';

/** Carries an intent up to the page, which reduces it. */
export class IntentEvent extends Event {
  static readonly type = 'intent';
  constructor(readonly intent: Intent) {
    super(IntentEvent.type, { bubbles: true, composed: true });
  }
}

/** The requests that concern a canvas and nothing in the state. */
export type MapRequest = Extract<Request, { type: 'attachMap' | 'updateMap' | 'detachMap' }>;

/** Carries a canvas's request up to the page, which sends it. */
export class MapRequestEvent extends Event {
  static readonly type = 'map-request';
  constructor(readonly request: MapRequest) {
    super(MapRequestEvent.type, { bubbles: true, composed: true });
  }
}

/** A new GPU knows none of the canvases that were handed to the lost one; each has to be made and handed over again. */
export class CanvasesLostEvent extends Event {
  static readonly type = 'canvases-lost';

  constructor() {
    super(CanvasesLostEvent.type);
  }
}
