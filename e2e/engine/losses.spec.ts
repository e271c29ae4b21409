/**
 * Plan: every loss with every option, by class indices and by rows of targets: the loss, its gradients by all weights and by
 * the inputs for a batch, and loss, accuracy and confusion of a data set whose last batch is short, against the float64
 * reference. The controls give the reference a neighbouring loss, and it must notice. Soft targets train as their loss
 * falls; what does not fit (a loss that the last layer cannot have, rows of another width) is refused with its reason.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';
import { endingIn, lossCases, type LossCase } from './loss-cases.ts';

useEnginePage();

const titleOf = ({ loss, model, targets }: Omit<LossCase, 'reference'>): string => {
  const last = model.layers.at(-1);
  return `${JSON.stringify(loss)} of ${targets} behind ${last && 'activation' in last ? last.activation : ''}`;
};

for (const { reference, ...row } of lossCases) {
  test(`${titleOf(row)} is the reference's`, async () => {
    expect(await page.evaluate((given) => proof.checkLoss(proof.engine, given), row)).toEqual([]);
  });

  test(`control: ${titleOf(row)} is not ${JSON.stringify(reference)}`, async () => {
    const failures = await page.evaluate((given) => proof.checkLoss(proof.engine, given), { ...row, reference });
    expect(failures.join('\n')).toContain('loss: ');
    expect(failures.join('\n')).toContain('gradient: ');
  });
}

test('rows of targets train: the squared error of an image from itself falls', async () => {
  const losses = await page.evaluate(async () => {
    const next = proof.seededUniform(4);
    const images = proof.randomBytes(32 * 12, next);
    const network = await proof.engine.compile(
      {
        inputShape: [4, 3, 1],
        layers: [{ type: 'flatten' }, { type: 'dense', units: 8, activation: 'tanh' }, { type: 'dense', units: 12 }],
      },
      { batchSize: 8, optimizer: { type: 'adam', learningRate: 0.02 }, loss: 'meanSquaredError' },
    );
    const targets = Float32Array.from(images, (byte) => byte / 255);
    const data = proof.engine.upload({ images, targets, shape: [32, 4, 3, 1], classes: 12 });
    const { epochs } = await network.fit(data, { epochs: 30 }).finished;
    network.dispose();
    data.dispose();
    return epochs.map(({ loss }) => loss);
  });
  expect(losses).toHaveLength(30);
  expect(losses.at(-1)).toBeLessThan(0.3 * losses[0]!);
});

test('what does not fit is refused with its reason', async () => {
  const messages = await page.evaluate(
    async ({ softmax, linear }) => {
      const said: string[] = [];
      const note = (error: unknown) => said.push(error instanceof Error ? error.message : String(error));
      const options = { batchSize: 2, optimizer: { type: 'sgd' } } as const;
      const images = new Uint8Array(40);
      const shape = [2, 5, 4, 1] as const;
      await proof.engine.compile(linear, options).catch(note);
      await proof.engine
        .compile(softmax, { ...options, loss: { type: 'categoricalCrossentropy', fromLogits: true } })
        .catch(note);
      try {
        proof.engine.upload({ images, targets: new Float32Array(9), shape, classes: 5 });
      } catch (error) {
        note(error);
      }
      try {
        proof.engine.upload({ images, targets: new Float32Array(10).fill(NaN), shape, classes: 5 });
      } catch (error) {
        note(error);
      }
      const narrow = proof.engine.upload({ images, targets: new Float32Array(8), shape, classes: 4 });
      const network = await proof.engine.compile(softmax, options);
      await network.evaluate(narrow).catch(note);
      await network.gradients(new Float32Array(40), new Float32Array(9)).catch(note);
      await network.gradients(new Float32Array(40), Uint8Array.of(1, 5)).catch(note);
      network.dispose();
      narrow.dispose();
      return said;
    },
    { softmax: endingIn('softmax'), linear: endingIn('linear') },
  );
  expect(messages).toEqual([
    expect.stringContaining('needs a flat output and softmax. Received outputs=[5], activation=linear.'),
    expect.stringContaining('another activation than softmax. Received outputs=[5], activation=softmax.'),
    'dataset: targets must hold classes=5 numbers per example. Received targets.length=9.',
    'dataset: targets must be numbers. Received targets[0]=NaN.',
    'dataset: rows of targets must be as wide as the network’s outputs, 5. Received classes=4.',
    'gradients: targets must be 2 rows of 5 numbers. Received targets.length=9.',
    expect.stringContaining('gradients: there must be 2 labels below 5. Received labels=[1, 5]'),
  ]);
});
