/** `docs/performance.md` and its pictures, from files of results: the same files give the same bytes. */
import type { ResultsFile } from '../results-file.ts';
import { comparedSection } from './compared-section.ts';
import { devicesOf, type Device } from './devices.ts';
import { pageSection } from './page-section.ts';
import { soloSection } from './solo-section.ts';
import { number, paragraphs } from './text.ts';

const introduction = `# Performance

This page is drawn from the files in [\`bench/results\`](../bench/results) by \`npm run bench:report\`; every figure on it comes from
them. The adapter stands above every figure: software adapters compute on the processor, and nothing about one device follows
from another.`;

const methods = `## How it is measured

**In a browser**, \`npm run bench\`: Receptive and other trainers train the same network on the same images from the same weights, a
slice each in turn, so that what else the machine does meets all of them alike.

**Without a browser**, \`npm run bench:node\`: Receptive alone in Node, through the package \`webgpu\` (Dawn), on whatever Vulkan, Metal
or D3D device there is. \`npm run bench:node -- --bundle FOLDER\` writes one file that needs only Node and that package's folder, for
machines with nothing else; \`--adapter NAME\` chooses among GPUs, \`--suite\`, \`--network\`, \`--rounds\` and \`--slice\` how much is
measured. Where there is no MNIST it trains on generated digits. A run fails, and is not drawn here, when the device reports an error,
when a loss does not fall or when a weight stays what it was.

- *train* is \`fit\` over whole slices, shuffling and metrics included; *infer* is \`predict\` on whole batches, outputs read back.
- *Tuned* means that the ways a kernel can go were measured on the device first; elsewhere every kernel goes its default way.
- A dispatch is timed in a compute pass of its own, on the tensors that a step has left, by the GPU's timestamps; where they are
  too coarse, by the clock around a fence. Dispatches too short for either are repeated in their pass. The tables have the least
  of the rounds, beside the best that the roofs showed; everything else is a median.
- *FLOP* are the model's: two for every multiplication with an addition that the layers need, without rows that a pooling drops,
  for outputs, input gradients and weight gradients. Additions of biases, activations and the optimizer count nothing.
- *Bytes* are what a dispatch's bindings hold, each once; of the data set, one batch.
- The *roofs* are measured on the device in the same run: multiply-adds in registers, large copies, copies that stay in the caches,
  and a chain of empty dispatches. A dispatch's *floor* is the larger of its arithmetic and its memory (that of the caches for what
  fits them) at these rates, and the empty dispatch. *Of the floor* is how many times longer it takes. On a processor the copies are
  limited by loads and stores one lane at a time, not by its memory.`;

/** Every file that is drawn, by its path from `docs/`. */
export function drawPerformance(files: readonly ResultsFile[]): ReadonlyMap<string, string> {
  const devices = devicesOf(files).map(drawDevice);
  const body = devices.length === 0 ? ['Nothing has been measured yet.'] : devices.map(({ text }) => text);
  const page = `${paragraphs([introduction, ...body, methods])}\n`;
  return new Map([['performance.md', page], ...devices.flatMap(({ pictures }) => [...pictures])]);
}

function drawDevice(device: Device) {
  const solo = soloSection(device);
  const [file] = device.files;
  const machine = file
    ? `${file.machine.cores} logical processors, ${number(file.machine.memoryBytes / 2 ** 30)} GiB, ${file.machine.system}.`
    : '';
  return {
    text: paragraphs([`## ${device.title}`, machine, comparedSection(device), pageSection(device), solo.text]),
    pictures: solo.pictures,
  };
}
