/** Files of results put together by the device they were measured on. */
import type { SoloCase } from '../node/solo-result.ts';
import type { CaseResult, ResultsFile } from '../results-file.ts';

/** A case with the file it comes from. */
export interface Found<Case> {
  readonly file: ResultsFile;
  readonly one: Case;
}

/** What is known of one adapter in one machine. Of cases that were measured again, the newest. */
export interface Device {
  /** For file names: `google-swiftshader`. */
  readonly slug: string;
  readonly title: string;
  /** The oldest first. */
  readonly files: readonly ResultsFile[];
  /** Receptive alone, in Node. */
  readonly solo: readonly Found<SoloCase>[];
  /** The trainers beside one another, in a browser. */
  readonly compared: readonly Found<CaseResult>[];
}

/** The devices by their titles; failed runs are left out. */
export function devicesOf(files: readonly ResultsFile[]): readonly Device[] {
  const groups = new Map<string, ResultsFile[]>();
  for (const file of files.filter(({ failures }) => failures.length === 0)) {
    const key = keyOf(file);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const devices = [...groups.values()].map(deviceOf);
  const slugs = devices.map(({ slug }) => slug);
  return devices
    .map((device, index) => ({ ...device, slug: unique(slugs, index) }))
    .sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

/** Browsers and Dawn tell the same vendor and architecture, but not the same rest. */
function keyOf({ adapter, machine }: ResultsFile): string {
  return [adapter.vendor, adapter.architecture, machine.processor].join('|').toLowerCase();
}

function deviceOf(files: readonly ResultsFile[]): Device {
  const [{ adapter, machine } = { adapter: undefined, machine: undefined }] = files;
  const words = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const slug = words(`${adapter?.vendor ?? ''} ${adapter?.architecture ?? ''}`).join('-');
  const names = files.map(nameOf).sort((a, b) => b.length - a.length);
  return {
    slug: slug === '' ? 'device' : slug,
    title: `${names[0] ?? ''} in a machine with ${machine?.processor ?? ''}`,
    files,
    solo: newest(files, ({ solo = [] }) => solo, isTuned),
    compared: newest(
      files,
      ({ cases }) => cases,
      () => false,
    ),
  };
}

/** What a person calls the adapter: the description where it says more than the architecture. */
function nameOf({ adapter }: ResultsFile): string {
  const { vendor, architecture, device, description } = adapter;
  const isNumber = /^(0x[0-9a-f]+)?$/i.test(device);
  const own = isNumber ? architecture : device;
  // SwiftShader's name ends in a hyphen.
  return [vendor, own.replace(/-+$/, ''), description].filter((word) => word !== '').join(', ');
}

/** Tuned kernels are other ones, so such a case stands beside the same one with the default kernels. */
export function isTuned({ result }: SoloCase): boolean {
  return result.cannot === undefined && result.tuning !== undefined;
}

function newest<Case extends { readonly network: string; readonly batchSize: number }>(
  files: readonly ResultsFile[],
  casesOf: (file: ResultsFile) => readonly Case[],
  isApart: (one: Case) => boolean,
): readonly Found<Case>[] {
  const found = new Map<string, Found<Case>>();
  for (const file of files) {
    for (const one of casesOf(file)) found.set(`${one.network}|${one.batchSize}|${isApart(one)}`, { file, one });
  }
  return [...found.values()];
}

function unique(slugs: readonly string[], index: number): string {
  const slug = slugs[index] ?? '';
  const before = slugs.slice(0, index).filter((other) => other === slug).length;
  return before === 0 ? slug : `${slug}-${before + 1}`;
}
