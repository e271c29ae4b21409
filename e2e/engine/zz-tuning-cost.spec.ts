import { test } from 'playwright/test';
import { openEnginePage } from './open-engine-page.ts';
test('cost', async ({ browser }) => {
  test.setTimeout(280_000);
  const page = await openEnginePage(browser);
  page.on('console', (m) => console.log(m.text()));
  await page.evaluate(async () => {
    const network = await proof.engine.compile(
      { ...proof.lectureModel, inputShape: [28, 28, 1] },
      { batchSize: 64, optimizer: { type: 'rmsprop' }, tuning: 'auto' },
    );
    const data = proof.uploadDigits(640);
    await network.tuning.setMode('off');
    let steps = 0;
    let slowest = 0,
      last = performance.now();
    const run = network.fit(data, {
      epochs: 100000,
      callbacks: {
        onSteps: (all) => {
          steps += all.length;
          const n = performance.now();
          slowest = Math.max(slowest, n - last);
          last = n;
        },
      },
    });
    const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));
    await sleep(8000);
    const t00 = performance.now();
    for (let round = 0; round < 4; round++)
      for (const mode of ['off', 'auto'] as const) {
        await network.tuning.setMode(mode);
        await sleep(500);
        slowest = 0;
        const [s0, t0] = [steps, performance.now()];
        await sleep(mode === 'off' ? 8000 : 40000);
        const ms = performance.now() - t0;
        const t1 = performance.now();
        await run.pause();
        const pauseMs = performance.now() - t1;
        run.resume();
        console.log(
          mode,
          (((steps - s0) * 64 * 1000) / ms).toFixed(0),
          'img/s; slowest gap',
          slowest.toFixed(0),
          'pause',
          pauseMs.toFixed(0),
          'total',
          ((t1 - t00) / 1000).toFixed(0),
          network.tuning.kernels
            .map(
              (k) =>
                `${k.state[0]}${k.tried}/${k.ways.length - 1} ${k.defaultMs?.toFixed(2) ?? ''}→${k.choiceMs?.toFixed(2) ?? ''}`,
            )
            .join(' | '),
        );
      }
    await run.stop();
    for (const k of network.tuning.kernels)
      console.log(
        k.labels.join(),
        k.state,
        k.choice,
        k.defaultMs,
        k.choiceMs,
        k.refusals.map((r) => r.choice + ': ' + r.reason).join(' ; '),
      );
    network.dispose();
  });
  await page.close();
});
