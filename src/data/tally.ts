/** Adds up the bytes of a rung's four files into one progress. Knows only sizes. */
import type { DataCallbacks, DataFileName, DataRung } from './dataset-types.ts';
import { dataFileNames } from './dataset-types.ts';
import { mnistFiles } from './mnist-files.ts';

/** What is loaded of each file, and what is still to come by the best knowledge there is. */
export class DownloadTally {
  private readonly loaded = new Map<DataFileName, { loadedBytes: number; totalBytes: number }>();

  constructor(
    private readonly rung: DataRung,
    private readonly callbacks: DataCallbacks,
  ) {}

  /** Files that have not begun are expected in the form, compressed or not, of the one that is arriving. */
  record(file: DataFileName, loadedBytes: number, isCompressed: boolean, announcedBytes: number | undefined): void {
    const { sizeBytes, gzipBytes } = mnistFiles[file];
    const totalBytes = isCompressed ? (announcedBytes ?? gzipBytes) : sizeBytes;
    this.loaded.set(file, { loadedBytes, totalBytes: Math.max(totalBytes, loadedBytes) });
    this.tell(file, isCompressed);
  }

  /** The file is whole: whatever was expected, this was its size. */
  finish(file: DataFileName, sizeBytes: number, isCompressed: boolean): void {
    this.loaded.set(file, { loadedBytes: sizeBytes, totalBytes: sizeBytes });
    this.tell(file, isCompressed);
  }

  private tell(file: DataFileName, isCompressed: boolean): void {
    let [loadedSum, totalSum] = [0, 0];
    for (const name of dataFileNames) {
      const known = this.loaded.get(name);
      loadedSum += known?.loadedBytes ?? 0;
      totalSum += known?.totalBytes ?? mnistFiles[name][isCompressed ? 'gzipBytes' : 'sizeBytes'];
    }
    this.callbacks.onProgress?.({ rung: this.rung, file, loadedBytes: loadedSum, totalBytes: totalSum });
  }
}
