/** Takes the playground's state through messages as the page does, for specs of slices. Knows no slice. */
import type { Message } from '../../src/app/intent.ts';
import { initialState, reduce } from '../../src/app/reduce.ts';
import { requestsFor } from '../../src/app/requests.ts';
import type { PlaygroundState } from '../../src/app/state.ts';
import type { Request } from '../../src/worker/protocol.ts';

/** Where messages lead, and what was asked of the worker on the way. */
export interface Followed {
  readonly state: PlaygroundState;
  readonly asked: readonly Request[];
}

/** From the first state on; of the requests those of the types named are kept. */
export function followMessages(messages: readonly Message[], types: readonly Request['type'][]): Followed {
  let state = initialState();
  const asked = messages.flatMap((message) => {
    const before = state;
    state = reduce(before, message);
    return requestsFor(message, before, state).filter(({ type }) => types.includes(type));
  });
  return { state, asked };
}
