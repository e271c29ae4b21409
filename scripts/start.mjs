/**
 * `npm start`: from a fresh clone to the running app in one command.
 * Options: --host [name], --port <number>, --no-open.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, giveUp, root } from './lib/install.mjs';
import { openBrowser } from './lib/open-browser.mjs';

/** Reads the options; `--host` without a name means every address of this machine. */
function readOptions(words) {
  const options = { isOpening: !process.env.CI, server: {} };
  const rest = words.flatMap((word) => {
    const [name, value] = word.split('=', 2);
    return value === undefined ? [word] : [name, value];
  });
  const takeValue = () => (rest[0] !== undefined && !rest[0].startsWith('--') ? rest.shift() : undefined);
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--no-open') options.isOpening = false;
    else if (word === '--host') options.server.host = takeValue() ?? true;
    else if (word === '--port') options.server.port = readPort(takeValue());
    else giveUp(`npm start: options are --host [name], --port <number> and --no-open. Received ${word}.`);
  }
  return options;
}

function readPort(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    giveUp(`npm start: a port is a whole number from 1 to 65535. Received --port=${text}.`);
  }
  return port;
}

function describeData() {
  const folder = process.env.RECEPTIVE_MNIST;
  if (folder) return `Digits: MNIST from ${folder}.`;
  if (existsSync(join(root, 'public/data/mnist'))) return 'Digits: MNIST from public/data/mnist.';
  return 'Digits: MNIST comes from a public mirror on first use (`npm run data` keeps a copy here); offline, the app draws its own.';
}

const options = readOptions(process.argv.slice(2));
ensureInstalled();

const { createServer } = await import('vite');
const server = await createServer({ root, server: options.server });
await server.listen();
const address = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0];

console.log('\n  Receptive is running.\n');
server.printUrls();
console.log(`\n  ${describeData()}\n  Ctrl-C ends it.\n`);
if (options.isOpening && address) openBrowser(address);

let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    // npm passes the signal on that the terminal has already sent.
    if (isEnding) return;
    isEnding = true;
    await server.close();
    process.exit(0);
  });
}
