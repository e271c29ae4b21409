/** Tasks that need the weights and the tensors of a step to stand still: one after another, and no training step meanwhile. */

export class ExclusiveTasks {
  /** The end of the last task. */
  #last: Promise<unknown> | undefined;

  /** Runs a task once those before it are done. Whoever submits training steps asks `whenFree` first. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const before = this.#last ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#last = mine;
    const leave = () => {
      if (this.#last === mine) this.#last = undefined;
    };
    mine.then(leave, leave);
    return mine;
  }

  /** Resolves when the tasks known now are done; undefined when there is none. */
  whenFree(): Promise<void> | undefined {
    return this.#last?.then(
      () => undefined,
      () => undefined,
    );
  }
}
