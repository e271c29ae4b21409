/** What the parts of the filter panel say to one another. They know nothing of the page. */

/** Which numbers of a kernel's grid a person wants changed, and to what. */
export class NumberEditedEvent extends Event {
  static readonly type = 'number-edited';
  constructor(
    /** Counted row by row; after the grid comes the bias. */
    readonly place: number,
    readonly value: number,
    /** The same for all changes of one drag, or of one row of key presses. */
    readonly gesture: number,
  ) {
    super(NumberEditedEvent.type, { bubbles: true, composed: true });
  }
}

/** Another plane of the filter. */
export class SliceChosenEvent extends Event {
  static readonly type = 'slice-chosen';
  constructor(readonly slice: number) {
    super(SliceChosenEvent.type, { bubbles: true, composed: true });
  }
}

let lastGesture = 0;

/** A number that no gesture had before. */
export function newGesture(): number {
  lastGesture += 1;
  return lastGesture;
}
