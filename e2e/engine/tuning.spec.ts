/**
 * Plan: of a kernel's ways only those that compile and give the default's numbers may be chosen, and of those the fastest is.
 * First a made-up kernel, whose ways are deliberately slow, fast, wrong, unfinished or no WGSL: which is chosen, what is said of
 * the others, what is kept, that memory comes back and that the page hears of no error; the same called off half-way. Then a
 * real network: what is measured is stored, goes into the next network that is compiled, can be switched off and forgotten;
 * steps still create nothing once the tuning is over; it can be thrown away in the middle. Off and with choices given, the
 * same seed gives the same bits twice, and what a store holds changes nothing. A way that does not exist is refused.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';

useEnginePage();

test('a wrong way is never chosen, the fastest right one is', async () => {
  const { kernel, stored, workgroups, errors, ...rest } = await page.evaluate(() =>
    proof.tuneMadeUpKernel(proof.engine, {
      others: ['elsewhere', 'fast', 'partly', 'tooLarge', 'misspelt'],
      tuning: 'auto',
    }),
  );
  expect(kernel).toMatchObject({ state: 'measured', choice: 'fast', tried: 5 });
  const refusals = Object.fromEntries((kernel?.refusals ?? []).map(({ choice, reason }) => [choice, reason]));
  expect(refusals).toEqual({
    elsewhere: expect.stringMatching(/^outputs: differs by/),
    partly: 'outputs: writes no number where there should be one',
    tooLarge: expect.stringContaining('workgroup'),
    misspelt: expect.stringContaining('padTopp'),
  });
  expect(kernel?.choiceMs).toBeLessThan(0.97 * (kernel?.defaultMs ?? 0));
  expect(stored).toHaveLength(1);
  expect(stored[0]?.[1]).toMatchObject({ choice: 'fast', choiceMs: kernel?.choiceMs, defaultMs: kernel?.defaultMs });
  expect(workgroups).toBe(rest.fastWorkgroups);
  expect(rest.bytesWhenDone).toBe(rest.bytesBefore);
  expect(errors).toEqual([]);
});

test('where no other way is right, the default stays', async () => {
  const { kernel, workgroups, slowWorkgroups } = await page.evaluate(() =>
    proof.tuneMadeUpKernel(proof.engine, { others: ['elsewhere', 'partly'], tuning: 'auto' }),
  );
  expect(kernel).toMatchObject({ state: 'measured', choice: 'slow' });
  expect(workgroups).toBe(slowWorkgroups);
});

test('switched off, and with choices given, nothing is measured', async () => {
  const [off, fixed] = await page.evaluate(async () => [
    await proof.tuneMadeUpKernel(proof.engine, { others: ['fast'], tuning: 'off' }),
    await proof.tuneMadeUpKernel(proof.engine, { others: ['fast'], tuning: { 'made-up pooling': 'fast' } }),
  ]);
  expect(off).toMatchObject({ changes: 0, stored: [], workgroups: off.slowWorkgroups });
  expect(fixed).toMatchObject({ changes: 0, stored: [], workgroups: fixed.fastWorkgroups });
});

test('what is known is not measured again, unless there are other ways now', async () => {
  const known = { choice: 'fast', defaultMs: 2, choiceMs: 1 };
  const [same, others] = await page.evaluate(
    async (record) => [
      await proof.tuneMadeUpKernel(proof.engine, {
        ...{ others: ['fast'], tuning: 'auto' },
        known: { ...record, ways: ['slow', 'fast'] },
      }),
      await proof.tuneMadeUpKernel(proof.engine, {
        ...{ others: ['fast', 'elsewhere'], tuning: 'auto' },
        known: { ...record, ways: ['slow', 'fast'] },
      }),
    ],
    known,
  );
  expect(same.kernel).toMatchObject({ state: 'measured', ...known });
  expect(same.workgroups).toBe(same.fastWorkgroups);
  expect(others.kernel?.refusals.map(({ choice }) => choice)).toEqual(['elsewhere']);
});

test('outputs of zeros judge nobody', async () => {
  const { kernel, stored } = await page.evaluate(() =>
    proof.tuneMadeUpKernel(proof.engine, { others: ['fast'], tuning: 'auto', isDead: true }),
  );
  expect(kernel).toMatchObject({ state: 'skipped', choice: 'slow', reason: 'outputs: all its outputs are zero' });
  expect(stored).toEqual([]);
});

for (const disposeAfter of ['begin', 'firstTried'] as const) {
  test(`thrown away after ${disposeAfter}: no error, no byte`, async () => {
    const { errors, bytesWhenDone } = await page.evaluate(
      (after) =>
        proof.tuneMadeUpKernel(proof.engine, { others: ['fast', 'elsewhere'], tuning: 'auto', disposeAfter: after }),
      disposeAfter,
    );
    expect(errors).toEqual([]);
    expect(bytesWhenDone).toBe(0);
  });
}

test('a network’s measurements are kept, used by the next one, switched off and forgotten', async () => {
  const outcome = await page.evaluate(() => proof.followTuning());
  expect(outcome.first.every(({ state }) => state === 'measured' || state === 'skipped')).toBe(true);
  expect(outcome.storedCount).toBeGreaterThan(0);
  // What was found is replaced by another way, so that it is seen which way the next network goes.
  expect(outcome.next).toEqual(outcome.planted);
  expect(outcome.largestDifference).toBeLessThan(1e-4);
  expect(outcome.afterOff).toEqual(outcome.defaults);
  expect(outcome.afterOn).toEqual(outcome.planted);
  expect(outcome.afterForget).toEqual(outcome.defaults);
  expect(outcome.storedAfterForget).toBe(0);
  expect(outcome.errors).toEqual([]);
  expect(outcome.ledger).toEqual({ bytes: 0, buffers: 0 });
});

test('steps create nothing once the tuning is over', async () => {
  const { creations, bytes, isOver } = await page.evaluate(() => proof.stepsAfterTuning());
  expect(isOver).toBe(true);
  expect(creations).toEqual([]);
  expect(bytes).toBe(0);
});

test('tuned while training: the run goes on, is paused at once, and is thrown away in the middle', async () => {
  const outcome = await page.evaluate(() => proof.disposeWhileTuning());
  expect(outcome.wasMeasuring).toBe(true);
  expect(outcome.stepsMeanwhile).toBeGreaterThan(0);
  expect(outcome.errors).toEqual([]);
  expect(outcome.ledger).toEqual({ bytes: 0, buffers: 0 });
});

test('off, and with choices given, the same seed gives the same bits, whatever a store holds', async () => {
  const { off, offBesideStore, fixed, fixedAgain, mode, refusal } = await page.evaluate(() => proof.bitsOfTunings());
  expect(off).toMatch(/^[0-9a-f]{64}$/);
  expect(offBesideStore).toBe(off);
  expect(fixedAgain).toBe(fixed);
  expect(mode).toBe('fixed');
  expect(refusal).toMatch(/^badArgument compile: tuning must name one of the ways of .*Received choice=no such way\.$/);
});
