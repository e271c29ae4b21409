/** Judgements over the repository's files, each a pure function from texts to the list of what is wrong. */

/** A file's path from the project's folder, and its text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

const mostLines = 300;

// Put together here, so that this file is not what it looks for.
const leftoverWords = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);

/** Every line of every file that `isWrong` holds for, as `<path>:<number>`. */
function linesWhere(files: readonly TextFile[], isWrong: (line: string) => boolean): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (isWrong(line) ? [`${path}:${index + 1}`] : [])),
  );
}

/** Shaders whose names are not kebab-case `.wgsl`. */
export function misnamedShaders(paths: readonly string[]): string[] {
  return paths.filter((path) => !/^shaders\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*\.wgsl$/.test(path));
}

/** Lines with a style attribute, which the content policy drops. */
export function styleAttributes(files: readonly TextFile[]): string[] {
  return linesWhere(files, (line) => /[\s"'`]style\s*=\s*["'$]/.test(line));
}

/** Files too long to be read at once, as `<path>: <lines> lines`. */
export function longFiles(files: readonly TextFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > mostLines ? [`${path}: ${lines} lines`] : [];
  });
}

/** Lines that promise work instead of doing it. */
export function leftovers(files: readonly TextFile[]): string[] {
  return linesWhere(files, (line) => leftoverWords.test(line));
}

/** Dependencies of a package.json that name a range instead of one version. */
export function loosePins(packageJson: string): string[] {
  const parsed: unknown = JSON.parse(packageJson);
  return ['dependencies', 'devDependencies'].flatMap((kind) =>
    entriesOf(parsed, kind).flatMap(([name, version]) =>
      typeof version === 'string' && /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) ? [] : [`${name}@${String(version)}`],
    ),
  );
}

/** Addresses in a lock file: with one, an install would ask that host, whatever registry the person uses. */
export function lockedHosts(lockFile: string): string[] {
  return [...lockFile.matchAll(/"resolved":\s*"([^"]*)"/g)].map(([, address = '']) => address);
}

function entriesOf(value: unknown, key: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).find(([name]) => name === key)?.[1] as unknown;
  return typeof inner === 'object' && inner !== null ? Object.entries(inner) : [];
}
