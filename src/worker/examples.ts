/** Finds an example of the test set for the page to choose. Shows it to no network itself. */
import type { Feature, Surroundings } from './feature.ts';
import type { Request } from './protocol.ts';

type PickExample = Extract<Request, { type: 'pickExample' }>;

/** Answers `pickExample`; where no example has the class, nothing is chosen. */
export class Examples implements Feature {
  constructor(private readonly surroundings: Surroundings) {}

  perform(request: Request): Promise<void> | undefined {
    if (request.type !== 'pickExample') return undefined;
    this.#pick(request);
    return Promise.resolve();
  }

  #pick({ index, direction, label }: PickExample): void {
    const { data } = this.surroundings;
    const test = data.testSet;
    if (!test) return;
    const [count, ...shape] = test.shape;
    for (let seen = 0; seen < count; seen++) {
      const place = (index + seen * direction + count) % count;
      if (label !== undefined && test.labels[place] !== label) continue;
      const example = data.example(place);
      if (example) this.surroundings.report({ type: 'inputPicked', ...example, shape, index: place });
      return;
    }
  }
}
