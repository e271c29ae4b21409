/** Takes the files a person drops or chooses, one by one, until all four are there. Never fetches. */
import { DataError } from './data-error.ts';
import { dataFileNames } from './dataset-types.ts';
import type { DataFileName, DataRung, ImageSet, LoadedData } from './dataset-types.ts';
import { isGzip } from './first-bytes.ts';
import { describeIdx, parseIdx } from './idx.ts';
import { mnistFiles, mnistSha256 } from './mnist-files.ts';
import { openIdxFile } from './open-file.ts';
import type { OpenedFile } from './open-file.ts';

export interface FileVerdict {
  readonly isAccepted: boolean;
  /** One sentence for the person, beginning with the file's name. */
  readonly message: string;
  /** What is still needed, in the order of `dataFileNames`. */
  readonly missing: DataFileName[];
}

const classes = 10;

/**
 * Recognises a file by its hash and adds its uncompressed bytes to `collected`; its name does not matter. A file that is
 * refused changes nothing.
 */
export async function acceptFile(
  collected: Map<DataFileName, Uint8Array>,
  name: string,
  bytes: ArrayBuffer,
): Promise<FileVerdict> {
  const raw = new Uint8Array(bytes);
  try {
    const opened = await openIdxFile(raw);
    const found = dataFileNames.find((file) => mnistSha256[file] === opened.sha256);
    if (found === undefined) return verdict(collected, false, `${name}: ${explainUnknown(raw, opened)}`);
    collected.set(found, opened.bytes);
    return verdict(collected, true, `${name}: MNIST's ${mnistFiles[found].title}, ${describeIdx(opened.header)}`);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return verdict(collected, false, `${name}: ${error.message}`);
  }
}

function verdict(collected: Map<DataFileName, Uint8Array>, isAccepted: boolean, sentence: string): FileVerdict {
  const missing = dataFileNames.filter((file) => !collected.has(file));
  const titles = missing.map((file) => mnistFiles[file].title).join(', ');
  const rest = missing.length === 0 ? 'All four files are here.' : `Still missing: ${titles}.`;
  return { isAccepted, message: `${sentence}. ${rest}`, missing };
}

/** Compares an IDX file that is none of the four with the one it comes nearest to. */
function explainUnknown(raw: Uint8Array, { header, sha256 }: OpenedFile): string {
  const distance = (file: DataFileName): number =>
    Math.abs(Math.log((header.dimensions[0] ?? 0) / mnistFiles[file].count));
  const [nearest] = dataFileNames
    .filter((file) => mnistFiles[file].kind === header.kind)
    .sort((a, b) => distance(a) - distance(b));
  const found = `${isGzip(raw) ? 'inflates to' : 'is'} an IDX file of ${describeIdx(header)}, SHA-256 ${sha256.slice(0, 8)}…`;
  if (nearest === undefined) return found;
  const { title, count, kind } = mnistFiles[nearest];
  const size = kind === 'images' ? ' of 28×28' : '';
  const expected = `${count.toLocaleString('en')} ${kind}${size}, SHA-256 ${mnistSha256[nearest].slice(0, 8)}…`;
  return `${found}; MNIST's ${title} are ${expected}`;
}

/**
 * The data set of four files as `acceptFile` collects them; undefined while one is missing.
 * @throws DataError when the files' content is not IDX or does not fit together.
 */
export function assembleFiles(
  collected: ReadonlyMap<DataFileName, Uint8Array>,
  rung: DataRung = 'files',
): LoadedData | undefined {
  const [trainImages, trainLabels, testImages, testLabels] = dataFileNames.map((file) => collected.get(file));
  if (!trainImages || !trainLabels || !testImages || !testLabels) return undefined;
  return { rung, train: pairUp(trainImages, trainLabels), test: pairUp(testImages, testLabels) };
}

function pairUp(imageBytes: Uint8Array, labelBytes: Uint8Array): ImageSet {
  const images = parseIdx(imageBytes);
  const labels = parseIdx(labelBytes);
  const [count = 0, height = 0, width = 0] = images.header.dimensions;
  if (images.header.kind !== 'images' || labels.header.kind !== 'labels' || labels.payload.length !== count) {
    throw new DataError(
      'wrongLength',
      `data: every image must have a label. Received ${describeIdx(images.header)} and ${describeIdx(labels.header)}.`,
    );
  }
  return { images: images.payload, labels: labels.payload, shape: [count, height, width, 1], classes };
}
