/** Trains a small network in Node on generated pictures: `node docs/examples/train-in-node.mjs`. */
import { loadEngine } from '../../scripts/lib/engine-in-node.mjs';

const { engine: receptive, gpu, close } = await loadEngine();
const engine = await receptive.createEngine({ gpu });

const model = {
  inputShape: [8, 8, 1],
  layers: [
    { type: 'conv2d', filters: 8, kernelSize: 3, activation: 'relu' },
    { type: 'maxPooling2d' },
    { type: 'flatten' },
    { type: 'dense', units: 2, activation: 'softmax' },
  ],
};
const issues = receptive.checkModel(model);
if (issues.length > 0) throw new Error(issues[0].message);

// Class 0: a bright row; class 1: a bright column.
const count = 512;
const labels = Uint8Array.from({ length: count }, (_, example) => example % 2);
const images = new Uint8Array(count * 64);
for (let example = 0; example < count; example++) {
  const line = (example * 5) % 8;
  for (let cell = 0; cell < 8; cell++) {
    const place = labels[example] === 0 ? line * 8 + cell : cell * 8 + line;
    images[example * 64 + place] = 255;
  }
}

const network = await engine.compile(model, { batchSize: 32, optimizer: { type: 'adam' }, seed: 1 });
const data = engine.upload({ images, labels, shape: [count, 8, 8, 1], classes: 2 });
const { epochs } = await network.fit(data, { epochs: 8 }).finished;
for (const { epoch, loss, accuracy } of epochs) {
  console.log(`epoch ${epoch + 1}: loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}`);
}
const { accuracy } = await network.evaluate(data);
console.log(`accuracy ${accuracy}`);

engine.dispose();
await close();
// Dawn keeps a thread of its own.
process.exit(0);
