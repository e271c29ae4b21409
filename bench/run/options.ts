/** The words after `npm run bench --`. It judges them and does nothing. */
import { benchCases } from '../cases.ts';
import { isPeerId, peerIds } from '../peer-list.ts';
import type { CaseSuite, PeerId } from '../results-file.ts';

/** Everything that can be asked for. */
export type Suite = CaseSuite | 'drawing' | 'soak';

const suites: readonly Suite[] = ['lecture', 'batches', 'networks', 'filters', 'drawing', 'soak'];

/** What is to be run. */
export interface BenchOptions {
  readonly suites: readonly Suite[];
  /** Receptive is always among them: the others are told as ratios to it. */
  readonly peers: readonly PeerId[];
  /** Networks' names, such as `smallVgg`; undefined: all of the suites. */
  readonly networks: readonly string[] | undefined;
  readonly rounds: number;
  /** Undefined: a name of its own under bench/results. */
  readonly out: string | undefined;
  /** Undefined: the folder that `npm test` would take. */
  readonly mnist: string | undefined;
  readonly soakMinutes: number;
  /** What one slice of one peer should take; a slow peer takes one step however long. */
  readonly sliceMs: number;
  readonly gpu: 'software' | 'hardware' | undefined;
  /** Whether Receptive measures its kernels before it is timed. */
  readonly isTuned: boolean;
}

/** Flags that may be given, for the message when another one is. */
const usage =
  '--quick, --suite lecture|batches|networks|filters|drawing|soak|all, --peers <name,name>, --networks <name,name>, --rounds <n>, ' +
  '--slice <seconds>, --soak <minutes>, --gpu software|hardware, --tuning auto|off, --mnist <folder>, --out <file.json>';

function refuse(rule: string, name: string, value: string): never {
  throw new Error(`npm run bench: ${rule}. Received ${name}=${value}.`);
}

function readNumber(name: string, text: string, isAllowed: (value: number) => boolean): number {
  const value = Number(text);
  return text !== '' && isAllowed(value) ? value : refuse(`${name} takes a number above zero`, name, text);
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 1000;
const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;

function readSuites(text: string): readonly Suite[] {
  if (text === 'all') return suites;
  return text.split(',').map((word) => suites.find((suite) => suite === word) ?? refuse(usage, '--suite', word));
}

function readPeers(text: string): readonly PeerId[] {
  const named = text
    .split(',')
    .map((word) => (isPeerId(word) ? word : refuse(`peers are ${peerIds.join(', ')}`, '--peers', word)));
  return peerIds.filter((id) => id === 'receptive' || named.includes(id));
}

function oneOf<const T extends string>(name: string, text: string, words: readonly T[]): T {
  return words.find((word) => word === text) ?? refuse(`${name} takes ${words.join(' or ')}`, name, text);
}

function readNetworks(text: string): readonly string[] {
  const known = new Set(benchCases.map(({ network }) => network));
  const unknown = text.split(',').find((word) => !known.has(word));
  if (unknown !== undefined) refuse(`networks are ${[...known].join(', ')}`, '--networks', unknown);
  return text.split(',');
}

/** `--name value` and `--name=value` alike; `--quick` has no value. */
function readWords(words: readonly string[]): ReadonlyMap<string, string> {
  const known = [
    '--suite',
    '--peers',
    '--networks',
    '--rounds',
    '--slice',
    '--soak',
    '--gpu',
    '--tuning',
    '--mnist',
    '--out',
  ];
  const rest = words.flatMap((word) => {
    const at = word.indexOf('=');
    return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
  });
  const given = new Map<string, string>();
  while (rest.length > 0) {
    const name = rest.shift() ?? '';
    if (name === '--quick') given.set(name, '');
    else if (known.includes(name)) given.set(name, rest.shift() ?? refuse('the flag takes a value', name, ''));
    else refuse(`flags are ${usage}`, 'flag', name);
  }
  return given;
}

/** @throws Error with what may be given when something else is. */
export function readOptions(words: readonly string[]): BenchOptions {
  const given = readWords(words);
  const isQuick = given.has('--quick');
  const text = (name: string, fallback: string): string => given.get(name) ?? fallback;
  const [gpu, networks] = [given.get('--gpu'), given.get('--networks')];
  return {
    suites: readSuites(text('--suite', isQuick ? 'lecture' : 'lecture,batches,networks,filters,drawing')),
    peers: readPeers(text('--peers', peerIds.join(','))),
    networks: networks === undefined ? undefined : readNetworks(networks),
    rounds: readNumber('--rounds', text('--rounds', isQuick ? '3' : '7'), isCount),
    out: given.get('--out'),
    mnist: given.get('--mnist'),
    soakMinutes: readNumber('--soak', text('--soak', '60'), isPositive),
    sliceMs: 1000 * readNumber('--slice', text('--slice', isQuick ? '2' : '4'), isPositive),
    gpu: gpu === undefined ? undefined : oneOf('--gpu', gpu, ['software', 'hardware']),
    isTuned: oneOf('--tuning', text('--tuning', 'off'), ['auto', 'off']) === 'auto',
  };
}
