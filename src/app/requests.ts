/** What the page must ask of the worker after a message: pure, from the state before and after it. Sends nothing itself. */
import { lectureModel } from '../engine/model/presets.ts';
import type { MapPalettes, Request } from '../worker/protocol.ts';
import { inputRequest } from './input-slice.ts';
import { isEdit } from './edit-intents.ts';
import type { Message } from './intent.ts';
import { isBuildNeeded } from './reduce.ts';
import { sliceRequests } from './slices.ts';
import type { PlaygroundState } from './state.ts';

/** Where the app's own files lie, relative to the document; absolute because a worker resolves against itself. */
export function startRequests(state: PlaygroundState, palettes: MapPalettes, baseUrl: string): readonly Request[] {
  return [
    {
      type: 'start',
      palettes,
      config: lectureModel,
      hyperparameters: state.hyperparameters,
      weightsUrl: new URL('weights/lecture-cnn.safetensors', baseUrl).href,
      dataBaseUrl: new URL('.', baseUrl).href,
      isTuning: state.tuning.isOn,
    },
    inputRequest(state),
    { type: 'loadData' },
  ];
}

/** The requests that follow from `message`, in order. */
export function requestsFor(message: Message, before: PlaygroundState, after: PlaygroundState): readonly Request[] {
  return [...coreRequests(message, before, after), ...sliceRequests(message, before, after)];
}

function coreRequests(message: Message, before: PlaygroundState, after: PlaygroundState): readonly Request[] {
  if (isEdit(message)) return rebuild(before, after);
  switch (message.type) {
    case 'hyperparametersChanged':
      return hyperparameterRequests(before, after);
    case 'rateLowered':
      return [
        { type: 'setOptimizer', optimizer: after.hyperparameters.optimizer },
        message.place ? { type: 'lookBack', step: message.place.step } : { type: 'reset' },
      ];
    case 'trainPressed':
      return [{ type: 'train' }];
    case 'pausePressed':
      return [{ type: 'pause' }];
    case 'stepPressed':
      return [{ type: 'step' }];
    case 'rewindPressed':
      return [{ type: 'reset' }];
    case 'dataRequested':
      if (after.gpu.status === 'unavailable') return [];
      return [{ type: 'loadData', ...(message.rung ? { rung: message.rung } : {}) }];
    case 'dataCancelled':
      return [{ type: 'cancelData' }];
    case 'filesRead':
      return [{ type: 'dropFiles', files: message.files }];
    default:
      return [];
  }
}

function rebuild(before: PlaygroundState, after: PlaygroundState): readonly Request[] {
  if (!after.requested || after.requested === before.requested) return [];
  return [{ type: 'rebuild', config: after.requested, hyperparameters: after.hyperparameters }];
}

function hyperparameterRequests(before: PlaygroundState, after: PlaygroundState): readonly Request[] {
  const old = before.hyperparameters;
  const now = after.hyperparameters;
  if (after.requested && isBuildNeeded(old, now)) {
    return [{ type: 'rebuild', config: after.requested, hyperparameters: now }];
  }
  const requests: Request[] = [];
  if (old.optimizer !== now.optimizer) requests.push({ type: 'setOptimizer', optimizer: now.optimizer });
  if (old.epochs !== now.epochs) requests.push({ type: 'setEpochs', epochs: now.epochs });
  return requests;
}
