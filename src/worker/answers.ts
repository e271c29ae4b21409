/** The class that each of a batch's outputs names, and how sure of it they are. Pure arithmetic. */

/** Largest outputs of `[n, classes]`, row by row. */
export function answersOf(
  outputs: Float32Array,
  classes: number,
): { readonly answers: Uint8Array<ArrayBuffer>; readonly certainties: Float32Array<ArrayBuffer> } {
  const count = outputs.length / classes;
  const answers = new Uint8Array(count);
  const certainties = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    let best = 0;
    for (let place = 1; place < classes; place++) {
      if ((outputs[row * classes + place] ?? 0) > (outputs[row * classes + best] ?? 0)) best = place;
    }
    answers[row] = best;
    certainties[row] = outputs[row * classes + best] ?? 0;
  }
  return { answers, certainties };
}
