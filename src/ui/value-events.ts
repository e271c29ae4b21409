/** The two events that every labelled control of the page fires. They know nothing of what the value means. */

/** Fired while a value is being changed: on every move of a dragged slider. */
export class ValueInputEvent<Value = number> extends Event {
  static readonly type = 'value-input';
  constructor(readonly value: Value) {
    super(ValueInputEvent.type, { bubbles: true, composed: true });
  }
}

/** Fired when a value has been chosen: on release, on Enter, on a click. */
export class ValueChangeEvent<Value = number> extends Event {
  static readonly type = 'value-change';
  constructor(readonly value: Value) {
    super(ValueChangeEvent.type, { bubbles: true, composed: true });
  }
}
