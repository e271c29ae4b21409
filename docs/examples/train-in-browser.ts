/** Trains a network with a skip connection in a page, from pictures made here, and says how it went. */
import { createEngine, type ModelConfig } from '../../src/engine/index.ts';

const log = (line: string) => document.querySelector('#log')?.append(`${line}\n`);

const model: ModelConfig = {
  inputShape: [12, 12, 1],
  layers: [
    { type: 'conv2d', name: 'stem', filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'conv2d', name: 'inner', filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'add', name: 'skip', inputs: ['stem', 'inner'] },
    { type: 'globalMaxPooling2d' },
    { type: 'dense', units: 2, activation: 'softmax' },
  ],
};

/** Class 0: a 3×3 square somewhere; class 1: the same with its middle missing. */
function pictures(count: number) {
  const images = new Uint8Array(count * 144);
  const labels = Uint8Array.from({ length: count }, (_, example) => example % 2);
  labels.forEach((label, example) => {
    const [top, left] = [(example * 7) % 10, (example * 3) % 10];
    for (let cell = 0; cell < 9; cell++) {
      const isHole = label === 1 && cell === 4;
      const place = (top + Math.floor(cell / 3)) * 12 + left + (cell % 3);
      images[example * 144 + place] = isHole ? 0 : 255;
    }
  });
  return { images, labels, shape: [count, 12, 12, 1], classes: 2 } as const;
}

const engine = await createEngine();
const network = await engine.compile(model, { batchSize: 32, optimizer: { type: 'adam', learningRate: 0.01 } });
for (const { name, outputShape, params } of network.summary()) log(`${name}: ${outputShape.join('×')}, ${params}`);
const data = engine.upload(pictures(512));
const run = network.fit(data, {
  epochs: 8,
  callbacks: { onEpochEnd: ({ epoch, loss }) => log(`epoch ${epoch + 1}: loss ${loss.toFixed(4)}`) },
});
await run.finished;
const { accuracy } = await network.evaluate(data);
log(`accuracy ${accuracy}`);
engine.dispose();
