/** Puts a listener before a method of a platform's class. It knows no class. */

/** Calls `before` with the receiver and the arguments of every call of `owner[name]`; the answer goes to `after`. */
export function listen(
  owner: object,
  name: string,
  before: (self: unknown, given: readonly unknown[]) => void,
  after?: (self: unknown, given: readonly unknown[], answer: unknown) => void,
): () => void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new Error(`listen: a class has the method. Received name=${name}.`);
  const listening = function (this: unknown, ...given: unknown[]): unknown {
    before(this, given);
    const answer: unknown = Reflect.apply(original, this, given);
    after?.(this, given, answer);
    return answer;
  };
  Object.defineProperty(owner, name, { configurable: true, writable: true, value: listening });
  return () => {
    Object.defineProperty(owner, name, { configurable: true, writable: true, value: original });
  };
}
