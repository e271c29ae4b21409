/** Who is compared, in the order of the tables. Names only; what each does stands in `peers/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PeerId } from './results-file.ts';

interface PeerFacts {
  readonly title: string;
  /** The package whose version is the peer's. */
  readonly packageName: string;
}

const peers: Readonly<Record<PeerId, PeerFacts>> = {
  receptive: { title: 'Receptive', packageName: 'receptive' },
  'jax-webgpu': { title: 'jax-js webgpu', packageName: '@jax-js/jax' },
  'jax-wasm': { title: 'jax-js wasm', packageName: '@jax-js/jax' },
  'tfjs-webgpu': { title: 'TensorFlow.js webgpu', packageName: '@tensorflow/tfjs-backend-webgpu' },
  'tfjs-webgl': { title: 'TensorFlow.js webgl', packageName: '@tensorflow/tfjs-backend-webgl' },
  'tfjs-wasm': { title: 'TensorFlow.js wasm', packageName: '@tensorflow/tfjs-backend-wasm' },
  convnetjs: { title: 'ConvNetJS', packageName: 'convnetjs' },
};

/** Every peer, Receptive first. */
export const peerIds: readonly PeerId[] = [
  'receptive',
  'jax-webgpu',
  'jax-wasm',
  'tfjs-webgpu',
  'tfjs-webgl',
  'tfjs-wasm',
  'convnetjs',
];

/** Whether `word` names a peer. */
export function isPeerId(word: string): word is PeerId {
  return peerIds.some((id) => id === word);
}

/** The peer's name in tables. */
export function peerTitle(id: PeerId): string {
  return peers[id].title;
}

/** The installed version. */
export function peerVersion(id: PeerId): string {
  const { packageName } = peers[id];
  const folder = packageName === 'receptive' ? '..' : join('node_modules', packageName);
  const parsed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, folder, 'package.json'), 'utf8'));
  const version: unknown = typeof parsed === 'object' && parsed !== null && Reflect.get(parsed, 'version');
  if (typeof version !== 'string') throw new Error(`${packageName}: has a version. Received ${String(version)}.`);
  return version;
}
