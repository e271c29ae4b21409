/*
 * Plan. Read the words that a person may type: none, the quick run, lists, both ways to write a value; and refuse the rest
 * with a sentence that says what may be given. Receptive is part of every run, as it is what the others are compared with.
 */
import { expect, test } from 'playwright/test';
import { peerIds } from '../peer-list.ts';
import { readOptions } from './options.ts';

test('without a word everything but the soak is run, by all', () => {
  const options = readOptions([]);
  expect(options.suites).toEqual(['lecture', 'batches', 'networks', 'filters', 'drawing']);
  expect(options.peers).toEqual(peerIds);
  expect(options).toMatchObject({ rounds: 7, sliceMs: 4000, soakMinutes: 60, isTuned: false });
});

test('a quick run is the lecture’s network in three short rounds', () => {
  expect(readOptions(['--quick'])).toMatchObject({ suites: ['lecture'], rounds: 3, sliceMs: 2000 });
  expect(readOptions(['--quick', '--rounds', '5']).rounds).toBe(5);
});

test('lists are kept in the tables’ order, with Receptive at the head', () => {
  expect(readOptions(['--peers', 'tfjs-wasm,jax-webgpu']).peers).toEqual(['receptive', 'jax-webgpu', 'tfjs-wasm']);
  expect(readOptions(['--suite=all']).suites).toEqual(['lecture', 'batches', 'networks', 'filters', 'drawing', 'soak']);
  expect(readOptions(['--suite', 'soak', '--soak', '0.5'])).toMatchObject({ suites: ['soak'], soakMinutes: 0.5 });
  expect(readOptions(['--networks', 'strided,leNet5']).networks).toEqual(['strided', 'leNet5']);
  expect(readOptions(['--gpu=hardware', '--tuning', 'auto'])).toMatchObject({ gpu: 'hardware', isTuned: true });
});

test('anything else is refused with what may be given', () => {
  const refused: readonly (readonly [words: readonly string[], message: RegExp])[] = [
    [['--fast'], /flags are --quick, .*Received flag=--fast\./],
    [['--peers', 'torch'], /peers are receptive, .*Received --peers=torch\./],
    [['--suite', 'lectures'], /--suite lecture\|.*Received --suite=lectures\./],
    [['--networks', 'resnet'], /networks are lecture, .*Received --networks=resnet\./],
    [['--rounds', '0'], /Received --rounds=0\./],
    [['--rounds', '2.5'], /Received --rounds=2\.5\./],
    [['--slice', ''], /Received --slice=\./],
    [['--soak'], /takes a value\. Received --soak=\./],
    [['--gpu', 'fast'], /--gpu takes software or hardware\. Received --gpu=fast\./],
  ];
  for (const [words, message] of refused) expect(() => readOptions(words), words.join(' ')).toThrow(message);
});
