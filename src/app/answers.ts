/** Answers to test images, counted and sorted. Pure arithmetic; knows no page and no network. */

/** What one set of weights answered to the first images of the test set. */
export interface Answers {
  readonly classes: number;
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly answers: Uint8Array<ArrayBuffer>;
  /** How sure of each answer the network was, 0…1. */
  readonly certainties: Float32Array<ArrayBuffer>;
}

/** One field of the confusion matrix: images of a class and what they were taken for. */
export interface ConfusionCell {
  readonly label: number;
  readonly answer: number;
}

/** Counts at `[label * classes + answer]`. */
export function confusionOf({ classes, labels, answers }: Answers): Uint32Array<ArrayBuffer> {
  const counts = new Uint32Array(classes * classes);
  labels.forEach((label, index) => {
    const place = label * classes + (answers[index] ?? 0);
    counts[place] = (counts[place] ?? 0) + 1;
  });
  return counts;
}

/** How many answers are the label. */
export function rightCount(confusion: Uint32Array, classes: number): number {
  return confusion.reduce((sum, count, place) => (place % (classes + 1) === 0 ? sum + count : sum), 0);
}

/** The images whose answer is wrong, the surest first: they are the worst. */
export function worstMistakes({ labels, answers, certainties }: Answers): readonly number[] {
  return indicesWhere(labels, (label, index) => label !== answers[index]).sort(surestFirst(certainties));
}

/** A cell's images: mistakes with the surest first, right answers with the least sure first. */
export function imagesOfCell(
  { labels, answers, certainties }: Answers,
  { label, answer }: ConfusionCell,
): readonly number[] {
  const indices = indicesWhere(labels, (its, index) => its === label && answers[index] === answer);
  const order = surestFirst(certainties);
  return indices.sort(label === answer ? (a, b) => order(b, a) || a - b : order);
}

function indicesWhere(labels: Uint8Array, isWanted: (label: number, index: number) => boolean): number[] {
  const indices: number[] = [];
  labels.forEach((label, index) => {
    if (isWanted(label, index)) indices.push(index);
  });
  return indices;
}

function surestFirst(certainties: Float32Array): (a: number, b: number) => number {
  return (a, b) => (certainties[b] ?? 0) - (certainties[a] ?? 0);
}

/** The answers before with those that follow them. */
export function joinAnswers(before: Answers | undefined, next: Answers): Answers {
  if (!before) return next;
  return {
    classes: next.classes,
    labels: joined(before.labels, next.labels),
    answers: joined(before.answers, next.answers),
    certainties: Float32Array.from([...before.certainties, ...next.certainties]),
  };
}

function joined(before: Uint8Array, next: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(before.length + next.length);
  all.set(before);
  all.set(next, before.length);
  return all;
}
