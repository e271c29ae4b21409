/** Puts MNIST's four files into a folder, from another folder or from the mirror, and only after their bytes are proved. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dataFileNames, type DataFileName } from '../../src/data/dataset-types.ts';
import { mirrorUrl, mnistSha256 } from '../../src/data/mnist-files.ts';

/** The largest file has 9.9 MB; an answer beyond this is not MNIST. */
const mostBytes = 32 * 2 ** 20;

/** What a run tells as it goes. */
export type Tell = (line: string, isLast: boolean) => void;

/** @throws Error when the gzip file does not hold exactly the published bytes of `name`. */
function prove(name: DataFileName, gzip: Uint8Array): void {
  const bytes = gunzipSync(gzip, { maxOutputLength: 2 * mostBytes });
  const received = createHash('sha256').update(bytes).digest('hex');
  if (received !== mnistSha256[name]) {
    throw new Error(`${name}: its SHA-256 must be ${mnistSha256[name]}. Received sha256=${received}.`);
  }
}

async function download(name: DataFileName, tell: Tell): Promise<Uint8Array> {
  const url = mirrorUrl(name);
  const response = await fetch(url).catch((error: unknown) => {
    // Node says only "fetch failed" and keeps the reason in the cause.
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Error(`${url}: could not be reached. Received ${reason}.`);
  });
  if (!response.ok || !response.body) throw new Error(`${url}: must answer 200. Received status=${response.status}.`);
  const total = Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    loaded += chunk.length;
    if (loaded > mostBytes) throw new Error(`${url}: must have at most ${mostBytes} bytes.`);
    tell(`${name}  ${formatProgress(loaded, total)}`, false);
  }
  return Buffer.concat(chunks);
}

function formatProgress(loaded: number, total: number): string {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  return total > 0 ? `${megabytes(loaded)} of ${megabytes(total)}` : megabytes(loaded);
}

/**
 * Fills `target` with the four `.gz` files, from `source` when it is given.
 * @throws Error naming the file when one cannot be read, fetched or proved; files already there are then untouched.
 */
export async function fetchMnist(target: string, source: string | undefined, tell: Tell): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of dataFileNames) {
    const gzip = source === undefined ? await download(name, tell) : await readFile(join(source, `${name}.gz`));
    prove(name, gzip);
    const path = join(target, `${name}.gz`);
    // Under another name first, so that a file with the right name is always whole.
    await writeFile(`${path}.part`, gzip);
    await rename(`${path}.part`, path);
    tell(`${name}  ${formatProgress(gzip.length, 0)}, SHA-256 proved`, true);
  }
}
