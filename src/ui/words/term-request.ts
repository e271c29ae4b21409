/** How anything on the page asks for the explanation of a term. Knows neither the words nor who shows them. */
import type { TermName } from './term-name.ts';

/** Asks for a term's card beside an element. */
export class TermRequestEvent extends Event {
  static readonly type = 'term-request';

  constructor(
    readonly term: TermName,
    /** Stands beside the card. */
    readonly anchor: HTMLElement,
    /** Name of the layer whose numbers are put in; empty for the model's. */
    readonly layer = '',
  ) {
    super(TermRequestEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells the anchor that its card has gone. */
export class TermClosedEvent extends Event {
  static readonly type = 'term-closed';

  constructor() {
    super(TermClosedEvent.type);
  }
}
