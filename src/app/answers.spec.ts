/*
 * Plan. Eight answers small enough to count by hand: the matrix, how many are right, the worst first, a cell's images, and
 * answers that come in two parts counted like those that come at once.
 */
import { expect, test } from 'playwright/test';
import { confusionOf, imagesOfCell, joinAnswers, rightCount, worstMistakes, type Answers } from './answers.ts';

const answers: Answers = {
  classes: 3,
  labels: Uint8Array.of(0, 1, 2, 0, 1, 2, 1, 1),
  answers: Uint8Array.of(0, 1, 0, 1, 1, 2, 0, 0),
  certainties: Float32Array.of(0.9, 0.8, 0.75, 0.4, 0.6, 1, 0.5, 0.99),
};

test('counts labels against answers', () => {
  const confusion = confusionOf(answers);
  expect([...confusion]).toEqual([1, 1, 0, 2, 2, 0, 1, 0, 1]);
  expect(rightCount(confusion, 3)).toBe(4);
});

test('the worst mistakes are those it was surest of', () => {
  expect(worstMistakes(answers)).toEqual([7, 2, 6, 3]);
});

test('a cell lists its mistakes surest first, and what is right least sure first', () => {
  expect(imagesOfCell(answers, { label: 1, answer: 0 })).toEqual([7, 6]);
  expect(imagesOfCell(answers, { label: 1, answer: 1 })).toEqual([4, 1]);
  expect(imagesOfCell(answers, { label: 0, answer: 2 })).toEqual([]);
});

test('answers in two parts are the same answers', () => {
  const part = (from: number, to: number): Answers => ({
    classes: 3,
    labels: answers.labels.slice(from, to),
    answers: answers.answers.slice(from, to),
    certainties: answers.certainties.slice(from, to),
  });
  expect(joinAnswers(joinAnswers(undefined, part(0, 3)), part(3, 8))).toEqual(answers);
});
